"""The public report shows no count so small that it may point at persons."""

import json
from collections.abc import Iterator
from typing import Any

from governance.report.blocks import COUNTED
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_TWIN = "report/review.public.json"
#: As in the report itself (governance/report/small_cells.py).
SMALLEST_SHOWN = 10


def find(evidence: Evidence) -> Finding:
    """Counts small counts of documents and values in the public report's own numbers."""
    path = evidence.release.folder / _TWIN
    if not path.is_file():
        missing = "There is no public report yet: endonym release makes it"
        return Finding(0, note=missing, judged=False)
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return Finding(1, (f"{_TWIN} is no JSON",))
    small = sum(1 for number in _counts(told.get("metrics") if isinstance(told, dict) else None))
    reasons = (f"counts from 1 to {SMALLEST_SHOWN - 1} that are shown: {small}",)
    return Finding(small, reasons * bool(small))


def _counts(metrics: Any) -> Iterator[int]:  # noqa: ANN401  # whatever JSON can hold
    """Every shown count from 1 to 9 of what is counted one by one."""
    for metric in metrics.values() if isinstance(metrics, dict) else ():
        if isinstance(metric, dict) and metric.get("unit") in COUNTED:
            values = metric.get("values")
            found = [*(values.values() if isinstance(values, dict) else ()), metric.get("value")]
            yield from (one for one in found if type(one) is int and 0 < one < SMALLEST_SHOWN)


CHECK = Check(
    id="G-K",
    title="No small count is shown in the public report",
    unit="counts",
    limit=0,
    source="fewer than ten are not shown (governance notes §6.3, 2026-11)",
    find=find,
    moment="rendered",
)
