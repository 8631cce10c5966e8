"""From a batch of texts to the spans of personal data in it.

The prefilter's windows are the only text that is read. In each the recognisers
are asked, overlaps are settled, the findings are replaced by their
placeholders, and the rest is asked again until nothing new turns up: so what
is masked once holds nothing for a second pass, whatever stood side by side.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from governance.pii.fold import fold
from governance.pii.overlaps import Span, settle
from governance.pii.recogniser import Recogniser, Window
from governance.pii.territories import Territories, territories
from governance.pii.treatments import placeholder

SPAN_SCHEMA = {"row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32, "type": pl.String}

_DIGITS = re.compile(r"[0-9](?:.{0,3}[0-9]){3}")
_SPELLED_AT = re.compile(r"[\[({<] ?[aA][tT]")
# A text in which every finding uncovers the next is no text: its row fails and is quarantined.
_MOST_PASSES = 16


@dataclass(frozen=True, slots=True)
class Findings:
    """spans: one row a span, in order. failed: rows where a recogniser raised; no spans there."""

    spans: pl.DataFrame
    failed: list[int]


def search(
    text: pl.Series, language: pl.Series, country: pl.Series, recognisers: Sequence[Recogniser]
) -> Findings:
    """The spans that the recognisers find in each text; a failure costs its own row only."""
    from governance.pii.prefilter import windows  # noqa: PLC0415  # compiled code, loaded when needed

    batch = windows(text)
    languages, countries = language.to_list(), country.to_list()
    asked = {kinds: [r for r in recognisers if r.anchors & kinds] for kinds in set(batch.kinds)}
    spans: list[tuple[int, int, int, str]] = []
    failed: set[int] = set()
    places = zip(
        batch.rows, batch.kinds, batch.start_bytes, batch.end_bytes, batch.start_chars, strict=True
    )
    for row, kinds, start_byte, end_byte, start_char in places:
        if row in failed:
            continue
        piece = str(batch.data[start_byte:end_byte], "utf-8")
        try:
            lands = territories(languages[row], countries[row])
            found = _in_window(piece, lands, asked[kinds])
        except Exception:
            failed.add(row)  # what the recogniser raised may quote the text, so it is not kept
            continue
        spans.extend((row, start_char + s.start, start_char + s.end, s.type) for s in found)
    kept = [span for span in spans if span[0] not in failed]
    return Findings(pl.DataFrame(kept, schema=SPAN_SCHEMA, orient="row"), sorted(failed))


def _in_window(piece: str, lands: Territories, recognisers: Sequence[Recogniser]) -> list[Span]:
    """All spans of one window, in its own code points."""
    folded = fold(piece)
    known: list[Span] = []
    text = folded.text
    for _ in range(_MOST_PASSES):
        found = settle(_ask(Window(text, lands), recognisers))
        known = _merge(known, found)
        text = _replaced(folded.text, known) if found else text
        if not found or not _may_hold_more(text):
            return [Span(*folded.original(s.start, s.end), s.type, s.strictness) for s in known]
    raise RuntimeError("findings that each reveal another one without end")


def _may_hold_more(text: str) -> bool:
    """Whether there is still an at sign, digits close together or an IPv6 address."""
    if "@" in text or "::" in text:
        return True
    return _DIGITS.search(text) is not None or _SPELLED_AT.search(text) is not None


def _ask(window: Window, recognisers: Sequence[Recogniser]) -> list[Span]:
    return [
        Span(start, end, recogniser.type, recogniser.strictness)
        for recogniser in recognisers
        for start, end in recogniser.find(window)
    ]


def _replaced(text: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    place = 0
    for span in spans:
        pieces += (text[place : span.start], placeholder(span.type))
        place = span.end
    return "".join([*pieces, text[place:]])


def _merge(known: list[Span], found: list[Span]) -> list[Span]:
    """`known` with what was `found` in the text in which `known` were replaced already."""
    if not known:
        return found
    moved: list[Span] = []
    passed = shift = 0
    for span in found:
        while passed < len(known) and known[passed].start + shift < span.start:
            earlier = known[passed]
            shift += len(placeholder(earlier.type)) - (earlier.end - earlier.start)
            passed += 1
        moved.append(span._replace(start=span.start - shift, end=span.end - shift))
    return sorted([*known, *moved])
