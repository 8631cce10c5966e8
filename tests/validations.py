"""Validations of small releases, for tests: what is made, judged and changed."""

import json

import polars as pl

from governance.manifest import write_manifest
from governance.validate import validate
from governance.validate.check import Validation
from schemas.decision import REMOVED
from tests.documents import decision, row, texts

SHORT = decision(REMOVED, "screen", "short", measure=3.0, limit=20.0)


def nothing(_text, _language, _country):
    return pl.DataFrame(schema={"type": pl.String})


def few_rows():
    """Few documents in three scripts: two kept of each, one removed, one copied."""
    kept = [
        row(number, tag, f"{texts()[tag]} {number}")
        for number, tag in enumerate(["swh_Latn", "swh_Latn", "arb_Arab", "arb_Arab", "khm_Khmr"])
    ]
    copied = decision(REMOVED, "duplicates", "near-duplicate", measure=0.9, limit=0.75,
                      kept_doc_id=kept[0]["doc_id"], similarity=0.9)  # fmt: skip
    return [*kept, row(20, decision=SHORT), row(21, decision=copied)]


def judge(release, *, signed=True, find=nothing) -> Validation:
    if signed:
        write_manifest(release)
    return validate(release, find=find)


def failed(validation):
    return {gate.id for gate in validation.failed}


def rewrite(release, **changes):
    run = json.loads((release / "run.json").read_text(encoding="utf-8"))
    run.update(changes)
    (release / "run.json").write_text(json.dumps(run), encoding="utf-8")
