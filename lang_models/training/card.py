"""The card of a trained model: what it was made of, how, and what its calls are worth.

`lang_models.cards` reads two parts of it, `calibration` and `thresholds`; all else is for
people and for the report.
"""

import hashlib
from datetime import date
from importlib.metadata import version
from typing import Any, NamedTuple

import polars as pl

from lang_models.training.gather import Gathered
from lang_models.training.measure import Measured
from lang_models.training.recipe import Origin, Recipe

FORMAT = "endonym language model card 1"
_MOST_CONFUSIONS = 100
_UNSTATED = "not stated"


class Facts(NamedTuple):
    """What is known of a training.

    Attributes:
        file: the name of the model file.
        day: of the training.
        recipe: how it was trained.
        gathered: on what.
        shown: how many lines the model was shown, by tag.
        base: the model that was added to: `file`, `sha256`; None for a new one.
    """

    file: str
    day: date
    recipe: Recipe
    gathered: Gathered
    shown: dict[str, int]
    base: dict[str, Any] | None = None


def card(content: bytes, facts: Facts, measured: Measured) -> dict[str, Any]:
    """The card, as JSON holds it.

    Args:
        content: of the model file.
        facts: of its training.
        measured: what it is worth.
    """
    return {
        "format": FORMAT,
        "file": facts.file,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "date": facts.day.isoformat(),
        "made_with": {name: version(name) for name in ("endonym", "fasttext-numpy2-wheel")},
        "base": facts.base,
        "labels": measured.tags,
        "recipe": facts.recipe.values(),
        "sources": _sources(facts),
        "lines": _lines(facts),
        "left_out": facts.gathered.material.left_out,
        "languages_left_out": facts.gathered.small,
        "held_out": brief(measured.held_out),
        "sets": {
            name: set_of(report, _same_collection(name, facts))
            for name, report in measured.sets.items()
        },
        "calibration": measured.learnt.calibration,
        "thresholds": measured.learnt.thresholds,
    }


def brief(report: dict[str, Any]) -> dict[str, Any]:
    """A report without what is only needed to draw it."""
    left_out = ("costs", "name")
    return report | {
        "languages": [
            {key: value for key, value in entry.items() if key not in left_out}
            for entry in report["languages"]
        ],
        "confusions": report["confusions"][:_MOST_CONFUSIONS],
    }


def set_of(report: dict[str, Any], same_collection: list[str]) -> dict[str, Any]:
    """What the card says of an evaluation set.

    Args:
        report: on the set.
        same_collection: sources of the training text that come from the set's own collection.
    """
    keys = ("gold", "called", "right")
    counts = {it["tag"]: {key: it[key] for key in keys} for it in report["languages"]}
    return report["overall"] | {"same_collection": same_collection, "languages_counted": counts}


def _same_collection(name: str, facts: Facts) -> list[str]:
    used = set(facts.gathered.material.lines["source"].unique())
    known = facts.recipe.sources.items()
    return sorted(source for source, it in known if it.collection == name and source in used)


def _sources(facts: Facts) -> list[dict[str, Any]]:
    """Each source with its files, licence and origin, and how many of its lines were used."""
    used = dict(facts.gathered.material.lines.group_by("source").len().iter_rows())
    digests: dict[str, list[str]] = {}
    for read in facts.gathered.files:
        for source in read.sources:
            digests.setdefault(source, []).append(read.sha256)
    return [
        {
            "source": name,
            "lines": used.get(name, 0),
            "sha256": sorted(digests.get(name, [])),
            **_origin(facts.recipe.sources.get(name), digests.get(name, [])),
        }
        for name in sorted({*used, *digests})
    ]


def _origin(origin: Origin | None, digests: list[str]) -> dict[str, str]:
    """What the recipe says of a source, if it speaks of these very files."""
    if origin is None or (origin.sha256 and [origin.sha256] != digests):
        return {"title": _UNSTATED, "licence": _UNSTATED, "origin": _UNSTATED}
    return {"title": origin.title, "licence": origin.licence, "origin": origin.origin}


def _lines(facts: Facts) -> dict[str, dict[str, int]]:
    """How many different lines each language has, and how many the model was shown."""
    counts = facts.gathered.material.lines.group_by("tag").agg(pl.len()).sort("tag")
    return {
        tag: {"different": different, "shown": facts.shown.get(tag, 0)}
        for tag, different in counts.iter_rows()
    }
