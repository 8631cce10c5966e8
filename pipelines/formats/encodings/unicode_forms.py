"""The forms of Unicode: byte order marks, UTF-16 and UTF-32 without them, damaged UTF-8."""

import codecs
import unicodedata
from collections import Counter

#: Longest first: the mark of UTF-32 starts with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_SAMPLE_BYTES = 65_536
#: In UTF-16 the upper halves of the characters are zero for ASCII and one other byte for most of
#: the letters of a script; no two bytes are so frequent on either side of text in UTF-8.
_UPPER_HALF_SHARE = 0.8
_MOST_NONSENSE_SHARE = 0.01
#: Blanks and line ends in a text: about one in six characters; far fewer in Chinese.
_LEAST_BLANK_SHARE = 0.002
_NONSENSE = {"Cn", "Co", "Cc", "Cs"}


def byte_order_mark(raw: bytes) -> tuple[str, int] | None:
    """The encoding that a mark at the start names, and the mark's length in bytes.

    >>> byte_order_mark("á".encode("utf-8-sig"))
    ('utf-8', 3)
    >>> byte_order_mark(b"plain") is None
    True
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding, len(mark)
    return None


def without_mark(raw: bytes) -> str | None:
    r"""The form of UTF-16 or UTF-32 that bytes without a mark are in, or None.

    They must hold blanks or line ends, and must read as assigned characters.

    >>> without_mark("ሁሉም ሰው".encode("utf-16-be"))
    'utf-16-be'
    >>> without_mark(b"two\x00words") is None
    True
    """
    head = raw[:_SAMPLE_BYTES]
    if 0 not in head or not _may_be_wide(head):
        return None
    return next((form for form in _WITHOUT_MARK if _reads_well(head, len(raw), form)), None)


def _may_be_wide(head: bytes) -> bool:
    """False for text in ASCII or UTF-8 in which zeros only stand between its parts."""
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
    except UnicodeDecodeError:
        return True
    if not any(head[::4]) or not any(head[3::4]):  # UTF-32 ends at 0010FFFF
        return True
    return any(_is_upper_half(head[at::2]) for at in range(2))


def _is_upper_half(side: bytes) -> bool:
    counts = Counter(side)
    zeros = counts.pop(0, 0)
    return zeros + max(counts.values(), default=0) >= _UPPER_HALF_SHARE * len(side)


def _reads_well(head: bytes, size_bytes: int, form: str) -> bool:
    if size_bytes % (4 if "32" in form else 2):
        return False
    try:
        text = codecs.getincrementaldecoder(form)("strict").decode(head)
    except UnicodeDecodeError:
        return False
    counts = Counter(text)
    blanks = sum(counts.pop(blank, 0) for blank in " \t\r\n")
    nonsense = sum(
        times for char, times in counts.items() if unicodedata.category(char) in _NONSENSE
    )
    least = max(1.0, _LEAST_BLANK_SHARE * len(text))
    return blanks >= least and nonsense <= _MOST_NONSENSE_SHARE * len(text)


def is_damaged_utf8(raw: bytes) -> bool:
    r"""True when bytes that are not valid UTF-8 were plainly meant to be.

    At least as many characters beyond ASCII are valid as bytes are broken; in the encodings
    before Unicode two bytes make valid UTF-8 only by rare chance.

    >>> is_damaged_utf8("éé".encode() + b"\xe9"), is_damaged_utf8("été".encode("cp1252"))
    (True, False)
    """
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return beyond - broken >= broken
