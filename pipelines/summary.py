"""What a run came to, in five lines or as JSON."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Summary:
    """The result of a run.

    Args:
        release: folder of the release.
        report: the report's page, or None when none was written.
        counts: the books, as in `run.json`.
        passed: True when the release may be signed and released.
    """

    release: Path
    report: Path | None
    counts: dict[str, Any]
    passed: bool

    @classmethod
    def of(cls, release: Path) -> "Summary":
        """The summary of a release, from its own records."""
        record = json.loads((release / "run.json").read_text(encoding="utf-8"))
        results = json.loads((release / "validation/results.json").read_text(encoding="utf-8"))
        page = release / "report/index.html"
        return cls(release, page if page.exists() else None, record["counts"], results["passed"])

    def as_dict(self) -> dict[str, Any]:
        """The summary for machines."""
        return {
            "release": str(self.release),
            "report": str(self.report) if self.report else None,
            "documents": str(self.release / "documents"),
            "passed": self.passed,
            "counts": self.counts,
        }

    def as_text(self) -> str:
        """Five lines of what happened, and where everything lies."""
        counts = self.counts
        removed = _listed(counts["removed_by_rule"])
        waiting = _listed(counts["quarantined_by_rule"])
        names = sorted(counts["languages"].items(), key=lambda item: (-item[1], item[0]))
        top = ", ".join(f"{tag} {number:,}" for tag, number in names[:6])
        masked = sum(counts["privacy"].values())
        lines = [
            f"documents      {counts['read']:,} read, {counts['released']:,} released",
            f"removed        {counts['removed']:,}: {removed}",
            f"quarantined    {counts['quarantined']:,}: {waiting}",
            f"languages      {len(names)}: {top}{', …' if len(names) > 6 else ''}",  # noqa: PLR2004
            f"personal data  {masked:,} masked: {_listed(counts['privacy'])}",
            "",
            f"release        {self.release}",
            f"report         {self.report or 'not written'}",
            f"parquet        {self.release}/documents/language=*/part-*.parquet",
            f"validation     {'passed' if self.passed else 'NOT PASSED: must not be released'}",
        ]
        return "\n".join(lines)


def _listed(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {number:,}" for name, number in ordered) or "none"
