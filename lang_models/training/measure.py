"""A new model measured on text that it was not trained on, before it has a card."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import polars as pl

from lang_models import labelled
from lang_models.cards import Card
from lang_models.evaluation.calibration import Learnt, learn
from lang_models.evaluation.calls import Calls, compare
from lang_models.evaluation.report import known_tags, report
from lang_models.identify import Identifier
from lang_models.labels import own_tag
from lang_models.weights import Weights


class Measured(NamedTuple):
    """What a model is worth.

    Attributes:
        tags: that it can give.
        learnt: what its scores are worth, by language.
        held_out: the report on lines of the training data that were held out, each scored by
            curves that were learnt on the other half of them.
        sets: the report on each evaluation set, by name.
    """

    tags: list[str]
    learnt: Learnt
    held_out: dict[str, Any]
    sets: dict[str, dict[str, Any]]


def measure(
    content: bytes, held_out: pl.DataFrame, evaluation: Sequence[Path], name: str
) -> Measured:
    """Calls the held-out lines and the evaluation sets with a model.

    Args:
        content: of the model file.
        held_out: `tag` and `text`.
        evaluation: files and folders of labelled text.
        name: of the model file; its suffix tells fastText's kinds of file apart.
    """
    with TemporaryDirectory() as folder:
        identifier = opened(content, Path(folder) / name)
    raw = called(identifier, held_out)
    learnt = _with_han_variants(learn(raw))
    return Measured(
        tags=identifier.languages(),
        learnt=learnt,
        held_out=report(_crossed(raw), known_tags(identifier.languages(), raw.tags)),
        sets=measured_sets(identifier, evaluation, learnt),
    )


def opened(content: bytes, path: Path) -> Identifier:
    """The model of some bytes, which are written to a file first."""
    path.write_bytes(content)
    return Identifier(Weights(path, hashlib.sha256(content).hexdigest(), "flores"))


def measured_sets(
    identifier: Identifier, evaluation: Sequence[Path], learnt: Learnt
) -> dict[str, dict[str, Any]]:
    """The report on each source of some labelled text; none without any.

    Args:
        identifier: the model.
        evaluation: files and folders.
        learnt: what its scores are worth.
    """
    if not evaluation:
        return {}
    rows = labelled.read(labelled.find(evaluation)).rows
    return {
        str(source): _on_set(identifier, several, learnt)
        for (source,), several in rows.group_by("source", maintain_order=True)
    }


def called(identifier: Identifier, rows: pl.DataFrame) -> Calls:
    """What the model calls each row, beside its `tag` in the words of an identifier."""
    tags = {tag: own_tag(tag) for tag in rows["tag"].unique()}
    gold = rows["tag"].replace_strict(tags, return_dtype=pl.String)
    return compare(gold, identifier.identify(rows["text"]))


def _with_han_variants(learnt: Learnt) -> Learnt:
    """What holds for xxx_Hani holds for its two variants, which an identifier tells apart."""
    return Learnt(*(_spread(entries) for entries in learnt))


def _spread(entries: dict[str, Any]) -> dict[str, Any]:
    variants = {
        tag[:-4] + script: entry
        for tag, entry in entries.items()
        if tag.endswith("_Hani")
        for script in ("Hans", "Hant")
    }
    return variants | entries


def _on_set(identifier: Identifier, rows: pl.DataFrame, learnt: Learnt) -> dict[str, Any]:
    calls = _scored(called(identifier, rows), learnt)
    return report(calls, known_tags(identifier.languages(), calls.tags))


def _crossed(calls: Calls) -> Calls:
    """Each half of the rows scored by what was learnt on the other."""
    score = calls.score.copy()
    for odd in (0, 1):
        other = calls.only(slice(1 - odd, None, 2))
        score[odd::2] = _scored(calls.only(slice(odd, None, 2)), learn(other)).score
    return calls._replace(score=score)


def _scored(calls: Calls, learnt: Learnt) -> Calls:
    card = Card.model_validate({"calibration": learnt.calibration, "thresholds": learnt.thresholds})
    return calls._replace(score=card.calibrated(calls.tags, calls.called, calls.raw_score))
