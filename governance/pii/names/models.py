"""Names by a local spaCy model, asked through Presidio. Nothing is ever downloaded.

Texts are shown in chunks of at most 4,000 characters, cut at line or sentence ends, in batches.

Source: presidio-analyzer 2.2 (AnalyzerEngine, BatchAnalyzerEngine), spaCy 3.8.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from governance.pii.names.digest import folder_digest
from schemas.errors import InputError
from schemas.privacy import NAME_TYPES, NameModel

if TYPE_CHECKING:
    from presidio_analyzer import BatchAnalyzerEngine

_CHUNK_CHARS, _LEAST_CHARS = 4_000, 2_000
_BATCH = 64
_BREAK = re.compile(r"\n+|[.!?。！？।؟]\s*|\s+")
#: What models call what we call; ours are Presidio's names.
_LABELS = {
    "PER": "PERSON", "PERSON": "PERSON", "PRS": "PERSON", "persName": "PERSON",
    "LOC": "LOCATION", "LOCATION": "LOCATION", "GPE": "LOCATION", "FAC": "LOCATION",
    "placeName": "LOCATION", "geogName": "LOCATION",
}  # fmt: skip


def find(
    model: NameModel, entities: Sequence[str], text: pl.Series, own: pl.Series
) -> Iterator[tuple[int, int, int, str]]:
    """Names in the texts that are the model's own: row, start, end, type."""
    rows = (own & text.is_not_null()).arg_true().to_list()
    if not rows:
        return
    language = model.languages[0]
    engine = load(model.path, model.sha256, language)
    pieces = [(row, *piece) for row in rows for piece in _chunks(str(text[row]))]
    results = engine.analyze_iterator(
        [piece for _, _, piece in pieces], language=language, batch_size=_BATCH,
        entities=list(entities),
    )  # fmt: skip
    for (row, offset, _), found in zip(pieces, results, strict=True):
        for one in found:
            yield row, offset + one.start, offset + one.end, str(one.entity_type)


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Parts of a text with their places, cut after a line, a sentence or a word if there is one."""
    place = 0
    while len(text) - place > _CHUNK_CHARS:
        window = text[place + _LEAST_CHARS : place + _CHUNK_CHARS]
        breaks = [match.end() for match in _BREAK.finditer(window)]
        lines = [end for end in breaks if window[end - 1] == "\n"]
        size = _LEAST_CHARS + (lines or breaks or [len(window)])[-1]
        yield place, text[place : place + size]
        place += size
    if text[place:].strip():
        yield place, text[place:]


@lru_cache(maxsize=8)
def load(path: str, sha256: str, language: str) -> "BatchAnalyzerEngine":
    """The model, ready to be asked; once in a process.

    Raises:
        InputError: the extra is not installed, the folder is missing, is no model, or has
            another digest.
    """
    engine = _engine_class()
    folder = Path(path)
    if not folder.is_dir():
        raise InputError(f"{path}: there is no such folder; privacy.names needs the model there")
    found = folder_digest(folder)
    if found != sha256:
        raise InputError(
            f"{path}: the model has the digest {found}, the policy says {sha256}; use the model"
            " that was approved, or approve this one and write its digest into the policy"
        )
    try:
        return engine(path, language)
    except (OSError, ValueError, ImportError) as error:
        raise InputError(
            f"{path}: spaCy cannot load this model ({type(error).__name__}); it must be the folder"
            " with config.cfg, made for the installed spaCy"
        ) from None


def _engine_class() -> Any:  # noqa: ANN401  # a function of a package that may not be there
    try:
        import presidio_analyzer  # noqa: F401, PLC0415
        import spacy  # noqa: F401, PLC0415
    except ImportError:
        raise InputError(
            "privacy.names.models needs packages that are not installed; run"
            " `pip install 'endonym[ner]'`, or take the models out of the policy"
        ) from None
    return _engine


def _engine(path: str, language: str) -> "BatchAnalyzerEngine":
    import spacy  # noqa: PLC0415  # takes seconds
    from presidio_analyzer import (  # noqa: PLC0415
        AnalyzerEngine,
        BatchAnalyzerEngine,
        RecognizerRegistry,
    )
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine  # noqa: PLC0415
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer  # noqa: PLC0415

    labels = NerModelConfiguration(
        model_to_presidio_entity_mapping=_LABELS, labels_to_ignore=[], default_score=1.0
    )
    nlp = SpacyNlpEngine([{"lang_code": language, "model_name": path}], labels)
    # Its own `load` downloads what it cannot find.
    nlp.nlp = {language: spacy.load(path)}  # type: ignore[assignment]  # Presidio types it as None
    names = SpacyRecognizer(language, list(NAME_TYPES))
    registry = RecognizerRegistry([names], supported_languages=[language])
    analyzer = AnalyzerEngine(registry, nlp, supported_languages=[language])
    return BatchAnalyzerEngine(analyzer)
