"""What a page of the report is, and what it is made from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from governance.books import Books
from governance.release_folder import Release
from governance.report.blocks import Block

Facts = dict[str, Any]
Scrub = Callable[[pl.Series, pl.Series, pl.Series], pl.DataFrame]


@dataclass(frozen=True)
class Material:
    """Everything that the pages are made from, counted once.

    Args:
        release: the open release.
        tables: of `governance.tally`, and of `governance.report.sketches` unless this is for
            the public edition.
        books: counts and imbalances.
        results: `validation/results.json`; empty when the release was not validated.
        scrub: masks personal data in texts, languages and countries, once more, before a
            sample is shown.
        drawn: passages by the name of their draw; see `governance.report.draw`.
        previous: `review.json` of the release before this one; empty when there is none.
        waivers: those in force, when the gates of the release were judged.
    """

    release: Release
    tables: dict[str, pl.DataFrame]
    books: Books
    results: dict[str, Any]
    scrub: Scrub
    drawn: Mapping[str, Sequence[Facts]] = field(default_factory=dict)
    previous: Mapping[str, Any] = field(default_factory=dict)
    waivers: Sequence[Facts] = ()

    @property
    def run(self) -> dict[str, Any]:
        """What `run.json` says."""
        return self.release.run

    @property
    def policy(self) -> dict[str, Any]:
        """The policy that the run was held against; empty when `run.json` states none."""
        found = self.run.get("policy")
        return found if isinstance(found, dict) else {}

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The cards of the sources, as the run read them."""
        return [card for card in self.run.get("sources", []) if isinstance(card, dict)]


@dataclass(frozen=True)
class Page:
    """A page of the report.

    Args:
        id: its name in `review.json` and in links.
        title: its heading.
        asks: what a steward decides on it, as a question.
        facts: the numbers and words that it shows; plain values.
        show: the facts as blocks.
        is_public: whether it stands in the public edition too.
    """

    id: str
    title: str
    asks: str
    facts: Callable[[Material], Facts]
    show: Callable[[Facts], list[Block]]
    is_public: bool = False

    @property
    def file(self) -> str:
        """Its file in the folder of the report; the first page is the one that opens."""
        return "index.html" if self.id == "desk" else f"{self.id}.html"
