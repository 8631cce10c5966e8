"""The public report shows no count so small that it points at persons."""

import json
from collections.abc import Iterator
from typing import Any

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_TWIN = "report/review.public.json"
#: As in the report itself (governance/report/small_cells.py).
SMALLEST_SHOWN = 10


def find(evidence: Evidence) -> Finding:
    """Counts small counts of personal data in the public report's own numbers."""
    path = evidence.release.folder / _TWIN
    if not path.is_file():
        missing = "There is no public report yet: endonym release makes it"
        return Finding(0, note=missing, judged=False)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return Finding(1, (f"{_TWIN} is no JSON",))
    small = sum(1 for number in _counts(told.get("privacy") if isinstance(told, dict) else None))
    reasons = (f"counts of personal data from 1 to {SMALLEST_SHOWN - 1} that are shown: {small}",)
    return Finding(small, reasons * bool(small))


def _counts(value: Any) -> Iterator[int]:  # noqa: ANN401  # whatever JSON can hold
    """Every whole number above 0 and below the limit, wherever it stands."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _counts(inner)
    elif type(value) is int and 0 < value < SMALLEST_SHOWN:
        yield value


CHECK = Check(
    id="G-K",
    title="No small count of personal data is shown in the public report",
    unit="counts",
    limit=0,
    source="fewer than ten are not shown (governance notes §6.3, 2026-11)",
    find=find,
    moment="rendered",
)
