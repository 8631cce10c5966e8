"""What stewards decided, as a run carries it out: sources held back, licences, limits.

The decisions in force lie beside the run file (`schemas.in_force`). Whatever one of them sets
names it as its source: the limit in the run's record, the evidence of a licence on a card.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from lang_models.changed import Changed
from lang_models.profile import Limit, load
from pipelines.crawls import is_crawled
from schemas.decision import QUARANTINED, REMOVED, decide
from schemas.in_force import Change, read_in_force
from schemas.source import SourceCard
from schemas.source_rights import HostLicence

STAGE = "admit"
QUARANTINE, DROP = "quarantine", "drop"
#: Verdict on a source -> what becomes of its documents, and the rule that says so.
ON_SOURCES: Mapping[str, tuple[str, str]] = {
    QUARANTINE: (QUARANTINED, "source-quarantined"),
    DROP: (REMOVED, "source-dropped"),
}
HOST, SOURCE = "host:", "source:"
Cards = dict[str, tuple[SourceCard, str]]


@dataclass(frozen=True)
class Decided:
    """The decisions beside a run file, on the day of the run.

    Args:
        changes: those that count.
        over: those whose last day is past.
    """

    changes: tuple[Change, ...] = ()
    over: tuple[Change, ...] = ()

    def of(self, kind: str) -> tuple[Change, ...]:
        """Those of one kind."""
        return tuple(one for one in self.changes if one.kind == kind)

    @cached_property
    def limits(self) -> Changed:
        """The limits that they set, by language tag and key."""
        found: dict[str, dict[str, Limit]] = {}
        for change in self.of("threshold"):
            tag, key = change.target.split(":")
            found.setdefault(tag, {})[key] = new_limit(key, change)
        return found

    def on_source(self, frame: pl.DataFrame, source: str) -> pl.DataFrame:
        """The rows of a source with the verdict on it, if it may not be used."""
        for change in self.of("source"):
            if change.target == source and change.verdict in ON_SOURCES:
                outcome, rule = ON_SOURCES[change.verdict]
                return decide(frame, pl.lit(value=True), outcome=outcome, stage=STAGE, rule=rule)
        return frame

    def deciding(self, source: str) -> list[Any]:
        """What of them decides about the batches of a source, beside its card."""
        mine = [one for one in self.of("source") if one.target == source]
        chosen = [*mine, *self.of("threshold")]
        return [one.model_dump(mode="json") for one in chosen]

    def as_list(self) -> list[dict[str, Any]]:
        """All of them, for digests."""
        return [one.model_dump(mode="json") for one in (*self.changes, *self.over)]


def new_limit(key: str, change: Change) -> Limit:
    """The limit that a decision sets, on the side that the rule has."""
    side = load(None).limits[key].side
    value = None if change.verdict == "off" else float(str(change.value))
    return Limit.model_validate({side: value, "source": change.source})


def read_decided(path: Path, as_of: date) -> Decided:
    """The decisions in a file, on a day; none where there is no file.

    Raises:
        InputError: all mistakes of the file, each with its line.
    """
    changes = read_in_force(path).changes
    return Decided(
        tuple(one for one in changes if not one.is_over(as_of)),
        tuple(one for one in changes if one.is_over(as_of)),
    )


def unknown_limits(decided: Decided) -> list[str]:
    """What is wrong with the limits that they name: none, or a sentence for each."""
    known = load(None).limits
    return [
        f"decisions: {one.id}: {one.target.split(':')[1]} is no limit; limits are"
        f" {', '.join(known)}"
        for one in decided.of("threshold")
        if one.target.split(":")[1] not in known
    ]


def with_licences(cards: Cards, changes: Iterable[Change]) -> Cards:
    """The cards with the licences that were decided, each with the decision as its evidence.

    What is decided about media says nothing of text and is only noted by the decision itself.
    """
    made = dict(cards)
    for change in (one for one in changes if one.kind == "licence" and one.scope == "text"):
        for name, (card, folder) in made.items():
            if change.target == SOURCE + name or (
                change.target.startswith(HOST) and _has_addresses(card)
            ):
                made[name] = (_with_licence(card, change), folder)
    return made


def _has_addresses(card: SourceCard) -> bool:
    return "url" in card.fields or is_crawled(card, card.paths)


def _with_licence(card: SourceCard, change: Change) -> SourceCard:
    told = {
        "concluded": str(change.value), "evidence": change.source,
        "verified_by": change.role, "verified_on": change.decided_on,
    }  # fmt: skip
    licence = card.licence
    if change.target.startswith(SOURCE):
        return card.model_copy(update={"licence": licence.model_copy(update=told)})
    host = change.target.removeprefix(HOST)
    ruled = HostLicence.model_validate({"host": host, "scope": "text", **told})
    hosts = [*(one for one in licence.hosts if one.host != host), ruled]
    return card.model_copy(update={"licence": licence.model_copy(update={"hosts": hosts})})
