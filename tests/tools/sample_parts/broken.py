"""Makes the files that nobody can read whole."""

import hashlib
import zlib
from pathlib import Path

from tests.tools.sample_parts.files import gzipped, jsonl, write
from tests.tools.sample_parts.plant import Planted
from tests.tools.sample_parts.shippable import Shippable

#: The card of this source quarantines records above 1,000,000 bytes.
_LONG_LINE_BYTES = 1_200_000
_BOMB_BYTES = 32_000_000


def write_broken(folder: Path, data: Shippable, planted: list[Planted]) -> None:
    """Writes all broken files; `planted` are the four documents of the plan, in its order."""
    spoilt_json, spoilt_utf8, cut, long = planted
    tags = ("run_Latn", "bam_Latn", "ewe_Latn", "lin_Latn", "sag_Latn", "tso_Latn", "ven_Latn")
    a, b, c, d, e, f, g = (_sound_line(data, tag) for tag in tags)
    contents = {
        "bad-json.jsonl": a + _spoilt_json(spoilt_json) + b'["a list"]\n{"id": "broken-mute"}\n',
        "bad-utf8.jsonl": b + _spoilt_utf8(spoilt_utf8),
        "empty.jsonl": b"",
        "empty.txt": b"",
        "long-line.jsonl.gz": c + _long_line(long) + d,
        "bomb.jsonl.zst": b" " * _BOMB_BYTES,
        "no-parquet.parquet": e,
        "no-text.txt": b"\x89PNG\r\n\x1a\n" + _noise(4096),
    }
    for name, content in contents.items():
        write(folder / name, content)
    (folder / "truncated.jsonl.gz").write_bytes(_truncated(e + f + g, cut))
    (folder / "bad-checksum.jsonl.gz").write_bytes(_bad_checksum(f))


def _sound_line(data: Shippable, tag: str) -> bytes:
    return jsonl([{"id": f"broken-{tag[:3]}", "text": "\n".join(data.carriers[tag])}])


def _line(planted: Planted) -> bytes:
    return jsonl([{"id": planted.plan.doc, "text": planted.text}])


def _value_end(line: bytes, planted: Planted) -> int:
    value = planted.plan.plants[0].value.encode()
    return line.index(value) + len(value)


def _spoilt_json(planted: Planted) -> bytes:
    """A line that ends in the middle of its text, after the planted value."""
    line = _line(planted)
    return line[: _value_end(line, planted) + 5] + b"\n"


def _spoilt_utf8(planted: Planted) -> bytes:
    """A line that somebody pasted together from UTF-8 and Latin-1."""
    line, latin = _line(planted), planted.paragraphs[-1].encode("latin-1", "ignore")
    at = _value_end(line, planted)
    return line[:at] + b" " + latin + line[at:]


def _long_line(planted: Planted) -> bytes:
    """One record above the limit, with the planted value in the middle."""
    filler = "\n".join(planted.paragraphs[1:]) + "\n"
    half = filler * (_LONG_LINE_BYTES // (2 * len(filler.encode())) + 1)
    return jsonl([{"id": planted.plan.doc, "text": f"{half}{planted.paragraphs[0]}\n{half}"}])


def _truncated(sound: bytes, planted: Planted) -> bytes:
    """A gzip stream that stops in the middle of its last line, after the planted value."""
    line = _line(planted)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    kept = sound + line[: _value_end(line, planted) + 5]
    return packer.compress(kept) + packer.flush(zlib.Z_SYNC_FLUSH)


def _bad_checksum(sound: bytes) -> bytes:
    """A gzip file whose content is whole but whose checksum is wrong."""
    data = bytearray(gzipped(sound))
    data[-8] ^= 0xFF
    return bytes(data)


def _noise(size_bytes: int) -> bytes:
    blocks = (hashlib.sha256(f"{i}".encode()).digest() for i in range(size_bytes // 32))
    return b"".join(blocks)
