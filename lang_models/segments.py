"""The one walk over what the language model is shown: where its segments end, and its signs.

Kernels only: arrays in, arrays filled. `windows.cut` prepares the room and names the parts.

A segment is some lines, or a part of a long one. Signs are what tells prose from program code,
number tables and lists; `undetermined` holds them against its limits.
"""

from typing import NamedTuple

import numpy as np
from numba import njit, types

from lang_models.fold import JOINER, LETTER, MARK, NUMBER, SOLO, SPACE
from lang_models.scan import code_point
from lang_models.signs import CODE, DIGITS, ENCODED, LETTERS, RUNS, SOLOS, WORDS

#: ASCII signs that stand between the words of programs and of data, but hardly in prose. Left
#: out are those of prose and of tweets: full stops, brackets, slashes, @ and #; and the
#: semicolon, which asks questions in Greek.
_CODE_SIGNS = np.array([chr(point) in "{}[]<>=|\\_$^*~`+&" for point in range(128)])
#: A stretch of ASCII letters and digits without a blank: hashes, keys, base64. The longest
#: words of the Universal Declaration in 447 languages have 32 letters (Eastern Canadian
#: Inuktitut in Latin letters: 39), measured 2026-11-25.
ENCODED_CHARS = 40
_LINE_FEED = ord("\n")
#: These end no word: hyphens, apostrophes, middle dot, the colon of Zapotec and Swedish,
#: and the two signs between the syllables of Tibetan.
_INNER = (0x27, 0x2D, 0x3A, 0xB7, 0x2010, 0x2011, 0x2018, 0x2019, 0x0F0B, 0x0F0C)

TEXT = types.Array(types.uint8, 1, "C", readonly=True)
KINDS = types.Array(types.uint16, 1, "C", readonly=True)
OFFSETS = types.Array(types.int64, 1, "C", readonly=True)
INTEGERS = types.Array(types.int64, 1, "C")
TABLE = types.Array(types.int64, 2, "C")
SIZES = types.UniTuple(types.int64, 2)


class Room(NamedTuple):
    """Room for the segments; more than is needed, the caller cuts it."""

    end: np.ndarray  # int64: the byte after the segment
    window: np.ndarray  # int64: the window it is part of
    line: np.ndarray  # int64: the line of the window that it begins in
    lines: np.ndarray  # int64: how many lines it touches


ROOM = types.NamedUniTuple(INTEGERS, 4, Room)


@njit(types.UniTuple(types.int64, 2)(TEXT, types.int64, types.int64), cache=True, nogil=True)
def _line(data: np.ndarray, at: np.int64, end: np.int64) -> tuple[np.int64, int]:
    """Where the line ends that begins at a byte, and how many code points beyond the space."""
    chars = 0
    while at < end and data[at] != _LINE_FEED:
        chars += data[at] > 0x20 and data[at] & 0xC0 != 0x80  # noqa: PLR2004  # not inside one
        at += 1
    return at, chars


@njit(
    types.int64(ROOM, types.int64, types.int64, types.int64, types.int64, types.int64),
    cache=True,
    nogil=True,
)
def _close(room: Room, count: int, end: np.int64, window: int, line: int, lines: int) -> int:
    room.end[count], room.window[count] = end, window
    room.line[count], room.lines[count] = line, lines
    return count + 1


@njit(
    types.int64(TEXT, types.int64, types.int64, types.int64, KINDS, types.int64),
    cache=True,
    nogil=True,
)
def _piece(
    data: np.ndarray, at: np.int64, end: np.int64, most: int, kind: np.ndarray, slack: int
) -> np.int64:
    """Where to end a piece of a line: at the first blank from so many code points on.

    Without one among the next `slack`, before the next code point that is no mark.
    """
    chars = 0
    while at < end:
        point, after = code_point(data, at)
        if chars >= most and kind[point] & SPACE:
            return after
        if chars >= most + slack and not kind[point] & (MARK | JOINER):
            return at
        at, chars = after, chars + int(point > 0x20)  # noqa: PLR2004
    return end


@njit(
    types.int64(TEXT, OFFSETS, types.int64, KINDS, SIZES, ROOM, types.int64),
    cache=True,
    nogil=True,
)
def _segments_of(
    data: np.ndarray,
    offsets: np.ndarray,
    window: int,
    kind: np.ndarray,
    sizes: tuple[int, int],
    room: Room,
    count: int,
) -> int:
    at, end = offsets[window], offsets[window + 1]
    size, part = sizes
    first, line, gathered, chars_before = count, 0, 0, 0  # of the lines that wait
    start_line = 0
    while at < end:
        stop, chars = _line(data, at, end)
        after = stop + 1 if stop < end else stop
        if chars >= size:
            if gathered:
                count = _close(room, count, at, window, start_line, gathered)
            pieces = max(chars // part, 1)
            for _ in range(pieces - 1):
                at = _piece(data, at, stop, -(-chars // pieces), kind, part // 2)
                if at >= stop:
                    break
                count = _close(room, count, at, window, line, 1)
            count = _close(room, count, after, window, line, 1)
            gathered, chars_before, start_line = 0, 0, line + 1
        else:
            gathered, chars_before = gathered + 1, chars_before + chars
            if chars_before >= size:
                count = _close(room, count, after, window, start_line, gathered)
                gathered, chars_before, start_line = 0, 0, line + 1
        at, line = after, line + 1
    if gathered and count > first and room.lines[count - 1] > 1 and 2 * chars_before < size:
        room.end[count - 1] = end  # too little to tell by itself: it goes with the lines before
        room.lines[count - 1] += gathered
    elif gathered:
        count = _close(room, count, end, window, start_line, gathered)
    return count


@njit(types.boolean(types.int64, types.int64), cache=True, nogil=True)
def _is_odd(before: np.int64, point: np.int64) -> bool:
    """Whether two ASCII characters meet as in `camelCase`, `x86` and base64, not as in words."""
    is_lower, is_upper = 0x61 <= before <= 0x7A, 0x41 <= before <= 0x5A  # noqa: PLR2004
    is_digit = 0x30 <= before <= 0x39  # noqa: PLR2004
    if 0x41 <= point <= 0x5A:  # noqa: PLR2004
        return bool(is_lower or is_digit)
    if 0x61 <= point <= 0x7A:  # noqa: PLR2004
        return bool(is_digit)
    return bool((is_lower or is_upper) and 0x30 <= point <= 0x39)  # noqa: PLR2004


@njit(types.void(TEXT, types.int64, types.int64, KINDS, INTEGERS), cache=True, nogil=True)
def _count_signs(
    data: np.ndarray, at: np.int64, end: np.int64, kind: np.ndarray, signs: np.ndarray
) -> None:
    is_run, is_word, token, before = False, False, 0, np.int64(0)
    while at < end:
        point, at = code_point(data, at)
        found = kind[point]
        if found & LETTER:
            signs[LETTERS] += 1
            signs[SOLOS] += found & SOLO > 0
            signs[WORDS] += not is_word
            signs[RUNS] += not is_run
            is_run = is_word = True
        elif found & NUMBER:
            signs[DIGITS] += 1
        elif not (found & (MARK | JOINER) or point in _INNER):
            is_run = is_run and found & SPACE > 0 and point != _LINE_FEED
            is_word = False
        if point < 128:  # noqa: PLR2004  # ASCII
            signs[CODE] += _CODE_SIGNS[point] or _is_odd(before, point)
            is_token = found & (LETTER | NUMBER) or point in (0x2B, 0x2F, 0x3D, 0x2D, 0x5F)
            token = token + 1 if is_token else 0
            if token >= ENCODED_CHARS:
                signs[ENCODED] += ENCODED_CHARS if token == ENCODED_CHARS else 1
            before = point
        else:
            token, before = 0, np.int64(0)


@njit(
    types.int64(TEXT, OFFSETS, KINDS, SIZES, ROOM, TABLE),
    cache=True,
    nogil=True,
)
def walk(
    data: np.ndarray,
    offsets: np.ndarray,
    kind: np.ndarray,
    sizes: tuple[int, int],
    room: Room,
    signs: np.ndarray,
) -> int:
    """Cuts the windows, `data[offsets[i]:offsets[i + 1]]` each, and counts their signs.

    Args:
        data: UTF-8.
        offsets: int64[windows + 1].
        kind: by code point, `fold.Tables.kind`.
        sizes: lines are gathered until they have so many code points without blanks; a line
            of more stands alone, and is cut at blanks into parts of about so many.
        room: filled with the segments.
        signs: int64[windows, SIGNS], zeros: filled.

    Returns:
        How many segments there are. A window of no bytes has none.
    """
    count = 0
    for window in range(len(offsets) - 1):
        count = _segments_of(data, offsets, window, kind, sizes, room, count)
        _count_signs(data, offsets[window], offsets[window + 1], kind, signs[window])
    return count
