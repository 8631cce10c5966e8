"""The pass that finds digits standing close together, and says what they could be."""

import numpy as np
from numba import njit

from governance.pii.kinds import ADDRESS, CUED, KEY, NUMBER, PLACE
from governance.pii.prefilter.cued import is_cued
from governance.pii.prefilter.utf8 import decode, grown, is_word

OTHER, LETTER, JOINT, IGNORED, DIGIT = 0, 1, 2, 3, 16
"""The classes of code points that the pass tells apart; a digit's is DIGIT + its value."""


_FEWEST_KEY_CHARS, _MOST_KEY_BYTES, _MOST_KEY_LETTERS = 16, 2048, 48
_FEWEST_DECIMALS, _MOST_PAIR_SIGNS = 3, 8
# Space + , - / ; the letters E N O S W and the two bytes of the degree sign.
_PAIR_SIGNS = (32, 43, 44, 45, 47, 59, 69, 78, 79, 83, 87, 0xB0, 0xC2)

# What a run has shown so far: places in `seen`. Sizes and values are of its first three groups,
# signs of the joints before them: the byte of a single ASCII sign, else 0.
_DIGITS, _DOTS, _JOINTS, _LETTERS, _GROUPS, _SIZE, _VALUE, _SIGN = 0, 1, 2, 3, 4, 5, 8, 11


@njit(cache=True, nogil=True)
def _scan_run(
    data: np.ndarray, classes: np.ndarray, start: int, first: int, end: int
) -> tuple[int, int]:
    """Follow the run of digits that begins at `first`: where it ends, and its kinds of anchor.

    Up to three joints (space . - / brackets +) may stand between digits, and
    letters inside a digit's own word.
    """
    seen = np.zeros(14, dtype=np.int64)
    seen[_LETTERS] = _letters_before(data, start, first)
    place = last = first
    gap, longest = 1, 0
    word = letters = _key_letters_before(data, start, first)
    while place < end and gap <= 3:
        point, width = decode(data, place, end)
        kind = int(classes[point]) if point < len(classes) else OTHER
        if kind >= DIGIT:
            if gap:
                seen[_JOINTS] += place > first
                seen[_DOTS] += gap == 1 and place > first and data[place - 1] == 46
                if seen[_GROUPS] < 3 and gap == 1 and place > first:
                    seen[_SIGN + seen[_GROUPS]] = data[place - 1]
                seen[_GROUPS] += 1
            _count_digit(seen, kind - DIGIT)
            gap, last, word = 0, place + width, word + 1
            longest = max(longest, word * (letters > 0))
        elif kind == LETTER and gap == 0:
            seen[_LETTERS] += 1
            last, word, letters = place + width, word + 1, letters + 1
            longest = max(longest, word)
        elif kind == JOINT:
            gap, word, letters = gap + 1, 0, 0
        elif kind != IGNORED:
            break
        place += width
    kinds = _kinds_of_run(seen, data[first] == 48)
    is_fraction = seen[_DOTS] == 1 and seen[_GROUPS] == 2 and seen[_SIZE + 1] >= _FEWEST_DECIMALS
    if longest >= _FEWEST_KEY_CHARS:
        kinds |= KEY
    if is_fraction and _has_partner(data, last, end):
        kinds |= PLACE
    return last, kinds


@njit(cache=True, nogil=True)
def _has_partner(data: np.ndarray, place: int, end: int) -> bool:
    """Whether a comma and another fraction follow, as in a latitude and a longitude.

    A degree sign and a letter for the hemisphere may stand before the comma.
    """
    signs = 0
    while place < end and signs < _MOST_PAIR_SIGNS and not 48 <= data[place] <= 57:
        if data[place] not in _PAIR_SIGNS:
            return False
        place, signs = place + 1, signs + 1
    if signs == 0:
        return False
    digits = 0
    while place < end and 48 <= data[place] <= 57:
        place, digits = place + 1, digits + 1
    is_whole = 1 <= digits <= 3 and place + _FEWEST_DECIMALS < end and data[place] == 46
    return is_whole and 48 <= data[place + _FEWEST_DECIMALS] <= 57


@njit(cache=True, nogil=True)
def _letters_before(data: np.ndarray, start: int, place: int) -> int:
    letters = 0
    while place - letters > max(start, place - 12) and data[place - letters - 1] > 64:
        if not is_word(data[place - letters - 1]):
            break
        letters += 1
    return letters


@njit(cache=True, nogil=True)
def _key_letters_before(data: np.ndarray, start: int, place: int) -> int:
    """Letters of ASCII right before a place: keys and wallets have no others."""
    first = place
    stop = max(start, place - _MOST_KEY_LETTERS)
    while first > stop and (65 <= data[first - 1] <= 90 or 97 <= data[first - 1] <= 122):
        first -= 1
    return place - first


@njit(cache=True, nogil=True)
def _count_digit(seen: np.ndarray, value: int) -> None:
    seen[_DIGITS] += 1
    group = seen[_GROUPS] - 1
    if group < 3:
        seen[_SIZE + group] += 1
        seen[_VALUE + group] = 10 * seen[_VALUE + group] + value


@njit(cache=True, nogil=True)
def _kinds_of_run(seen: np.ndarray, begins_with_zero: bool) -> int:
    """NUMBER for six digits, or for four in a word of eight; ADDRESS for four dotted groups.

    Neither for dates, with or without a time, for years, fractions, section
    numbers and private addresses: they are by far the most of all runs.
    """
    digits, dots, joints, letters = seen[_DIGITS], seen[_DOTS], seen[_JOINTS], seen[_LETTERS]
    is_dotted = dots == joints and letters == 0
    kinds = ADDRESS if dots >= 3 and not (is_dotted and dots > 3) else 0
    if is_dotted and dots == 3 and not begins_with_zero and _has_octets(seen):
        return 0 if _is_reserved(seen[_VALUE], seen[_VALUE + 1]) else kinds
    if is_dotted and dots == 1:
        is_long = seen[_SIZE] <= 3 and seen[_SIZE + 1] >= 9 and not begins_with_zero
        if is_long or (seen[_SIZE] == 1 and seen[_SIZE + 1] >= 6):
            return 0
    if letters == 0 and _is_calendar(seen):
        return kinds
    is_enough = digits >= 6 or (letters > 0 and digits >= 4 and digits + letters >= 8)
    return kinds | NUMBER if is_enough else kinds


@njit(cache=True, nogil=True)
def _has_octets(seen: np.ndarray) -> bool:
    """Whether three groups are numbers up to 255 and the last one has at most three digits."""
    for group in range(3):
        if seen[_SIZE + group] > 3 or seen[_VALUE + group] > 255:
            return False
    return seen[_DIGITS] - seen[_SIZE] - seen[_SIZE + 1] - seen[_SIZE + 2] <= 3


@njit(cache=True, nogil=True)
def _is_reserved(first: int, second: int) -> bool:
    """Whether no public IPv4 address begins with these numbers (private, loopback, multicast)."""
    if first in (0, 10, 127) or first > 223:
        return True
    if first == 172:
        return 16 <= second < 32
    return (first == 192 and second == 168) or (first == 169 and second == 254)


@njit(cache=True, nogil=True)
def _is_calendar(seen: np.ndarray) -> bool:
    """Whether a run begins with a date and adds no more than a time, or is two years."""
    one, two, three = seen[_SIZE], seen[_SIZE + 1], seen[_SIZE + 2]
    if seen[_JOINTS] == 1:
        is_second_year = two == 2 or (two == 4 and _is_year(seen[_VALUE + 1]))
        is_ranged = seen[_SIGN + 1] != 32 and seen[_SIGN + 1] != 46
        return one == 4 and _is_year(seen[_VALUE]) and is_second_year and is_ranged
    sign = seen[_SIGN + 1]
    if sign not in (45, 46, 47) or seen[_SIGN + 2] != sign:
        return False
    if seen[_DIGITS] - one - two - three >= 6 or two > 2 or seen[_VALUE + 1] > 31:
        return False
    is_forward = one == 4 and three <= 2 and _is_year(seen[_VALUE]) and seen[_VALUE + 2] <= 31
    is_backward = one <= 2 and three == 4 and _is_year(seen[_VALUE + 2]) and seen[_VALUE] <= 31
    return is_forward or is_backward


@njit(cache=True, nogil=True)
def _is_year(value: int) -> bool:
    return 1800 <= value < 2100


@njit(cache=True, nogil=True)
def _key_end(data: np.ndarray, place: int, end: int) -> int:
    """Where the run of ASCII without spaces ends that a key may go on in."""
    stop = min(end, place + _MOST_KEY_BYTES)
    while place < stop and 32 < data[place] < 128:
        place += 1
    return place


@njit(cache=True, nogil=True)
def number_anchors(
    data: np.ndarray,
    offsets: np.ndarray,
    classes: np.ndarray,
    leads: np.ndarray,
    words: np.ndarray,
    tails: np.ndarray,
) -> np.ndarray:
    """Rows of (document, kind, first byte, end byte), one for each run of digits that is enough."""
    found = np.empty((1024, 4), dtype=np.int64)
    size = 0
    for row in range(len(offsets) - 1):
        start, end = offsets[row], offsets[row + 1]
        resume = start
        for place in range(start, end):
            if not leads[data[place]] or place < resume:
                continue
            point, width = decode(data, place, end)
            resume = place + width
            if point < len(classes) and classes[point] >= DIGIT:
                resume, kinds = _scan_run(data, classes, start, place, end)
                kinds |= CUED * is_cued(data, start, place, words, tails)
                if kinds:
                    if size == len(found):
                        found = grown(found)
                    last = _key_end(data, resume, end) if kinds & KEY else resume
                    found[size] = row, kinds, place, last
                    size += 1
    return found[:size]
