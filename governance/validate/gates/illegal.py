"""Lists of illegal content were applied, in their current version."""

import polars as pl

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence
from governance.validate.kept_records import SCREENED, kept_record
from governance.validate.screened import lacking
from schemas.decision import RELEASED
from schemas.illegal_checks import IllegalCheck

_MISSING = (
    "The job applies no list of illegal content, since none may be passed on: record which was held"
    " against the sources, by whom and when, with endonym screened RELEASE CHECKS.yaml"
)


def find(evidence: Evidence) -> Finding:
    """Counts released documents of sources that no current list was held against."""
    found = kept_record(evidence.release, SCREENED)
    if found is None:
        return Finding(0, note=_MISSING, judged=False)
    checks = [IllegalCheck.model_validate(one) for one in found["checks"]]
    decisions = evidence.tables["decisions"].filter(pl.col("outcome") == RELEASED)
    counts = decisions.group_by("source").agg(pl.col("documents").sum())
    released = {str(source): int(number) for source, number in counts.iter_rows()}
    open_ = list(lacking(checks, released, evidence.as_of))
    note = f"Lists and classifiers recorded: {len(checks)}"
    return Finding(sum(number for number, _ in open_), tuple(why for _, why in open_), note)


CHECK = Check(
    id="G-ILL",
    title="Lists of illegal content were applied to every source, in their current version",
    unit="documents",
    limit=0,
    source="governance notes, gate G-ILL (2026-11); ages: governance/validate/screened.py",
    find=find,
    moment="release",
)
