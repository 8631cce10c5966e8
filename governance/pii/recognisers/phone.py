"""Telephone and fax numbers of all regions.

International numbers (+254…, 00254…) anywhere; local ones where the source's
country makes them valid and a cue word ("simu", "هاتف", "โทร") or the way they
are written (trunk prefix, the country's own grouping) says so; and whatever
stands directly after a cue word and has seven to fifteen digits. Dates,
amounts, versions, book and order numbers stay.

Source: Google's libphonenumber metadata in phonenumbers 9; ITU-T E.164 (at
most 15 digits) and E.123 (ways of writing).
"""

import re
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from governance.pii.cues import JOINED
from governance.pii.kinds import NUMBER
from governance.pii.number_forms import (
    is_amount,
    is_date,
    is_fraction_or_version,
    is_long_fraction,
    is_postcode_or_example,
)
from governance.pii.phone_candidates import Candidate, candidates, runs
from governance.pii.phone_plans import is_national_grouping, is_possible, is_valid, trunk_prefix
from governance.pii.recogniser import CONTEXT_CHARS, DIRECT_CHARS, Recogniser, Window

_EXTENSION = re.compile(
    r"(?: ?(?:ext|Ext|EXT|extension|доб|вн|int|poste|anexo|ramal)\.? ?| ?[xX#] ?)"
    r"[0-9]{1,6}(?![0-9])"
)
_WORD_BEFORE = re.compile(r"[0-9A-Za-z_]\Z|[0-9][-./:,]\Z")
_MARKED_BEFORE = re.compile(r"[@#=$€£¥^*\\~%:\[-]\Z")
_NOT_AFTER = re.compile(r"[-./:,]?[0-9]|[A-Za-z_@%°$€£¥]")
# An area code with a bracket, slash or hyphen; then groups parted by one kind of sign.
_NEAT = re.compile(
    r"(?:[0-9]{1,2}[ -]?)?(?:\([0-9 -]{1,7}\) ?-?|[0-9]{2,6}(?: ?[/-] ?|[ .]))?"
    r"[0-9]+(?:(?: [0-9]+)*|(?:-[0-9]+)*|(?:\.[0-9]{2,})*)"
)
_SENTENCE_BEFORE = re.compile(r"[^\W\d_][\"”»」]?(?:[.!?…؟।۔።։][\"”»]? |[。！？!?][」”]?)\Z")
_DOTTED_QUAD = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_FEWEST_CUED_DIGITS, _MOST_CUED_DIGITS = 7, 15
_FEWEST_TRUNK_DIGITS, _FEWEST_GROUPED_DIGITS = 9, 7
_MOST_E164_DIGITS, _FEWEST_E164_DIGITS = 15, 8
_GLUED = re.compile(r"\+([0-9]{16,})")
_MOST_LABEL_LETTERS = 3
_NO_CUE = 99
_PLAN_UNITS = 15
_BALANCED = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*")
_RIVALS = ("card", "code", "version", "ip")


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of telephone numbers with their plus sign, brackets and extension."""
    for run in runs(window.text):
        end = 0
        for start, group in groupby(candidates(window, run, _may_begin), key=attrgetter("start")):
            if start < end:
                continue
            likely = [candidate for candidate in group if _is_plausible(candidate)]
            found = next(filter(_is_known, likely), None)
            found = found or next(filter(_is_announced, likely), None)
            if found:
                end = found.end
                extension = _EXTENSION.match(window.text, end)
                yield found.start, extension.end() if extension else end
    yield from _glued(window.text)


def _may_begin(window: Window, start: int) -> bool:
    """Whether a number could begin here: anywhere in a known country, else with a sign or a cue."""
    before = window.text[start - 1 : start]
    if (before.isalnum() and before.isascii()) or before == "_":
        return window.text[start] == "("  # `_is_glued` would refuse it
    if window.lands.declared is not None or "+" in window.text[start : start + 3]:
        return True
    has_prefix = window.text[start : start + 3].lstrip("(").startswith("00")
    return has_prefix or window.has_cue("phone", start)


def _glued(text: str) -> Iterator[tuple[int, int]]:
    """International numbers that the digits of another number follow without a space."""
    for match in _GLUED.finditer(text):
        for chars in range(_MOST_E164_DIGITS, _FEWEST_E164_DIGITS - 1, -1):
            if is_valid(match.group()[: chars + 1], None):
                yield match.start(), match.start() + chars + 1
                break


def _is_plausible(candidate: Candidate) -> bool:
    written = candidate.written
    if "(" in written or ")" in written:
        if not _BALANCED.fullmatch(written):
            return False
    elif "." in written and (_DOTTED_QUAD.fullmatch(written) or is_long_fraction(written)):
        return False
    return not _is_glued(candidate) and not is_date(written)


def _is_known(candidate: Candidate) -> bool:
    """Whether a numbering plan has the number, and its sign, cue or writing shows it to be one."""
    written, digits, lands = candidate.written, candidate.digits, candidate.window.lands
    candidate.window.spend(_PLAN_UNITS)
    if "+" in written[:2]:
        is_sum = candidate.is_cut and {len(group) for group in candidate.groups[1:]} == {3}
        return not is_sum and is_valid(written, None)
    if candidate.groups[0].startswith("00") and is_valid("+" + digits[2:], None):
        return not _is_marked(candidate)
    if lands.declared is None:
        return any(_is_likely(candidate, land) for land in sorted(lands.likely))
    if _gap(candidate) <= CONTEXT_CHARS and is_valid(written, lands.declared):
        return True
    return _stands_bare(candidate, written, lands.declared)


def _is_likely(candidate: Candidate, region: str) -> bool:
    """Whether a country of the language has the number, and a label or a near cue says so."""
    if not is_valid(candidate.written, region):
        return False
    if _is_labelled(candidate):
        return True
    is_whole = len(candidate.digits) >= _FEWEST_TRUNK_DIGITS and not candidate.is_cut
    return is_whole and _gap(candidate) <= CONTEXT_CHARS and _is_neat(candidate.written)


def _is_announced(candidate: Candidate) -> bool:
    """Whether a cue word stands right before the number, which no plan has but may be one."""
    written = candidate.written
    if not _is_labelled(candidate) or written.rfind("(") > len(candidate.groups[0]) + 3:
        return False
    if "+" in written[:2]:
        return is_possible(written)
    return _FEWEST_CUED_DIGITS <= len(candidate.digits) <= _MOST_CUED_DIGITS


def _is_glued(candidate: Candidate) -> bool:
    text = candidate.window.text
    if _WORD_BEFORE.search(text[max(0, candidate.start - 2) : candidate.start]):
        return True
    extension = _EXTENSION.match(text, candidate.end)
    end = extension.end() if extension else candidate.end
    return _NOT_AFTER.match(text, end) is not None


def _is_labelled(candidate: Candidate) -> bool:
    """Whether a telephone word is the number's label: a colon or next to nothing between."""
    gap = _gap(candidate)
    if gap > DIRECT_CHARS:
        return False
    between = candidate.window.text[max(0, candidate.start - gap - 1) : candidate.start]
    letters = sum(char.isalpha() for char in between)
    return letters <= _MOST_LABEL_LETTERS or between.rstrip(" (+")[-1:] in (":", "=")


def _gap(candidate: Candidate) -> int:
    """Code points from the nearest telephone word; many when a word of another kind is nearer."""
    cues = candidate.window.cues(candidate.start)
    gap = cues.get("phone", _NO_CUE)
    own_id = f"id/{candidate.window.lands.declared}/"
    rivals = [near for kind, near in cues.items() if kind in _RIVALS]
    if any(near < gap for near in rivals):
        return _NO_CUE
    is_id = any(near <= gap for kind, near in cues.items() if kind.startswith(own_id))
    return _NO_CUE if is_id else gap


def _stands_bare(candidate: Candidate, written: str, region: str) -> bool:
    """Whether a local number is one by its writing alone."""
    digits, groups = candidate.digits, candidate.groups
    has_trunk = digits.startswith(trunk_prefix(region))
    if len(groups) == 1:
        fits = has_trunk and len(digits) >= _FEWEST_TRUNK_DIGITS
    else:
        fits = len(digits) >= _FEWEST_GROUPED_DIGITS and not candidate.is_cut and _is_neat(written)
    if not fits or _is_other_number(candidate) or _is_marked(candidate):
        return False
    if not is_valid(written, region):
        return False
    return has_trunk or is_national_grouping(written, groups, region)


def _is_neat(written: str) -> bool:
    """Whether groups are parted in one way, as numbers in tables and versions are not."""
    return _NEAT.fullmatch(written) is not None and not written.startswith(("0 ", "0.", "0-"))


def _is_other_number(candidate: Candidate) -> bool:
    written = candidate.written
    if is_amount(written):
        return not _is_sentence(candidate)
    return is_fraction_or_version(written) or is_postcode_or_example(written)


def _is_sentence(candidate: Candidate) -> bool:
    """Whether a number is a sentence of its own, as an amount never is.

    Not one alone on its line: that may be the cell of a table.
    """
    text = candidate.window.text
    before = _SENTENCE_BEFORE.search(text, max(0, candidate.start - 4), candidate.start)
    after = text[candidate.end : candidate.end + 2]
    is_end = after[:1] in ("", "\n", ".", ",") or after[1:].isupper()
    return before is not None and (is_end or JOINED.match(after) is not None)


def _is_marked(candidate: Candidate) -> bool:
    """Whether a sign, a code word or a link around the number says that it is something else."""
    window, start = candidate.window, candidate.start
    return (
        _MARKED_BEFORE.search(window.text[max(0, start - 1) : start]) is not None
        or window.has_cue("code", start, DIRECT_CHARS)
        or window.is_in_link(start)
    )


RECOGNISER = Recogniser(
    name="Telephone number",
    type="PHONE_NUMBER",
    anchors=NUMBER,
    strictness=2,
    find=find,
    description="Numbers of all regions; local ones by country, cue word and writing.",
    source="libphonenumber metadata (phonenumbers 9), ITU-T E.164 and E.123",
)
