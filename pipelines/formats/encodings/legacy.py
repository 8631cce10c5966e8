"""Which encoding from before Unicode a text is in, when nobody has said so.

Every likely reading is scored (`one_byte_score`, `east_asian_score`). The best one counts
if it reads like language at all, and if no other reading that gives another text comes close;
otherwise the encoding stays undecided, because a wrong guess would be worse (promise P5).
"""

import re
from collections.abc import Iterator

import numpy as np

from pipelines.formats.encodings import east_asian_score, one_byte_score
from pipelines.formats.encodings.east_asian_score import EAST_ASIAN
from pipelines.formats.encodings.one_byte_score import Guess
from pipelines.formats.encodings.tables import decode_one_byte, one_byte

#: As many bytes of words decide; more changes nothing.
SAMPLE_BYTES = 8_192
_WORD = re.compile(rb"[^\x00-\x20\x80-\xff]*[\x80-\xff][^\x00-\x20]*")
#: A declared encoding must be worse by this than another to be called wrong: about two letters.
_DECLARED_NATS = 12.0
#: Below this the best reading is not language. Of 4,891 sentences in 103 pairs of language and
#: encoding 0.1 % lie below -3.7; random bytes lie below -4.7 (docs/formats.md, 2026-11).
_LEAST_NATS_PER_BYTE = -4.0
#: A few bytes scatter more: this much is allowed to the whole sample on top.
_SHORT_SAMPLE_NATS = 15.0
#: Odds of at least 7 to 1 against the next reading that gives another text.
_LEAST_MARGIN_NATS = 2.0
_ASCII_LETTERS = np.array([chr(code).isalpha() and code < 128 for code in range(256)])  # noqa: PLR2004
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"
_MOST_CONTROLS_SHARE = 0.01


def sample_words(raw: bytes) -> bytes:
    """The words with a byte beyond ASCII, separated by blanks, up to SAMPLE_BYTES."""
    return b" " + b" ".join(_words(raw)) + b" "


def _words(raw: bytes) -> Iterator[bytes]:
    left = SAMPLE_BYTES
    for word in _WORD.finditer(raw):
        yield word.group()[:left]
        left -= word.end() - word.start() + 1
        if left <= 0:
            return


def _ascii_counts(raw: bytes, sample: bytes) -> np.ndarray:
    head = np.frombuffer(raw[: 8 * SAMPLE_BYTES], np.uint8)
    counts = np.bincount(head, minlength=256)
    counts -= np.bincount(np.frombuffer(sample, np.uint8), minlength=256)
    return np.where(_ASCII_LETTERS, np.maximum(counts, 0), 0)


def guesses(raw: bytes, declared: str | None = None) -> tuple[list[Guess], bytes]:
    """All readings of the bytes, the best first, and the sample that they were scored on."""
    sample = sample_words(raw)
    counts = _ascii_counts(raw, sample)
    penalty = max(-0.05 * float(counts.sum()), -15.0)
    found = one_byte_score.score(sample, counts) + east_asian_score.score(sample, penalty)
    weighed = (
        guess._replace(score_nats=guess.score_nats + _DECLARED_NATS * (guess.encoding == declared))
        for guess in found
    )
    return sorted(weighed, key=lambda guess: -guess.score_nats), sample


def detect(raw: bytes, declared: str | None = None) -> str | None:
    """The name of the encoding of bytes that are not Unicode, or None if it is in doubt.

    Args:
        raw: the text as it lies, without markup.
        declared: what the page or the server says, by our name of it.

    >>> detect("Все люди рождаются свободными".encode("koi8-r"))
    'koi8-r'
    >>> detect(bytes(range(128, 256))) is None
    True
    """
    if sum(raw.count(byte) for byte in _CONTROLS) > _MOST_CONTROLS_SHARE * len(raw):
        return None
    found, sample = guesses(raw, declared)
    best = found[0]
    least = _LEAST_NATS_PER_BYTE * len(sample) - _SHORT_SAMPLE_NATS
    if best.score_nats < least or _has_rival(found, sample):
        return None
    return best.encoding


def _has_rival(found: list[Guess], sample: bytes) -> bool:
    best = found[0]
    text = decode(sample, best.encoding, "replace")
    close = (one for one in found[1:] if one.score_nats > best.score_nats - _LEAST_MARGIN_NATS)
    return any(decode(sample, one.encoding, "replace") != text for one in close)


def decode(raw: bytes, encoding: str, errors: str = "strict") -> str:
    """The text of bytes in one of the encodings that `detect` names.

    Raises:
        UnicodeError: the bytes are damaged, or not in this encoding.
    """
    if encoding in EAST_ASIAN:
        return raw.decode(EAST_ASIAN[encoding].codec, errors)
    known = one_byte()[encoding]
    if errors == "replace":
        return "".join([known.characters[byte] for byte in raw])
    return decode_one_byte(raw, known)
