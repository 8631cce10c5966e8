"""How much of what should be found is found: one record over all sets, for the release."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from governance import pii
from governance.pii.finder import search
from governance.proof.gold import Gold, Span, read_gold
from governance.proof.scores import Scores, score
from governance.proof.values import score_values
from governance.proof.writing import script_of

#: Of the record; a reader that knows another one refuses it.
FORMAT = 1
#: A language further than this below the mean is named: no script is left behind.
BEHIND_SHARE = 0.05
#: Fewer marked values of a language say nothing about it.
_FEWEST = 5
_DECIDING = ("endonym", "phonenumbers", "python-stdnum")


def evaluate(paths: Iterable[Path], types: Mapping[str, str | None]) -> dict[str, Any]:
    """Recall, precision, leaks and damage on every set and on all of them.

    Args:
        paths: JSONL files of `governance.proof.gold`.
        types: the types of the sets to ours.

    Returns:
        A record for JSON: `detector`, `sets`, `all`. No text and no value is in it.

    Raises:
        InputError: a file is no set.
    """
    known = tuple(sorted({recogniser.type for recogniser in pii.RECOGNISERS}))
    whole, sets = Scores(), []
    for path in paths:
        gold = read_gold(path, types)
        scores, failed = _spans(gold, known)
        whole.merge(scores)
        entry: dict[str, Any] = {
            "name": gold.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "texts_failed": failed,
        }
        if gold.lines:
            entry |= {**scores.as_dict(), "languages_behind": _behind(scores)}
        if gold.values:
            entry["values"] = score_values(gold.values, pii.find)
        sets.append(entry)
    return {
        "format": FORMAT,
        "detector": detector(),
        "sets": sets,
        "all": {**whole.as_dict(), "languages_behind": _behind(whole)},
    }


def detector() -> dict[str, Any]:
    """What was measured: versions, and a digest of the recognisers with their tables."""
    folder = Path(pii.__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.tsv")]):
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    return {
        "recognisers_sha256": digest.hexdigest(),
        "software": {name: version(name) for name in _DECIDING},
    }


def to_bytes(record: Mapping[str, Any]) -> bytes:
    """The record as it is written: the same record gives the same bytes."""
    return (json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _spans(gold: Gold, types: tuple[str, ...]) -> tuple[Scores, int]:
    text, language, country = (
        pl.Series([getattr(line, name) for line in gold.lines], dtype=pl.String)
        for name in ("text", "language", "country")
    )
    findings = search(text, language, country, pii.RECOGNISERS)
    found: list[list[Span]] = [[] for _ in gold.lines]
    for row, start, end, kind in findings.spans.iter_rows():
        found[row].append((start, end, kind))
    scores = score(gold.lines, found, script_of(text).to_list(), types)
    return scores, len(findings.failed)


def _behind(scores: Scores) -> list[str]:
    """The languages whose recall is more than a twentieth under the mean of all languages."""
    recalls = {
        name: tally.covered / tally.marked
        for name, tally in scores.by_language.items()
        if tally.marked >= _FEWEST
    }
    if not recalls:
        return []
    mean = sum(recalls.values()) / len(recalls)
    return sorted(name for name, recall in recalls.items() if recall < mean - BEHIND_SHARE)
