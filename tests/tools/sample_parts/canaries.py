"""The list of planted values, checked against the files."""

import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from tests.tools.sample_parts.plan import every_plan
from tests.tools.sample_parts.raw import documents
from tests.tools.sample_parts.shippable import Shippable, script_of

_HEAD = """\
# Every invented value that stands in samples/text, made by tests/tools/build_samples.py.
# No byte that Endonym writes may hold one of them (promise P4). `value` is as planted: ftfy makes
# full-width letters and digits half-width, so look for the NFKC form of a value as well.
# `script`: of the text around it, ISO 15924. `document`: native id, address, path, or path#line.
"""


class Canary(NamedTuple):
    """One planted value and where it stands."""

    value: str
    type: str
    script: str
    document: str


def planted(data: Shippable) -> list[Canary]:
    """Every value of the plans, then of the letters."""
    found = [
        Canary(value.value, value.type, plan.script, plan.doc)
        for plan in every_plan()
        for value in plan.plants
    ]
    for row in data.letters({canary.value for canary in found}):
        script, text = script_of(row["lang"]), row["text"]
        found += [Canary(text[a:b], kind, script, row["id"]) for a, b, kind in row["spans"]]
    return found


def write_canaries(path: Path, canaries: list[Canary]) -> None:
    """One canary a line."""
    lines = (
        "- {" + ", ".join(f"{key}: {_quoted(value)}" for key, value in canary._asdict().items())
        for canary in canaries
    )
    path.write_text(_HEAD + "".join(f"{line}}}\n" for line in lines), encoding="utf-8")


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def misplaced(samples: Path, canaries: list[Canary]) -> list[Canary]:
    """The canaries that do not stand in their own document and in no other."""
    found = places(samples, [canary.value for canary in canaries])
    return [canary for canary in canaries if found[canary.value] != {canary.document}]


def places(samples: Path, values: list[str]) -> dict[str, set[str]]:
    """For each value, the ids of the documents that hold it."""
    import polars as pl  # slow to import

    table = pl.DataFrame(list(documents(samples)), schema=["id", "raw"], orient="row")
    hits = table.select("id", hit=pl.col("raw").str.extract_many(values, overlapping=True))
    found: dict[str, set[str]] = defaultdict(set)
    for document, hit in hits.explode("hit").drop_nulls().unique().iter_rows():
        found[hit].add(document)
    return found
