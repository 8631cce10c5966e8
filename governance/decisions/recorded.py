"""What a release keeps of the decisions on its report: no name, no comment, only verdicts."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from governance.decisions.files import Given
from governance.integrity.paths import SUMS
from governance.release_folder import read_json
from schemas.decisions import Decision

NAME = "validation/decisions.json"
SCHEMA = "endonym.recorded-decisions/1"
#: A decision that asks for another run; one that is only kept; a rule or gate that is open.
NEXT_RUN, RECORDED, OPEN = "next run", "recorded", "open"


def state_of(one: Decision) -> str:
    """What is left to do for a decision when it has been recorded."""
    if one.verdict in {"flag", "return"}:
        return OPEN
    changes = one.kind in {"threshold", "licence"} or one.verdict in {"quarantine", "drop"}
    return NEXT_RUN if changes and one.scope == "text" else RECORDED


def rows(given: Iterable[Given]) -> list[dict[str, Any]]:
    """The decisions of some files as a release keeps them."""
    return [
        {
            **one.model_dump(mode="json", exclude={"comment"}),
            "role": file.content.made_by.role,
            "decided_on": file.content.at.isoformat(),
            "state": state_of(one),
        }
        for file in given
        for one in file.content.decisions
    ]


def record(release: Path, given: list[Given]) -> bool:
    """Adds decisions to `validation/decisions.json`; a later one on the same thing replaces.

    Of a gate every role has its say; of a sample every decision is kept.

    Returns:
        False for a release that was issued: what was signed with it is not touched.
    """
    if (release / SUMS).is_file():
        return False
    before = read_json(release / NAME).get("decisions") or []
    held = {_key(one): one for one in [*before, *rows(given)]}
    content = {
        "schema": SCHEMA,
        "report_digest": given[0].content.report_digest,
        "decisions": [held[key] for key in sorted(held)],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = release / NAME
    path.parent.mkdir(exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return True


def read(release: Path) -> list[dict[str, Any]]:
    """The decisions that were recorded on a release; none before the first."""
    found = read_json(release / NAME).get("decisions")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _key(one: dict[str, Any]) -> tuple[str, str, str]:
    """Samples have one line a decision, gates one a role, everything else one a thing."""
    own = {"sample": one["id"], "gate": one["role"]}.get(one["kind"], "")
    return one["kind"], one["target"], own
