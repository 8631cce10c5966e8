"""Every decision on the release is carried out or on record, none is open, none has expired."""

from collections.abc import Iterator
from typing import Any

from governance.decisions import recorded
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_NONE = "No decision was recorded on the report of this release: endonym decisions apply does it"


def find(evidence: Evidence) -> Finding:
    """Counts decisions that ask for another run, rules and gates left open, and expired ones."""
    made = recorded.read(evidence.release.folder)
    carried = evidence.release.run.get("decisions")
    told = carried if isinstance(carried, list) else []
    over = [one for one in told if one.get("state") == "expired" or _is_over(one, evidence)]
    reasons = (*_open(made), *map(_over, over))
    states = [str(one.get("state")) for one in told]
    note = f"Decisions recorded on this report: {len(made):,}; carried out by the run: "
    note += f"{states.count('applied'):,}; without effect: {states.count('no effect'):,}"
    return Finding(len(reasons), reasons, note if made or told else _NONE)


def _is_over(one: dict[str, Any], evidence: Evidence) -> bool:
    """True for one whose last day has passed since the run."""
    last, day = one.get("expires"), evidence.as_of
    return isinstance(last, str) and day is not None and last < day.isoformat()


def _open(made: list[dict[str, Any]]) -> Iterator[str]:
    for one in made:
        what = f"{one.get('id')} ({one.get('kind')} {one.get('target')})"
        if one.get("state") == recorded.NEXT_RUN:
            yield f"{what} changes what is released: curate again under another version"
        elif one.get("state") == recorded.OPEN:
            yield f"{what} is left open: settle it, and record what was decided"


def _over(one: dict[str, Any]) -> str:
    what = f"{one.get('id')} ({one.get('kind')} {one.get('target')})"
    return f"{what} ended on {one.get('expires')}: decide again"


CHECK = Check(
    id="G-DEC",
    title="Every decision on the report is closed, and none that the run relied on has expired",
    unit="decisions",
    limit=0,
    source="governance notes, gate G-DEC (2026-11)",
    find=find,
    moment="release",
)
