"""Validation: whether a release may be handed out, gate by gate, and why not.

The gates stand in `governance.validate.gates`, what Great Expectations is asked in
`schemas/suites/`. A steward can run it alone, on the files, without the job.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from governance.validate.check import Check, Gate, Severity, Validation
from governance.validate.evidence import Evidence, Progress, gather
from governance.validate.expectations import Expectation
from governance.validate.gates import GATES
from governance.validate.overlaps import Compare
from governance.validate.recheck import Find

__all__ = ["GATES", "RESULTS", "Gate", "Validation", "judge", "validate"]

RESULTS = "validation/results.json"


def validate(
    release: Path,
    *,
    find: Find | None = None,
    progress: Progress | None = None,
    compare: Compare | None = None,
) -> Validation:
    """Holds a release against the gates that a run can pass; writes `validation/results.json`.

    Args:
        release: the release folder.
        find: finds personal data in texts; the project's own recognisers when None.
        progress: told what is being done, and how far.
        compare: looks for passages of evaluation sets in texts.

    Returns:
        The gates, passed or not. The file holds the same, without any value from a
        document; the same release gives the same bytes.

    Raises:
        InputError: the folder is no release.
    """
    evidence = gather(release, find, progress, compare=compare)
    gates = tuple(judge(check, evidence) for check in GATES if check.moment == "run")
    validation = Validation(evidence.release.name, evidence.release.manifest_root, gates)
    _write(release / RESULTS, _record(validation, evidence))
    return validation


def judge(check: Check, evidence: Evidence) -> Gate:
    """One gate, judged by what it found and by the expectations that belong to it."""
    finding = check.find(evidence)
    failed = [item for item in evidence.expectations if item.gate == check.id and not item.passed]
    figure = finding.figure + len(failed)
    return Gate(
        check.id,
        check.title,
        finding.judged and figure <= check.limit,
        figure,
        check.limit,
        check.unit,
        _severity(check, finding.figure > check.limit, failed),
        finding.reasons + tuple(map(_sentence, failed)),
        finding.note,
        finding.judged,
        check.waivable,
    )


def _severity(check: Check, is_over: bool, failed: list[Expectation]) -> Severity:
    """A gate weighs as much as its gravest failure; one that passed as much as it may."""
    only_warnings = bool(failed) and all(item.severity == "warning" for item in failed)
    return "warning" if only_warnings and not is_over else check.severity


def _sentence(failed: Expectation) -> str:
    where = f" Not so in {', '.join(failed.shards)}." if failed.shards else " Not so."
    return failed.why + where


def _record(validation: Validation, evidence: Evidence) -> dict[str, Any]:
    return {
        "release": validation.release,
        "manifest_root": validation.manifest_root,
        "passed": validation.passed,
        "may_be_released": validation.may_be_released,
        "gates": [asdict(gate) for gate in validation.gates],
        "expectations": [asdict(item) for item in evidence.expectations],
    }


def _write(path: Path, record: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8")
