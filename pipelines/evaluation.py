"""Evaluation sets: the tests that the corpus must not give away, as passages to look for.

Items go the way of documents: mended, then masked, so that nothing that is kept of them derives
from personal data and a masked document still meets a masked item. What is kept are hashes.
"""

import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from lang_models.passages import ANCHOR, Known, known, of_items
from lang_models.tokens import tokenise
from pipelines import deciding, files
from pipelines.formats import FORMATS, Reading, for_path
from pipelines.formats.model import WHOLE
from schemas.errors import InputError
from schemas.settings import EvaluationSet, RunSettings

if TYPE_CHECKING:
    from pipelines.run import Run

#: Of the files of hashes: the class of each passage, mostly how many words it has; its hash; the
#: first item that holds it.
PASSAGES = pa.schema([("words", pa.uint8()), ("hash", pa.uint64()), ("item", pa.uint32())])
#: Where they lie in a release.
FOLDER = "duplicates/evaluation"
_ITEMS_KEY, _EMPTY_KEY = b"endonym.items", b"endonym.items_without_text"
_PASSAGES_KEY = b"endonym.passages"
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Named:
    """An evaluation set of a run.

    Args:
        asked: as the run file names it.
        files: path and name of each file, by name.
        sha256: digest of each of them.
    """

    asked: EvaluationSet
    files: tuple[tuple[str, str], ...]
    sha256: tuple[str, ...]

    @property
    def rule(self) -> str:
        """The rule by which documents go that hold passages of it."""
        return f"contaminated-{self.asked.id}"

    @property
    def deciding(self) -> list[Any]:
        """All that decides what is looked for."""
        asked = self.asked.model_dump(mode="json", exclude={"paths"})
        return [asked, [name for _, name in self.files], list(self.sha256)]


def find_sets(settings: RunSettings, folder: Path, problems: list[str]) -> tuple[Named, ...]:
    """The evaluation sets that a run file names, with the digests of their files.

    Args:
        settings: the run file.
        folder: where its paths start.
        problems: gets a sentence for everything that is wrong.
    """
    ids = [one.id for one in settings.decontaminate]
    problems += [
        f"decontaminate: the id {name!r} is there twice; ids are unique"
        for name in sorted({name for name in ids if ids.count(name) > 1})
    ]
    found = []
    for asked in settings.decontaminate:
        try:
            found.append(_named(asked, folder))
        except InputError as error:
            problems.append(f"decontaminate {asked.id}: {error}")
    return tuple(found)


def _named(asked: EvaluationSet, folder: Path) -> Named:
    if asked.format is not None and asked.format not in {one.name for one in FORMATS}:
        names = ", ".join(one.name for one in FORMATS)
        raise InputError(f"there is no format {asked.format!r}; known: {names}")
    paths: dict[str, str] = {}
    for pattern in asked.paths:
        place = pattern if not files.is_local(pattern) else files.join(str(folder), pattern)
        found = files.sizes(place)
        if not found:
            raise InputError(f"no file matches {pattern} (paths start at the run file)")
        paths |= {path: _name(path, folder) for path in found}
    for path in paths:
        if asked.format is None and for_path(path) is None:
            raise InputError(f"{path}: no format is known by this suffix; name it as `format`")
    ordered = tuple(sorted(paths.items(), key=lambda item: item[1]))
    return Named(asked, ordered, tuple(_sha256(path) for path, _ in ordered))


def _name(path: str, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix() if files.is_local(path) else path


def _sha256(path: str) -> str:
    digest = hashlib.sha256()
    with files.open_input(path) as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def prepare(run: "Run") -> None:
    """Makes the passages of every evaluation set of a run, unless an earlier attempt has.

    Raises:
        InputError: a set holds no text where the run file says, told for all sets at once.
    """
    problems = []
    for one in run.evaluation:
        try:
            passages_path(one, run)
        except InputError as error:
            problems.append(f"decontaminate {one.asked.id}: {error}")
    if problems:
        raise InputError("\n".join(problems))


def passages_path(one: Named, run: "Run") -> str:
    """The file with the passages of a set, made if it is not there."""
    lands = sorted({card.jurisdiction for card, _ in run.cards.values()})
    masked = [run.policy.privacy.model_dump(mode="json"), lands]
    digest = deciding.digest([one.deciding, masked, run.software])
    path = run.own(f"evaluation/{one.asked.id}.{digest[:16]}.parquet")
    if not files.exists(path):
        files.write_bytes(path, _passages(one, run, lands))
    return path


def _passages(one: Named, run: "Run", lands: list[str]) -> bytes:
    texts = list(_texts(one))
    items = pl.Series("text", [text for text in texts if text is not None], dtype=pl.String)
    if items.is_empty():
        fields = ", ".join(one.asked.fields)
        raise InputError(f"there is no text in its files; `fields` says {fields}")
    table = _table(items, one.asked.ngram, run, lands)
    anchors = int((table["words"].to_numpy() == ANCHOR).sum())
    marks = {_ITEMS_KEY: len(items), _EMPTY_KEY: len(texts) - len(items),
             _PASSAGES_KEY: table.num_rows - anchors}  # fmt: skip
    told = {key: str(value).encode() for key, value in marks.items()}
    data = io.BytesIO()
    pq.write_table(
        table.replace_schema_metadata(told), data, compression="none", use_dictionary=False,
        write_statistics=False,
    )  # fmt: skip
    return data.getvalue()


def _texts(one: Named) -> Iterator[str | None]:
    """The items, file by file and field by field; None where a record has no text there."""
    for path, _ in one.files:
        form = for_path(path) if one.asked.format is None else None
        entry = form or next(entry for entry in FORMATS if entry.name == one.asked.format)
        for field in one.asked.fields:
            reading = Reading(fields={"text": field}, unit=one.asked.unit)
            with files.open_input(path) as file:
                for record in entry.records(file, WHOLE, reading):
                    yield record.text


def _table(items: pl.Series, words: int, run: "Run", lands: list[str]) -> pa.Table:
    """The passages of items as they are written where the sources of the run live."""
    forms = [(land, _masked(items, run, land)) for land in (None, *lands)]
    first = forms[0][1]
    texts, numbers = [first], [np.arange(len(items), dtype=np.uint32)]
    for _, masked in forms[1:]:
        changed = (masked.ne_missing(first)).to_numpy()
        texts.append(masked.filter(pl.Series(changed)))
        numbers.append(np.flatnonzero(changed).astype(np.uint32))
    lengths, hashes, at = of_items(tokenise(pl.concat(texts)), words)
    item = np.concatenate(numbers)[at]
    return pa.table([lengths, hashes, item], schema=PASSAGES)


def _masked(items: pl.Series, run: "Run", land: str | None) -> pl.Series:
    """The items without personal data, as a run masks documents of a country."""
    from governance import pii  # noqa: PLC0415  # slow to import
    from governance.pii.choice import selected  # noqa: PLC0415
    from lang_models.normalise import normalise  # noqa: PLC0415

    privacy = run.policy.privacy
    recognisers = selected(privacy.recognisers_off, privacy.recognisers_only)
    unknown = pl.Series([None], dtype=pl.String).new_from_index(0, len(items))
    country = pl.Series([land], dtype=pl.String).new_from_index(0, len(items))
    return pii.scrub(normalise(items)["text"], unknown, country, recognisers)["text"]


@lru_cache(maxsize=16)
def read_passages(path: str, changed_ns: int = 0) -> tuple[Known, ...]:
    """Passages ready to be looked for; read once in a process.

    Args:
        path: the file.
        changed_ns: when it was changed last, where one path may hold others later.
    """
    _ = changed_ns
    with files.open_input(path) as file:
        table = pq.read_table(file)
    return known(*(table[name].to_numpy() for name in PASSAGES.names))


def counts(path: str) -> dict[str, int]:
    """How many items and passages a file stands for."""
    with files.open_input(path) as file:
        read = pq.ParquetFile(file)
        marks: Mapping[bytes, bytes] = read.schema_arrow.metadata or {}
        return {
            "items": int(marks[_ITEMS_KEY]),
            "items_without_text": int(marks[_EMPTY_KEY]),
            "passages": int(marks[_PASSAGES_KEY]),
        }
