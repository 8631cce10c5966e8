"""What in a window could be a telephone number, by its digits, signs and brackets alone."""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from governance.pii.recogniser import Window

_RUN = re.compile(r"\(?\+?\(?[0-9](?:[ .\-/()]{0,3}[0-9]){5,}")
_GROUP = re.compile(r"[0-9]+")
_FEWEST_DIGITS, _MOST_DIGITS, _MOST_GROUPS = 6, 18, 9
_CANDIDATE_UNITS = 7


class Candidate(NamedTuple):
    """Groups of digits of one run, with the sign and brackets that belong to them.

    start, end: in the window. groups: the digits. is_cut: further digits of the
    run follow or precede with no more than a space between.
    """

    window: Window
    start: int
    end: int
    groups: tuple[str, ...]
    is_cut: bool

    @property
    def written(self) -> str:
        """As it stands in the text."""
        return self.window.text[self.start : self.end]

    @property
    def digits(self) -> str:
        """Its digits alone."""
        return "".join(self.groups)


def runs(text: str) -> Iterator[re.Match[str]]:
    """Stretches of six digits and more with up to three signs between them."""
    return _RUN.finditer(text)


def candidates(
    window: Window, run: re.Match[str], may_begin: Callable[[Window, int], bool]
) -> Iterator[Candidate]:
    """Stretches of a run's groups from each place where a number may begin, the longest first."""
    text = window.text
    each = _GROUP.finditer(text, *run.span())
    groups = [match.span() for match in islice(each, window.units_left + 1)]
    window.spend(len(groups))
    joints = ["", *(text[a[1] : b[0]] for a, b in pairwise(groups)), ""]
    digits = [0, *accumulate(end - start for start, end in groups)]
    for first in range(len(groups)):
        if first and not _is_wide(joints[first]):
            continue
        start = run.start() if not first else groups[first][0] - joints[first].endswith("(")
        if not may_begin(window, start):
            continue
        for last in range(min(len(groups), first + _MOST_GROUPS) - 1, first - 1, -1):
            size = digits[last + 1] - digits[first]
            after = joints[last + 1]
            is_end = not after or _is_wide(after) or after == " "
            if is_end and _FEWEST_DIGITS <= size <= _MOST_DIGITS:
                window.spend(_CANDIDATE_UNITS)
                parts = tuple(text[a:b] for a, b in groups[first : last + 1])
                yield _candidate(window, start, groups[last][1], parts, is_cut=after == " ")


def _candidate(
    window: Window, start: int, end: int, groups: tuple[str, ...], *, is_cut: bool
) -> Candidate:
    """A candidate without the bracket that opens before it and closes after it."""
    if window.text[start] == "(" and ")" not in window.text[start:end]:
        start += 1
    return Candidate(window, start, end, groups, is_cut)


def _is_wide(joint: str) -> bool:
    return len(joint) > 1 or joint in "/("
