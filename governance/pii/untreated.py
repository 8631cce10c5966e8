"""Searching texts in which some values were treated already, for personal data and for names.

Names change what a model sees beside them, so texts in which any were found are searched again,
with placeholders in their place, until nothing new turns up: so what is treated once holds
nothing for a second pass.
"""

from dataclasses import dataclass

import polars as pl

from governance.pii.choice import selected
from governance.pii.finder import SPAN_SCHEMA, Findings, search
from governance.pii.names import Finder
from governance.pii.recogniser import Recogniser
from governance.pii.treatments.treated import Spans, Treated, replaced
from schemas.privacy import PrivacyPolicy

#: A text in which every name uncovers the next is no text: it waits in quarantine.
_MOST_PASSES = 12


def find_untreated(
    text: pl.Series,
    language: pl.Series,
    country: pl.Series,
    policy: PrivacyPolicy,
    names: Finder | None = None,
) -> Findings:
    """Personal data that no policy has treated yet: surrogates and pseudonyms are left alone.

    Args:
        text: String, null allowed (holds nothing).
        language: tag or null, one a text.
        country: ISO 3166-1 alpha-2, "INT" or null, one a text.
        policy: says which treated values there may be.
        names: looks for names as well, until it finds no more.
    """
    recognisers = selected(policy.recognisers_off, policy.recognisers_only)
    treated = Treated.of(policy)
    if not treated and names is None:
        return search(text, language, country, recognisers)
    aside = treated.possible(text) if treated else pl.Series([False]).new_from_index(0, len(text))
    known = {
        row: spans for row in aside.arg_true().to_list() if (spans := treated.spans(str(text[row])))
    }
    look = _Look(recognisers, names)
    return _until_nothing(text, language, country, known, look)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is looked for: by recognisers, and names if asked for."""

    recognisers: tuple[Recogniser, ...]
    names: Finder | None


def _until_nothing(
    text: pl.Series,
    language: pl.Series,
    country: pl.Series,
    aside: dict[int, Spans],
    look: _Look,
) -> Findings:
    """Searches texts again in which names were found, until there is nothing new in any."""
    known = {row: list(spans) for row, spans in aside.items()}
    found: dict[int, Spans] = {}
    waiting = pl.int_range(len(text), dtype=pl.UInt32, eager=True)
    failed: set[int] = set()
    for _ in range(_MOST_PASSES):
        new, lost = _pass(text, language, country, known, waiting, look)
        failed.update(lost)
        for row, spans in new.items():
            known[row] = sorted([*known.get(row, ()), *spans])
            found.setdefault(row, []).extend(spans)
        if look.names is None or not new:
            break
        waiting = pl.Series(sorted(new), dtype=pl.UInt32)
    else:
        failed.update(waiting.to_list())
    rows = [
        (row, *span) for row in sorted(found) if row not in failed for span in sorted(found[row])
    ]
    return Findings(pl.DataFrame(rows, schema=SPAN_SCHEMA, orient="row"), sorted(failed))


def _pass(
    text: pl.Series,
    language: pl.Series,
    country: pl.Series,
    known: dict[int, Spans],
    waiting: pl.Series,
    look: _Look,
) -> tuple[dict[int, Spans], list[int]]:
    """One look at some rows with what is known in placeholders: what is new in the originals."""
    held = {row: replaced(str(text[row]), known[row]) for row in waiting if row in known}
    chosen = text.gather(waiting)
    if held:
        masked = [held[row].text if row in held else value
                  for row, value in zip(waiting, chosen, strict=True)]  # fmt: skip
        chosen = pl.Series(masked, dtype=pl.String)
    about = language.gather(waiting), country.gather(waiting)
    findings = search(chosen, *about, look.recognisers)
    spans = findings.spans
    if look.names is not None:
        spans = pl.concat([spans, look.names.find(chosen, about[0], spans)])
    new: dict[int, Spans] = {}
    rows = waiting.to_list()
    for at, start, end, kind in spans.sort("row", "start").iter_rows():
        row = rows[at]
        parts = held[row].original(start, end) if row in held else ((start, end),)
        new.setdefault(row, []).extend((*part, kind) for part in parts)
    return new, [rows[at] for at in findings.failed]
