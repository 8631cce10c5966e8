"""What was found, held against what should have been.

A marked span counts as found when found spans cover four fifths of its characters, whatever
their type, for it would be masked; a found span is right when half of it or more lies on a
marked one. `exact` asks for the same start, end and type. Spans of types that no recogniser
has are asked of nobody, but what is found in them is right.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from governance.proof.gold import Line, Span
from governance.proof.rates import Rate

_COVERED_SHARE, _RIGHT_SHARE = 0.8, 0.5


@dataclass
class Tally:
    """Counts over some texts."""

    texts: int = 0
    marked: int = 0
    covered: int = 0
    exact: int = 0
    found: int = 0
    right: int = 0
    marked_chars: int = 0
    left_chars: int = 0
    negatives: int = 0
    damaged: int = 0

    def add(self, other: "Tally") -> None:
        """Takes the counts of another one in."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def as_dict(self) -> dict[str, object]:
        """Recall, precision, leaks and damage, each with counts and bounds."""
        return {
            "texts": self.texts,
            "recall": Rate(self.covered, self.marked).as_dict(),
            "exact_recall": Rate(self.exact, self.marked).as_dict(),
            "precision": Rate(self.right, self.found).as_dict(),
            "exact_precision": Rate(self.exact, self.found).as_dict(),
            "leak": Rate(self.left_chars, self.marked_chars).as_dict(),
            "damage": Rate(self.damaged, self.negatives).as_dict(),
        }


@dataclass
class Scores:
    """The counts of a set, in all and apart by type, language and script."""

    whole: Tally = field(default_factory=Tally)
    by_type: dict[str, Tally] = field(default_factory=dict)
    by_language: dict[str, Tally] = field(default_factory=dict)
    by_script: dict[str, Tally] = field(default_factory=dict)
    damaged_by_kind: Counter[str] = field(default_factory=Counter)

    def merge(self, other: "Scores") -> None:
        """Takes the counts of another set in."""
        self.whole.add(other.whole)
        for name in ("by_type", "by_language", "by_script"):
            mine = getattr(self, name)
            for key, tally in getattr(other, name).items():
                mine.setdefault(key, Tally()).add(tally)
        self.damaged_by_kind.update(other.damaged_by_kind)

    def as_dict(self) -> dict[str, object]:
        """For the record, in order of the names."""
        apart = {
            name: {key: tally.as_dict() for key, tally in sorted(getattr(self, name).items())}
            for name in ("by_type", "by_language", "by_script")
        }
        damaged = dict(sorted(self.damaged_by_kind.items()))
        return {**self.whole.as_dict(), **apart, "damaged_by_kind": damaged}


def score(
    lines: Iterable[Line],
    found: Iterable[list[Span]],
    scripts: Iterable[str],
    types: Collection[str],
) -> Scores:
    """Counts over a set.

    Args:
        lines: the set.
        found: the spans found in each text, in order.
        scripts: of each text, ISO 15924.
        types: those that are asked for.
    """
    scores = Scores()
    for line, spans, script in zip(lines, found, scripts, strict=True):
        by_type = _one(line, spans, types)
        whole = Tally(texts=1)
        for kind, tally in by_type.items():
            scores.by_type.setdefault(kind, Tally()).add(tally)
            whole.add(tally)
        damaged = [kind for start, end, kind in line.negatives if _touched(start, end, spans)]
        whole.negatives, whole.damaged = len(line.negatives), len(damaged)
        scores.damaged_by_kind.update(damaged)
        for table, key in (
            (scores.by_language, line.language or "not said"),
            (scores.by_script, script),
        ):
            table.setdefault(key, Tally()).add(whole)
        scores.whole.add(whole)
    return scores


def _one(line: Line, spans: list[Span], types: Collection[str]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for span in line.spans:
        start, end, kind = span
        if kind not in types:
            continue
        covered = _shared(start, end, spans)
        tally = tallies.setdefault(kind, Tally())
        tally.marked += 1
        tally.covered += covered >= _COVERED_SHARE * (end - start)
        tally.exact += span in spans
        tally.marked_chars += end - start
        tally.left_chars += end - start - covered
    for start, end, kind in spans:
        tally = tallies.setdefault(kind, Tally())
        tally.found += 1
        tally.right += _shared(start, end, line.spans) >= _RIGHT_SHARE * (end - start)
    return tallies


def _shared(start: int, end: int, spans: Iterable[Span]) -> int:
    """How many places of a stretch lie on one of the spans."""
    on = set[int]()
    for first, last, _ in spans:
        on.update(range(max(start, first), min(end, last)))
    return len(on)


def _touched(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(first < end and start < last for first, last, _ in spans)
