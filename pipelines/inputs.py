"""The files of a run: which there are, and in which parts they are read."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines import files
from pipelines.formats import FORMATS, Reading, Split, by_name, for_path
from pipelines.run import Run
from schemas.errors import InputError
from schemas.source import SourceCard


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of one source.

    Args:
        source: id of the source card.
        path: where the file lies.
        uri: its name in the corpus: relative to the card, so that it is the same
            wherever the folder lies; the full URI for other filesystems.
        format: name of the format; None when no format is known for it.
        bytes: size as it lies.
    """

    source: str
    path: str
    uri: str
    format: str | None
    bytes: int


@dataclass(frozen=True, slots=True)
class InputSplit:
    """A part of a file, read by one worker.

    Args:
        file: the file.
        split: from where to where.
        digest: the keyed digest of the whole file.
    """

    file: InputFile
    split: Split
    digest: str


def find(card: SourceCard, card_folder: str) -> list[InputFile]:
    """The files that a card names, sorted by name.

    Raises:
        InputError: a path of the card names nothing, a file may not be read, or the format
            is unknown.
    """
    if card.format is not None and card.format not in {entry.name for entry in FORMATS}:
        known = ", ".join(entry.name for entry in FORMATS)
        raise InputError(f"source {card.id}: there is no format {card.format!r}; known: {known}")
    found: dict[str, InputFile] = {}
    for pattern in card.paths:
        place = pattern if not files.is_local(pattern) else files.join(card_folder, pattern)
        sizes = files.sizes(place)
        if not sizes:
            raise InputError(
                f"source {card.id}: no file matches {pattern} (paths start at the card)"
            )
        for path, size in sizes.items():
            found[path] = InputFile(
                card.id, path, _uri(path, card_folder), _format(card, path), size
            )
    _check_readable(card, list(found))
    return sorted(found.values(), key=lambda file: file.uri)


def _check_readable(card: SourceCard, paths: list[str]) -> None:
    closed = [path for path in paths if files.unreadable(path)]
    if closed:
        more = f" and {len(closed) - 1:,} more files" if len(closed) > 1 else ""
        raise InputError(
            f"source {card.id}: {closed[0]}{more} may not be read by this user; change the"
            " permissions, or leave them out of the card's paths"
        )


def find_all(run: Run) -> list[InputFile]:
    """The files of all cards of a run.

    Raises:
        InputError: whatever is wrong with the paths of all the cards, and every file that
            may not be read, told at once.
    """
    found: list[InputFile] = []
    problems: list[str] = []
    for card, folder in run.cards.values():
        try:
            found += find(card, folder)
        except InputError as error:
            problems.append(str(error))
    if problems:
        raise InputError("\n".join(problems))
    return found


def _uri(path: str, card_folder: str) -> str:
    if not files.is_local(path):
        return path
    return PurePosixPath(Path(os.path.relpath(path, card_folder))).as_posix()


def _format(card: SourceCard, path: str) -> str | None:
    if card.format is not None:
        return card.format
    found = for_path(path)
    return found.name if found else None


def reading(card: SourceCard) -> Reading:
    """How the files of a source are read, as its card says."""
    return Reading(fields=dict(card.fields), **card.reading.model_dump())


def split(digested: tuple[InputFile, str], run: Run) -> Iterator[InputSplit]:
    """The parts of a file, each with the keyed digest of the whole."""
    file, digest = digested
    for part in splits(file, run):
        yield InputSplit(file, part, digest)


def splits(file: InputFile, run: Run) -> Iterator[Split]:
    """The parts of a file, about `sizes.split_mb` long; one part when it cannot be split."""
    if file.format is None:
        yield Split(0, -1)
        return
    with files.open_input(file.path) as opened:
        target_bytes = round(run.settings.sizes.split_mb * 1e6)
        how = reading(run.card(file.source))
        yield from by_name(file.format).splits(opened, file.bytes, target_bytes, how)
