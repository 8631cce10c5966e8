"""What a page of the report is, and what it is made from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from governance.books import Books
from governance.release_folder import Release

Facts = dict[str, Any]
Scrub = Callable[[pl.Series, pl.Series, pl.Series], pl.DataFrame]


@dataclass(frozen=True)
class Material:
    """Everything that the pages are made from, counted once.

    Args:
        release: the open release.
        tables: of `governance.tally`.
        books: counts and imbalances.
        results: `validation/results.json`; empty when the release was not validated.
        scrub: masks personal data in texts, languages and countries, once more, before a
            sample is shown.
    """

    release: Release
    tables: dict[str, pl.DataFrame]
    books: Books
    results: dict[str, Any]
    scrub: Scrub


@dataclass(frozen=True)
class Page:
    """A section of the report.

    Args:
        id: its anchor, the name of its template, and its key in `report.json`.
        title: its heading.
        facts: the numbers and words that its template shows; plain JSON values.
    """

    id: str
    title: str
    facts: Callable[[Material], Facts]
