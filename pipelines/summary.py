"""What a run came to, in five lines or as JSON."""

import json
from dataclasses import dataclass
from typing import Any

from pipelines import files
from schemas.errors import InputError


@dataclass(frozen=True)
class Summary:
    """The result of a run.

    Args:
        release: folder of the release.
        report: the report's page, or None when none was written.
        counts: the books, as in `run.json`.
        passed: True when the release may be signed and released.
        was_there: True when the release was there already, so that nothing was done.
        names: whether names were looked for, in a sentence.
    """

    release: str
    report: str | None
    counts: dict[str, Any]
    passed: bool
    was_there: bool = False
    names: str = ""

    @classmethod
    def of(cls, release: str, *, was_there: bool = False) -> "Summary":
        """The summary of a release, from its own records.

        Raises:
            InputError: a record is missing or damaged.
        """
        try:
            record = json.loads(files.read_bytes(files.join(release, "run.json")))
            results = json.loads(files.read_bytes(files.join(release, "validation/results.json")))
            counts, passed = record["counts"], bool(results["passed"])
            names = str(record.get("privacy", {}).get("names", {}).get("statement", ""))
        except (InputError, ValueError, LookupError):
            raise InputError(
                f"{release}: its records are not whole; `endonym verify` says what is missing,"
                " `endonym validate` judges it again"
            ) from None
        page = files.join(release, "report/index.html")
        return cls(release, page if files.exists(page) else None, counts, passed, was_there, names)

    def as_dict(self) -> dict[str, Any]:
        """The summary for machines."""
        return {
            "release": self.release,
            "report": self.report,
            "documents": files.join(self.release, "documents"),
            "passed": self.passed,
            "was_there": self.was_there,
            "names": self.names,
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
            f"names          {self.names}",
            "",
            f"release        {self.release}",
            f"report         {self.report or 'not written'}",
            f"parquet        {self.release}/documents/language_tag=*/part-*.parquet",
            f"validation     {'passed' if self.passed else 'NOT PASSED: must not be released'}",
        ]
        if self.was_there:
            lines.insert(0, "The release was there already, from the same files and settings.\n")
        return "\n".join(lines)


def _listed(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {number:,}" for name, number in ordered) or "none"
