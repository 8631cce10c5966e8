"""Files of decisions for tests: made up, about a release that is there."""

import json
from pathlib import Path

from governance.decisions.report import report_digest
from governance.release_folder import read_json


def decision(number, kind, target, verdict, value=None, **more):
    """One decision, with an id of its own."""
    return {"id": f"d-{number:08x}", "kind": kind, "target": target, "verdict": verdict,
            "value": value, "reason": "checked", "comment": "", **more}  # fmt: skip


def content(release: Path, decisions, name="A. Steward", role="steward", **more):
    """What a file of decisions says about a release."""
    run = read_json(release / "run.json")
    return {
        "schema": "endonym.decisions/1", "release": run["name"], "version": run["version"],
        "report_digest": report_digest(release), "made_by": {"name": name, "role": role},
        "at": "2026-11-25", "decisions": decisions, **more,
    }  # fmt: skip


def write(path: Path, release: Path, decisions, **more) -> Path:
    """Writes such a file."""
    path.write_text(json.dumps(content(release, decisions, **more)), encoding="utf-8")
    return path


def with_report(release: Path) -> Path:
    """The release with numbers of a report, if the run wrote none."""
    twin = release / "report" / "review.json"
    if not twin.exists():
        twin.parent.mkdir(exist_ok=True)
        twin.write_text('{"schema": "endonym.review/1"}\n')
    return release
