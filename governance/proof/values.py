"""Lists of valid and invalid numbers: how many are masked beside a cue word, and how many alone.

A valid number should be masked where its own name stands before it, in its own country. An
invalid one looks the same and must stay, though a telephone number of the country may have the
same digits.
"""

from collections.abc import Callable, Iterable, Sequence

import polars as pl

from governance.pii.national_ids import entries_of
from governance.proof.gold import Value
from governance.proof.rates import Rate

#: Where the table of national numbers does not know the number, any word for one.
_ANY_CUE = "ID number"
_COVERED_SHARE = 0.8
_WAYS: tuple[tuple[str, Callable[[Value], str]], ...] = (
    ("in_context", lambda value: f"{_cue(value)}: {value.value}"),
    ("alone", lambda value: value.value),
)
Find = Callable[[pl.Series, pl.Series, pl.Series], pl.DataFrame]


def score_values(values: Sequence[Value], find: Find) -> dict[str, object]:
    """Recall over the valid numbers of persons, precision over all that are masked.

    Returns:
        By way of standing: rates over all, rates by country.
    """
    return {name: _way([written(value) for value in values], values, find)
            for name, written in _WAYS}  # fmt: skip


def _way(texts: list[str], values: Sequence[Value], find: Find) -> dict[str, object]:
    personal = [value.is_personal for value in values]
    asked = [text for text, is_asked in zip(texts, personal, strict=True) if is_asked]
    chosen = [value for value in values if value.is_personal]
    text = pl.Series(asked, dtype=pl.String)
    country = pl.Series([value.country for value in chosen], dtype=pl.String)
    language = pl.Series([None] * len(chosen), dtype=pl.String)
    spans = find(text, language, country)
    hit = {
        row for row, start, end, _ in spans.iter_rows()
        if _covers(start, end, asked[row], chosen[row].value)
    }  # fmt: skip
    lands = [value.country or "not said" for value in chosen]
    return {
        **_rates(chosen, hit, range(len(chosen))),
        "by_country": {
            land: _rates(chosen, hit, [row for row, one in enumerate(lands) if one == land])
            for land in sorted(set(lands))
        },
    }


def _rates(values: list[Value], hit: set[int], rows: Iterable[int]) -> dict[str, object]:
    rows = list(rows)
    valid = [row for row in rows if values[row].is_valid]
    invalid = [row for row in rows if not values[row].is_valid]
    masked = [sum(row in hit for row in group) for group in (valid, invalid)]
    return {
        "recall": Rate(masked[0], len(valid)).as_dict(),
        "precision": Rate(masked[0], sum(masked)).as_dict(),
        "invalid_masked": Rate(masked[1], len(invalid)).as_dict(),
    }


def _covers(start: int, end: int, text: str, value: str) -> bool:
    first = len(text) - len(value)
    return min(end, len(text)) - max(start, first) >= _COVERED_SHARE * len(value)


def _cue(value: Value) -> str:
    cues = [entry.cues for entry in entries_of(value.country) if entry.module == value.module]
    return cues[0][0] if cues and cues[0][0] else _ANY_CUE
