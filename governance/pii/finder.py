"""From a batch of texts to the spans of personal data in it.

The prefilter's windows are the only text that is read. In each the recognisers are asked and
overlaps are settled; then the findings are replaced by their placeholders, and the texts in
which there were any go through the same again, prefilter and all, until nothing new turns up.
So what is masked once holds nothing for a second pass, whatever stood side by side: the second
look is this very one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from governance.pii.fold import fold
from governance.pii.kinds import KEY, NUMBER
from governance.pii.overlaps import Span, settle
from governance.pii.recogniser import Recogniser, TooDenseError, Window
from governance.pii.territories import Territories, territories
from governance.pii.treatments.treated import Replaced, Spans, replaced

SPAN_SCHEMA = {"row": pl.UInt32, "start": pl.UInt32, "end": pl.UInt32, "type": pl.String}

# Where a number can begin: six digits at the edge of a word, or letters and then a digit or, in
# a number of Italy, one of the letters that stand for digits. And how keys and wallets begin.
_MAY_BEGIN = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9](?:[ .\-/()+]{0,3}[0-9]){5}|[A-Za-z]{1,7}[ .\-/]?[0-9]|[A-Za-z]{8,})"
    r"|[0-9A-Za-z_-]{17}|xox|eyJ|(?:bc|BC|tb|ltc|LTC)1|--B"
)
_PLACEHOLDER = re.compile(r"\[[A-Z_]{3,}\]")
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
    lands = list(zip(language.to_list(), country.to_list(), strict=True))
    found, failed = _pass(text, lands, recognisers)
    known: dict[int, Spans] = {}
    for row, span in found:
        known.setdefault(row, []).append(span)
    waiting = list(known)
    for _ in range(_MOST_PASSES):
        if not waiting:
            break
        held = {row: replaced(str(text[row]), known[row]) for row in waiting}
        masked = pl.Series([one.text for one in held.values()], dtype=pl.String)
        values = [len(_values(str(text[row]), known[row])) for row in waiting]
        found, lost = _pass(masked, [lands[row] for row in waiting], recognisers, values)
        failed |= {waiting[at] for at in lost}
        fresh = _in_originals(found, waiting, held)
        for row, spans in fresh.items():
            known[row] = sorted([*known[row], *spans])
        waiting = list(fresh)
    failed.update(waiting)
    rows = [(row, *span) for row in sorted(known.keys() - failed) for span in known[row]]
    return Findings(pl.DataFrame(rows, schema=SPAN_SCHEMA, orient="row"), sorted(failed))


def _values(text: str, spans: Spans) -> set[str]:
    return {text[start:end] for start, end, _ in spans}


def _in_originals(
    found: list[tuple[int, tuple[int, int, str]]], waiting: list[int], held: dict[int, Replaced]
) -> dict[int, Spans]:
    """What was found in texts with placeholders, by row and place of the texts as they came."""
    fresh: dict[int, Spans] = {}
    for at, (start, end, kind) in found:
        row = waiting[at]
        parts = held[row].original(start, end)
        fresh.setdefault(row, []).extend((*part, kind) for part in parts)
    return fresh


def _pass(
    text: pl.Series,
    lands: Sequence[tuple[str | None, str | None]],
    recognisers: Sequence[Recogniser],
    earlier: Sequence[int] = (),
) -> tuple[list[tuple[int, tuple[int, int, str]]], set[int]]:
    """One look at each text: row and span of what is found, in order; rows that failed.

    earlier: where the texts were searched before and hold placeholders now, how many different
    values each held. Only what stands near one can look different, so other windows are not read
    again.
    """
    from governance.pii.prefilter import windows  # noqa: PLC0415  # compiled code, loaded when needed

    batch = windows(text)
    asked = {kinds: [r for r in recognisers if r.anchors & kinds] for kinds in set(batch.kinds)}
    found: list[tuple[int, tuple[int, int, str]]] = []
    failed: set[int] = set()
    places = zip(
        batch.rows, batch.kinds, batch.start_bytes, batch.end_bytes, batch.start_chars, strict=True
    )
    for row, kinds, start_byte, end_byte, start_char in places:
        if row in failed or not asked[kinds]:
            continue
        piece = str(batch.data[start_byte:end_byte], "utf-8")
        if earlier and not _PLACEHOLDER.search(piece):
            continue
        try:
            is_word = kinds in (NUMBER, KEY, NUMBER | KEY)
            held = earlier[row] if earlier else 0
            near = territories(*lands[row])
            spans = _in_window(piece, near, asked[kinds], held, is_word=is_word)
        except Exception:
            failed.add(row)  # what the recogniser raised may quote the text, so it is not kept
            continue
        found.extend((row, (start_char + s.start, start_char + s.end, s.type)) for s in spans)
    return [one for one in found if one[0] not in failed], failed


def _in_window(
    piece: str,
    lands: Territories,
    recognisers: Sequence[Recogniser],
    held: int = 0,
    *,
    is_word: bool = False,
) -> list[Span]:
    """The spans that one look at a window shows, in its own code points.

    held: how many different values were found in its text before.
    is_word: the window is there for digits or a long word alone, so that those of hashes and
    file names, where no number or key could begin, cost no more than this look.
    """
    folded = fold(piece)
    if is_word and not _MAY_BEGIN.search(folded.text):
        return []
    found = settle(_ask(Window(folded.text, lands), recognisers, held))
    return [Span(*folded.original(s.start, s.end), s.type, s.strictness) for s in found]


def _ask(window: Window, recognisers: Sequence[Recogniser], held: int) -> list[Span]:
    """What all recognisers find; those whose allowance ends are asked again with a larger one.

    It grows with the different values that were found by then, by whichever of them, and `held`
    that are placeholders already.

    Raises:
        TooDenseError: it ended, and nothing new was found meanwhile.
    """
    spans: list[Span] = []
    values: set[str] = set()
    waiting, bought = list(recognisers), -1
    while waiting:
        if held + len(values) <= bought:
            raise TooDenseError
        bought = held + len(values)
        again = []
        for recogniser in waiting:
            window.begin(bought)
            found, is_whole = _found(window, recogniser)
            values.update(window.text[span.start : span.end] for span in found)
            if is_whole:
                spans += found
            else:
                again.append(recogniser)
        waiting = again
    return spans


def _found(window: Window, recogniser: Recogniser) -> tuple[list[Span], bool]:
    """What a recogniser finds, and whether its allowance sufficed."""
    found: list[Span] = []
    try:
        for start, end in recogniser.find(window):
            found.append(Span(start, end, recogniser.type, recogniser.strictness))
    except TooDenseError:
        return found, False
    return found, True
