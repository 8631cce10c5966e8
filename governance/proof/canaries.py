"""Planted values that must stand nowhere: as planted, written another way, or as a plain digest.

A digest without a key is no protection: a hundred million telephone numbers are tried in two
minutes on one core.
"""

import base64
import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import polars as pl

from governance.keys import Keyring
from governance.pii.fold import fold
from schemas.errors import InputError

_PLAIN = ("md5", "sha1", "sha256", "sha512")
#: What stands for the key of the programme in a finding.
KEY = "THE_KEY"
_FEWEST_CHARS = 5


@dataclass(frozen=True)
class Canaries:
    """What to look for.

    Args:
        types: every way in which a value may be written, with the type that is told.
        digests: the first sixteen digits of its plain digests, with the same.
    """

    types: dict[str, str]
    digests: dict[str, str] = field(default_factory=dict)

    def search(self, texts: Sequence[str]) -> list[tuple[int, int, str]]:
        """Where one of them stands: number of the text, offset in code points, type; in order.

        Texts together: the search is prepared once for all of them.
        """
        if not self.types or not texts:
            return []
        frame = pl.DataFrame({"text": pl.Series(texts, dtype=pl.String)})
        found = frame.select(
            pl.int_range(pl.len()).alias("row"),
            pl.col("text").str.extract_many(list(self.types), overlapping=True).alias("value"),
            pl.col("text").str.extract_all("[0-9a-fA-F]{16,}").alias("hex"),
        )
        hits: set[tuple[int, int, str]] = set()
        for row, pattern in (
            found.select("row", "value").explode("value").drop_nulls().unique().rows()
        ):
            for match in re.finditer(re.escape(pattern), texts[row]):
                if not _is_within(pattern, texts[row], match.start()):
                    hits.add((row, match.start(), self.types[pattern]))
        for row, run in found.select("row", "hex").explode("hex").drop_nulls().unique().rows():
            kind = self.digests.get(run[:16].lower())
            if kind:
                hits.add((row, texts[row].index(run), kind))
        return sorted(hits)


def _is_within(pattern: str, text: str, start: int) -> bool:
    """Whether letters and digits go on around it: a short number inside a digest is chance."""
    end = start + len(pattern)
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    is_plain = pattern.isascii() and pattern.isalnum()
    return is_plain and any(char.isascii() and char.isalnum() for char in around)


def read_canaries(path: Path | None, key_file: Path | None = None) -> Canaries:
    """The values of a list, as `samples/canaries.yaml` has them, and the key.

    Args:
        path: YAML or JSONL with `value` and `type`, or None.
        key_file: whose content must stand nowhere either, or None.

    Raises:
        InputError: the list has an entry without them; it is named by number, never quoted.
    """
    types: dict[str, str] = {}
    digests: dict[str, str] = {}
    for number, entry in enumerate(_entries(path) if path else (), start=1):
        value, kind = (entry.get(name) if isinstance(entry, dict) else None
                       for name in ("value", "type"))  # fmt: skip
        if not isinstance(value, str) or not isinstance(kind, str) or len(value) < _FEWEST_CHARS:
            raise InputError(
                f"{path}: entry {number}: give `value` (of five characters at least) and `type`"
            )
        types |= dict.fromkeys(forms(value), kind)
        digests |= dict.fromkeys(plain_digests(value), kind)
    if key_file:
        Keyring(str(key_file)).derive("key-id")
        secret = bytes.fromhex(key_file.read_text(encoding="ascii").strip())
        written = (secret.hex(), secret.hex().upper(), base64.b64encode(secret).decode())
        types |= dict.fromkeys(written, KEY)
    return Canaries(types, digests)


def _entries(path: Path) -> Iterable[object]:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            return [json.loads(line) for line in text.split("\n") if line.strip()]
        import yaml  # noqa: PLC0415

        found = yaml.load(text, Loader=yaml.CSafeLoader)  # a safe loader
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({type(error).__name__})") from None
    except (ValueError, UnicodeDecodeError):
        raise InputError(f"{path}: is no YAML list and no JSON lines") from None
    except Exception:  # whatever YAML raises quotes the line
        raise InputError(f"{path}: is no YAML list") from None
    if not isinstance(found, list):
        raise InputError(f"{path}: expected a list of `value` and `type`")
    return found


def forms(value: str) -> set[str]:
    """A value in every way in which it may be written.

    >>> "jo%40example.org" in forms("jo@example.org")
    True
    """
    plain = {value, *(unicodedata.normalize(form, value) for form in ("NFC", "NFD", "NFKC"))}
    escapes = (lambda one: json.dumps(one)[1:-1], html.escape, quote)
    return plain | {escape(one) for one in plain for escape in escapes}


def plain_digests(value: str) -> set[str]:
    """The first sixteen digits of the digests that anyone can make of a value."""
    folded = fold(unicodedata.normalize("NFKC", value)).text
    bare = re.sub(r"[\W_]+", "", folded)
    written = {value, folded, folded.casefold(), bare, bare.casefold()}
    return {
        hashlib.new(name, one.encode(), usedforsecurity=False).hexdigest()[:16]
        for one in written
        for name in _PLAIN
    }
