"""What a page is made of: sentences, figures, tables, charts, passages - and numbers with names.

A number never stands on a page as bare digits: it is a `Number`, or the cell of a `Column`, with a
name, a unit and a sentence that says what it counts. The same blocks make the page and
`review.json`, so that the two cannot differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

#: Units that count things one by one; small ones are hidden in the public edition.
COUNTED = frozenset({"documents", "values", "copies", "clusters", "pairs"})
Scalar = int | float | str | None


@dataclass(frozen=True)
class Estimate:
    """A share that was measured on a sample, with its 95 % interval.

    Args:
        part: those that are so.
        whole: all that were asked.
        low: lower bound (Wilson 1927).
        high: upper bound.
    """

    part: int
    whole: int
    low: float
    high: float

    @classmethod
    def of(cls, part: int, whole: int) -> "Estimate":
        """The share with Wilson's bounds.

        >>> round(Estimate.of(18, 20).low, 3)
        0.699
        """
        from governance.proof.rates import Rate  # noqa: PLC0415  # loads little, seldom needed

        low, high = Rate(part, whole).bounds
        return cls(part, whole, low, high)


@dataclass(frozen=True)
class Number:
    """A number with its name.

    Args:
        id: its name on the page; `page.id` in `review.json`.
        value: the number, or words in the place of one that is hidden.
        unit: what is counted, or `share`, `bytes`, `score`.
        means: a sentence that says what it counts.
    """

    id: str
    value: Scalar | Estimate
    unit: str
    means: str


@dataclass(frozen=True)
class Link:
    """A link to another page of the report, or to a place on it."""

    page: str
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Code:
    """A name or a command, as machines write it."""

    text: str


@dataclass(frozen=True)
class Small:
    """Words of less weight, under others."""

    text: str


@dataclass(frozen=True)
class Prose:
    """A paragraph; `{name}` in it is the number of that id, or a ready piece of markup.

    Args:
        text: the sentence, through `_`.
        numbers: those that it names.
        parts: links and codes that it names.
        kind: class of the paragraph: "", `aside`, `caution`.
        is_public: whether it may stand in the public edition.
    """

    text: str
    numbers: Sequence[Number] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class Heading:
    """A heading on a page; `id` is its anchor."""

    text: str
    id: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class Figures:
    """Large numbers side by side, each over the words that say what it is."""

    numbers: Sequence[tuple[str, Number]]
    is_public: bool = True


@dataclass(frozen=True)
class Note:
    """A box with a verdict: `good`, `bad` or `warn`."""

    kind: str
    strong: str
    text: str = ""
    items: Sequence[str] = ()
    numbers: Sequence[Number] = ()
    is_public: bool = True


@dataclass(frozen=True)
class Missing:
    """A sentence that says which records do not exist, and which command makes them."""

    text: str
    command: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class Decide:
    """A thing that can be decided; a script turns it into a form.

    Args:
        kind: source, licence, threshold, rule, sample, gate.
        target: what it is about.
        value: what holds now.
        label: shown when no script runs.
    """

    kind: str
    target: str
    value: str = ""
    label: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Args:
        key: its name; a number in it is `page.table.key:row`.
        title: shown.
        unit: of its numbers; "" when it holds words.
        means: what its numbers count.
        kind: class of its cells.
    """

    key: str
    title: str
    unit: str = ""
    means: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table: its key, which is unique, and a cell for each column's key."""

    key: str
    cells: Mapping[str, Any]
    kind: str = ""
    id: str = ""


@dataclass(frozen=True)
class Table:
    """A table; the first column heads the rows.

    Args:
        id: its name on the page.
        columns: in their order.
        rows: in their order; keys are unique.
        total: a last row that sums the others up.
        caption: what it shows, for those who do not see the heading.
        kind: class: "", `narrow`, `dense`, `matrix`.
        folded: a summary behind which it is folded; "" when it stands open.
        is_public: whether it may stand in the public edition.
    """

    id: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    total: Row | None = None
    caption: str = ""
    kind: str = ""
    folded: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class Chart:
    """A drawing with the table that holds the same numbers."""

    title: str
    drawing: Markup
    table: Table
    legend: Sequence[tuple[str, str]] = ()
    is_public: bool = True


@dataclass(frozen=True)
class Grid:
    """Small charts beside each other."""

    charts: Sequence[Chart]
    is_public: bool = True


@dataclass(frozen=True)
class Samples:
    """Passages from documents; never in the public edition.

    Args:
        title: over them.
        kind: `random` or `risk`; the two are never mixed.
        text: how they were drawn.
        passages: as `governance.report.draw` gives them.
        nothing: the sentence that stands there when there are none.
    """

    title: str
    kind: str
    text: str
    passages: Sequence[Mapping[str, Any]]
    nothing: str
    is_public: bool = False


@dataclass(frozen=True)
class SideBySide:
    """Two columns of passages: what a rule held back, and what it let pass.

    Args:
        title: over them.
        left: heading and passages.
        right: heading and passages.
        decide: what can be decided about them.
        id: its anchor.
    """

    title: str
    left: tuple[str, Sequence[Mapping[str, Any]]]
    right: tuple[str, Sequence[Mapping[str, Any]]]
    decide: Decide | None = None
    id: str = ""
    is_public: bool = False


@dataclass(frozen=True)
class Pairs:
    """Copies beside the documents kept in their place, with the differences marked."""

    pairs: Sequence[Mapping[str, Any]]
    is_public: bool = False


@dataclass(frozen=True)
class WhatIf:
    """A limit that can be moved on the page, with counts from buckets.

    Args:
        data: for the script: languages, rules, buckets; see `assets/what_if.js`.
        numbers: the buckets, for `review.json`.
    """

    data: Mapping[str, Any]
    numbers: Sequence[Number]
    is_public: bool = False


Block = (
    Prose
    | Heading
    | Figures
    | Note
    | Missing
    | Table
    | Chart
    | Grid
    | Samples
    | SideBySide
    | Pairs
    | WhatIf
)
