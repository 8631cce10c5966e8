"""What a reading round found: shares with intervals, agreement, observations.

`validation/reading.json` holds it, inside the release and never shipped:

    schema, release, version, manifest_root, round, as_of
    protocol      batches, batch_documents, readers, double_share, seed, bands, source
    languages     tag, population, drawn, read, complete (all four questions of every document
                  answered, and the tenth by two), labels, agreement
      labels      language_correct, natural, clean, not_porn: part, whole, share, low, high
      agreement   by question: documents, agreed, kappa (null where it tells nothing)
    overall       labels and agreement over all languages; labels here weigh documents alike
    observations  how often each was ticked
    notes         language, reader, note: those in which no personal data was found
    notes_withheld  how many held some
    missed        values that readers found in clear, by type, and how many documents were read
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import ValidationError

from governance.proof.rates import Rate
from governance.release_folder import Release
from governance.review.agreement import kappa
from governance.review.judged import NAME
from governance.review.rounds import read_round
from governance.review.shown import Scrub
from schemas.errors import InputError
from schemas.reading import Label, LabelFile
from schemas.reading_protocol import GOOD, QUESTIONS

SCHEMA = "endonym.reading/1"
_MOST_BYTES = 64_000_000


@dataclass(frozen=True)
class Read:
    """All labels of a round, held against what was drawn.

    Args:
        record: of the round.
        by_reader: language and reader -> labels by document.
    """

    record: dict[str, Any]
    by_reader: dict[tuple[str, str], dict[str, Label]]


def read_labels(release: Release, paths: Iterable[Path]) -> Read:
    """Files of labels, each of this release, of one round, and of what its reader was given.

    Raises:
        InputError: every mistake of every file.
    """
    found: list[tuple[Path, LabelFile]] = []
    problems: list[str] = []
    for path in paths:
        try:
            file = _read(path)
            _check_release(path, file, release)
            found.append((path, file))
        except InputError as error:
            problems.append(str(error))
    rounds = sorted({file.round for _, file in found})
    if len(rounds) > 1:
        problems.append(f"the labels are of several rounds ({', '.join(rounds)}); give one")
    if problems or not found:
        raise InputError("\n".join(problems) or "give the labels that the readers exported")
    record = read_round(release.folder, rounds[0])
    return Read(record, _held(found, record))


def _read(path: Path) -> LabelFile:
    try:
        data = path.read_bytes()
        if len(data) > _MOST_BYTES:
            raise InputError(f"{path}: is larger than any file of labels; is it another file?")
        return LabelFile.model_validate_json(data)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except ValidationError as error:
        told = [
            f"{path}: {'.'.join(map(str, one['loc'])) or 'the file'}:"
            f" {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors(include_input=False)
        ]
        raise InputError("\n".join(told)) from None


def _check_release(path: Path, file: LabelFile, release: Release) -> None:
    said = (file.release, file.version, file.manifest_root)
    if said != (release.run.get("name"), release.run.get("version"), release.manifest_root):
        raise InputError(
            f"{path}: was read for {file.release} {file.version}"
            f" ({file.manifest_root[:12]}), not for {release.name}"
            f" ({str(release.manifest_root)[:12]}); labels count for the very files that were read"
        )


def _held(
    found: Sequence[tuple[Path, LabelFile]], record: dict[str, Any]
) -> dict[tuple[str, str], dict[str, Label]]:
    given = _given(record)
    held: dict[tuple[str, str], dict[str, Label]] = {}
    problems = []
    for path, file in found:
        key = file.language, file.reader
        strange = [one for one in file.labels if one.doc_id not in given.get(key, ())]
        if key not in given:
            problems.append(f"{path}: {file.reader} was given nothing in {file.language}")
        elif strange:
            problems.append(f"{path}: {len(strange)} labels are of documents not given to"
                            f" {file.reader}")  # fmt: skip
        elif key in held:
            problems.append(f"{path}: {file.reader} in {file.language} is given twice; keep the"
                            " newest file")  # fmt: skip
        held[key] = {one.doc_id: one for one in file.labels}
    if problems:
        raise InputError("\n".join(problems))
    return held


def _given(record: dict[str, Any]) -> dict[tuple[str, str], set[str]]:
    """Which documents of which language every reader was given."""
    given: dict[tuple[str, str], set[str]] = {}
    for language in record["languages"]:
        for batch in language["batches"]:
            given.setdefault((language["tag"], batch["reader"]), set()).update(batch["documents"])
            second = (language["tag"], batch["second_reader"])
            given.setdefault(second, set()).update(batch["double"])
    return given


def results(read: Read, as_of: str, scrub: Scrub | None = None) -> dict[str, Any]:
    """The record of a reading round.

    Args:
        read: labels that were checked.
        as_of: the day of the record.
        scrub: finds personal data in notes; the project's own when None.
    """
    languages, firsts, pairs = [], [], []
    for language in read.record["languages"]:
        first, double = _answers(language, read)
        firsts += first
        pairs += double
        asked = sum(len(batch["double"]) for batch in language["batches"])
        complete = len(first) == language["drawn"] and len(double) == asked
        languages.append({
            "tag": language["tag"], "population": language["population"],
            "drawn": language["drawn"], "read": len(first), "complete": complete,
            "labels": _labels(first), "agreement": _agreement(double),
        })  # fmt: skip
    notes, withheld = _linted(read, scrub)
    record = read.record
    return {
        "schema": SCHEMA, "as_of": as_of,
        **{key: record[key] for key in ("release", "version", "manifest_root", "round",
                                        "protocol")},
        "languages": languages,
        "overall": {"labels": _labels(firsts), "agreement": _agreement(pairs)},
        "observations": dict(sorted(Counter(
            one for label in _all(read) for one in label.observations).items())),
        "notes": notes, "notes_withheld": withheld,
        "missed": {
            "documents": len(firsts),
            "values": dict(sorted(Counter(
                mark.type for label in firsts for mark in label.marks).items())),
        },
    }  # fmt: skip


def _answers(language: dict[str, Any], read: Read) -> tuple[list[Label], list[tuple[Label, Label]]]:
    """Complete labels of the first readers, and pairs of those who read the same document."""
    first: list[Label] = []
    double: list[tuple[Label, Label]] = []
    for batch in language["batches"]:
        mine = read.by_reader.get((language["tag"], batch["reader"]), {})
        theirs = read.by_reader.get((language["tag"], batch["second_reader"]), {})
        twice = set(batch["double"])
        for doc_id in batch["documents"]:
            one, other = mine.get(doc_id), theirs.get(doc_id)
            if one is None or not one.is_complete:
                continue
            first.append(one)
            if doc_id in twice and other is not None and other.is_complete:
                double.append((one, other))
    return first, double


def _all(read: Read) -> Iterable[Label]:
    return (label for labels in read.by_reader.values() for label in labels.values())


def _labels(read: Sequence[Label]) -> dict[str, Any]:
    return {
        GOOD[name]: Rate(sum(getattr(one, name) is well for one in read), len(read)).as_dict()
        for name, well in QUESTIONS.items()
    }


def _agreement(pairs: Sequence[tuple[Label, Label]]) -> dict[str, Any]:
    told = {}
    for name in QUESTIONS:
        said = [(getattr(one, name), getattr(other, name)) for one, other in pairs]
        same = sum(one == other for one, other in said)
        told[name] = {"documents": len(said), "agreed": same, "kappa": kappa(said)}
    return told


def _linted(read: Read, scrub: Scrub | None) -> tuple[list[dict[str, str]], int]:
    """The notes in which no personal data was found, and how many had some."""
    rows = [
        {"language": tag, "reader": reader, "note": label.note.strip()}
        for (tag, reader), labels in sorted(read.by_reader.items())
        for _, label in sorted(labels.items())
        if label.note.strip()
    ]
    if not rows:
        return [], 0
    mask = scrub or _own_scrub()
    texts = pl.Series([row["note"] for row in rows])
    tags = pl.Series([row["language"] for row in rows])
    countries = pl.Series([None] * len(rows), dtype=pl.String)
    clean = mask(texts, tags, countries)["text"].to_list()
    kept = [row for row, text in zip(rows, clean, strict=True) if row["note"] == text]
    return kept, len(rows) - len(kept)


def keep(release: Path, record: dict[str, Any]) -> Path:
    """Writes `validation/reading.json`, whole or not at all."""
    path = release / NAME
    path.parent.mkdir(exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return path


def _own_scrub() -> Scrub:
    from governance.pii import scrub  # noqa: PLC0415  # slow to import

    return scrub
