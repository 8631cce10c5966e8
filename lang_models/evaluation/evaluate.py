"""A model measured on labelled text that a programme gives."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lang_models import labelled
from lang_models.evaluation.calls import compare
from lang_models.evaluation.report import known_tags, report
from lang_models.evaluation.scores import AT_SCORES
from lang_models.identify import Identifier

FORMAT = "endonym language evaluation 1"


def evaluate(
    identifier: Identifier, data: Sequence[Path], *, folds_macro: bool = False
) -> dict[str, Any]:
    """Calls labelled text with a model and counts how often it is right.

    Args:
        identifier: the model, with its card; without one the scores are its own.
        data: files and folders of labelled text.
        folds_macro: a language and its macrolanguage count as the same.

    Returns:
        Plain values for JSON: the model, the data, and `lang_models.evaluation.report`. No text.

    Raises:
        InputError: the text cannot be read.
    """
    files = labelled.find(data)
    read = labelled.read(files)
    tags, language = read.rows["tag"], identifier.identify(read.rows["text"])
    calls = compare(tags, language, fold_macro=folds_macro)
    return {
        "format": FORMAT,
        "model": {
            "name": identifier.name,
            "sha256": identifier.sha256,
            "card": identifier.card.name,
            "tags": len(identifier.languages()),
        },
        "data": [
            {"file": file.path.name, "sha256": it.sha256, "sources": it.sources}
            for file, it in zip(files, read.files, strict=True)
        ],
        "folds_macrolanguages": folds_macro,
        "at_scores": list(AT_SCORES),
        **report(calls, known_tags(identifier.languages(), tags.unique().to_list())),
    }
