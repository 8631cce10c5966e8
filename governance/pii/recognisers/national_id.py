"""National identity and tax numbers of 117 countries, by their check digits.

The country of the source says which numbers to expect, the language which are
likely, a cue word ("PESEL", "ИНН", "आधार") names one outright. A bare number
needs the right check digits and the right country; where a tenth of all numbers
pass the check, it must not look like an amount or a date, or stand in a link;
where nothing can be checked, only a cue or the official way of writing it counts.

Source: python-stdnum 2.2 and `number_checks/` for the checks; the table `national_ids.tsv` for
countries, shapes, and the share of random numbers that pass by chance.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from governance.pii.cues import JOINED
from governance.pii.kinds import NUMBER
from governance.pii.national_ids import Entry, entries, entries_of, entry_by_key
from governance.pii.number_forms import (
    is_amount,
    is_date,
    is_fraction_or_version,
    is_postcode_or_example,
)
from governance.pii.recogniser import DIRECT_CHARS, Recogniser, Window
from governance.pii.stretches import JOINTS, Candidate, has_edges, is_maximal, stretches

# Bare numbers shorter than this are too often dates, pages or amounts.
_FEWEST_BARE_DIGITS = 9
_FEWEST_GLUED_CHARS, _GLUED_GAP_CHARS = 12, 2
# A check that fewer random numbers pass than this is trusted on the language alone.
STRICT_SHARE = 0.02
_MOST_CHANCE_SHARE = 0.2
_FEWEST_FOREIGN_CHARS, _UNCHECKED_SHARE = 8, 0.5
_NO_CUE = 99
_CANDIDATE_UNITS = 3
# "3140608 4k": small letters after a space belong to the sentence.
_SPACED_WORD = re.compile(r" [0-9]*[a-z]|[a-z] ")
_TWO_SPACED = re.compile(r"[0-9]+ [0-9]+")


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of numbers that a country of the document, or a cue word, gives to a person."""
    expected = expected_entries(window.lands.declared, window.lands.likely)
    for first, lasts in stretches(window):
        named: dict[str, int] | None = None
        window.spend(2 * len(lasts))
        for last, chars in lasts:
            candidate = Candidate(window, first, last)
            if not _has_a_shape(candidate):
                continue
            named = _named(window, first) if named is None else named
            likely = expected.get(chars, ())
            if not (likely or named) or not has_edges(window, first, last):
                continue
            window.spend(_CANDIDATE_UNITS * (1 + len(likely)))
            if _is_personal(candidate, likely, named):
                yield candidate.start, candidate.end
    yield from _glued(window)


def _has_a_shape(candidate: Candidate) -> bool:
    """Whether any number of any country is made of letters and digits like this."""
    compact = candidate.compact
    if compact.isdigit():
        return True
    shapes = all_shapes()
    for one in {compact, candidate.written}:
        shape = shapes.get(len(one))
        if shape is not None and shape.fullmatch(one):
            return True
    return False


@cache
def all_shapes() -> dict[int, re.Pattern[str]]:
    """The shapes of all numbers with letters or signs, by how many characters they have."""
    by_chars: dict[int, list[str]] = {}
    for entry in entries():
        for chars in entry.chars:
            by_chars.setdefault(chars, []).append(entry.shape.pattern)
    return {
        chars: re.compile("|".join(sorted(set(patterns)))) for chars, patterns in by_chars.items()
    }


def _glued(window: Window) -> Iterator[tuple[int, int]]:
    """Numbers right after their cue word to which the next word is joined without a space."""
    for token in window.tokens:
        if len(token.text) < _FEWEST_GLUED_CHARS or not token.has_digit:
            continue
        if not JOINED.search(window.text, max(0, token.start - _GLUED_GAP_CHARS), token.start):
            continue
        cues = window.cues(token.start)
        kinds = [kind for kind, gap in cues.items() if gap <= _GLUED_GAP_CHARS]
        named = [entry for kind, entry in entry_by_key().items() if kind in kinds]
        if "identity" in kinds:
            named.extend(entries_of(window.lands.declared))
        # "…3491" and "93.214.111.187" side by side are two; one digit more is another number.
        may_go_on = window.text[token.end : token.end + 1] in (".", "@", ":")
        ends = [
            token.start + chars
            for entry in named
            for chars in entry.chars
            if chars < len(token.text)
            and (may_go_on or not token.text[chars:].isdigit())
            and entry.accepts(token.text[:chars].upper(), "")
        ]
        if ends:
            yield token.start, max(ends)


def _named(window: Window, first: int) -> dict[str, int]:
    """The cues of single numbers, and of numbers of persons at large, before a token.

    None where digits stand right before: a cue names the first of a row of numbers.
    """
    tokens = window.tokens
    if first and tokens[first - 1].has_digit and tokens[first].start - tokens[first - 1].end == 1:
        return {}
    cues = window.cues(tokens[first].start)
    return {kind: gap for kind, gap in cues.items() if kind == "identity" or kind[:3] == "id/"}


def _is_personal(candidate: Candidate, likely: Iterable[Entry], named: dict[str, int]) -> bool:
    compact, written = candidate.compact, candidate.written
    announced = [entry_by_key()[kind] for kind in named if kind != "identity"]
    if is_date(written):  # 19900101-00001 after "УНЗР" is none, though it reads like a time
        return any(_is_sure(e, compact, written) for e in announced)
    found = [entry for entry in likely if entry.accepts(compact, written)]
    if any(_stands_bare(candidate, entry, written) for entry in found):
        return True
    if named.get("identity", _NO_CUE) <= DIRECT_CHARS:
        abroad = () if candidate.window.lands.declared else strict_entries()
        home = unchecked_chars(candidate.window.lands.declared)
        most_share = 1.0 if len(compact) in home else _MOST_CHANCE_SHARE
        announced += [*(e for e in found if e.chance_share <= most_share), *abroad]
    return any(
        entry.accepts(compact, written) for entry in announced if _may_be(entry, candidate, written)
    )


def _may_be(entry: Entry, candidate: Candidate, written: str) -> bool:
    """Whether an announced number is of the right country if short, and its hyphens in place.

    Countries share words ("NIT", "ID"); a number whose check says next to nothing shows by its
    hyphens that it is another: 1112-23333 is no social security number.
    """
    declared = candidate.window.lands.declared
    if len(candidate.compact) < _FEWEST_FOREIGN_CHARS and declared not in (None, entry.country):
        return False
    official = entry.written if entry.chance_share > _UNCHECKED_SHARE else None
    if official and "-" in written and "-" in official.pattern:
        return official.fullmatch(written) is not None
    return True


def _is_sure(entry: Entry, compact: str, written: str) -> bool:
    """Whether a number after its own cue is none of the dates that it could be read as."""
    if entry.written and entry.written.fullmatch(written):
        return True
    is_checked = entry.chance_share <= _MOST_CHANCE_SHARE and len(written) >= _FEWEST_BARE_DIGITS
    return is_checked and written.isdigit() and entry.accepts(compact, written)


@cache
def unchecked_chars(country: str | None) -> frozenset[int]:
    """Lengths of the numbers of a country whose checks nobody has published.

    There, a word like "ID no" is enough. Not where another number as long has a check.
    """
    lengths: tuple[set[int], set[int]] = set(), set()
    for entry in entries_of(country):
        lengths[entry.has_shape_only].update(entry.chars)
    return frozenset(lengths[True] - lengths[False])


@cache
def strict_entries() -> tuple[Entry, ...]:
    """The numbers of all countries whose check hardly any random number passes."""
    return tuple(entry for entry in entries() if entry.chance_share < STRICT_SHARE)


def _stands_bare(candidate: Candidate, entry: Entry, written: str) -> bool:
    """Whether the number needs no cue word: right country, right digits, no other meaning."""
    window = candidate.window
    is_declared = entry.country == window.lands.declared
    if entry.written and entry.written.fullmatch(written) and is_declared:
        return _is_unmarked(candidate)
    if not may_stand_bare(entry, is_declared=is_declared):
        return False
    if entry.chance_share >= STRICT_SHARE and not _is_neat(written):
        return False
    if is_fraction_or_version(written) or _SPACED_WORD.search(candidate.text):
        return False
    return is_maximal(candidate) and _is_unmarked(candidate)


def may_stand_bare(entry: Entry, *, is_declared: bool) -> bool:
    """Whether a number may stand without a cue word in a document of its country.

    is_declared: the source says that country; else only the language makes it likely, and
    then the check must be a strict one, or a fair one beside letters.
    """
    has_letters = "[A-Z]" in entry.shape.pattern and entry.chance_share <= _MOST_CHANCE_SHARE
    is_strict = entry.chance_share < STRICT_SHARE or has_letters
    return entry.is_bare and (is_declared or is_strict)


def _is_neat(written: str) -> bool:
    """Whether a number that a tenth of all pass for is not written like another kind of number."""
    if is_amount(written) or is_postcode_or_example(written) or _TWO_SPACED.fullmatch(written):
        return False
    digits = sum(char.isdigit() for char in written)
    return digits >= _FEWEST_BARE_DIGITS or written[-2:-1] in JOINTS or not written.isdigit()


def _is_unmarked(candidate: Candidate) -> bool:
    """Whether nothing says that the number is a code, a telephone or part of a link."""
    window, start = candidate.window, candidate.start
    return not (
        window.is_in_link(start)
        or window.has_cue("code", start, DIRECT_CHARS)
        or window.has_cue("phone", start, DIRECT_CHARS)
    )


@lru_cache(maxsize=1024)
def expected_entries(declared: str | None, likely: frozenset[str]) -> dict[int, tuple[Entry, ...]]:
    """The numbers to expect from the countries of a document, by how many characters they have."""
    lands = dict.fromkeys([declared, *sorted(likely)])
    by_chars: dict[int, list[Entry]] = {}
    for entry in (entry for land in lands for entry in entries_of(land)):
        # A sign that the shape keeps (131052+308T) is no token of its own: one character fewer.
        for chars in range(entry.chars.start - ("[-+" in entry.shape.pattern), entry.chars.stop):
            by_chars.setdefault(chars, []).append(entry)
    return {chars: tuple(group) for chars, group in by_chars.items()}


RECOGNISER = Recogniser(
    name="National identity or tax number",
    type="NATIONAL_ID",
    anchors=NUMBER,
    strictness=4,
    find=find,
    description="Numbers of persons of 117 countries by shape, check digits and country or cue.",
    source="python-stdnum 2.2 and our own checks; each number's sources stand in its module",
)
