"""Calibrates one language or many from files: reads once, measures each, lints, writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from lang_models import profile
from lang_models.calibrate import Aim, Draft, Finding, as_yaml, calibrate, lint, neighbours, sample
from lang_models.identify import Identifier
from pipelines import files
from pipelines.reference_text import Unit, languages, of_language, read_licences, read_texts
from schemas.errors import InputError

#: In place of tags: every language that the texts name and are enough for.
EVERY = "all"


@dataclass(frozen=True)
class Texts:
    """Where the reference text is and how it is read.

    Args:
        paths: files, folders and patterns.
        unit: what is a document in plain text.
        text_key: key or column of the text.
        language_key: key or column of the language, or None.
        keep_english: pages that are in English for a part are not left out.
        least_words: a language with fewer of them is refused.
        licences: a YAML file with the licence of each source, or None.
    """

    paths: Sequence[str]
    unit: Unit = "file"
    text_key: str = "text"
    language_key: str | None = None
    keep_english: bool = False
    least_words: int = sample.LEAST_WORDS
    licences: Path | None = None


@dataclass(frozen=True)
class Calibrated:
    """A language that was calibrated, or the reason why not.

    Args:
        tag: `xxx_Xxxx`.
        draft: the profile proposed; None when there is too little text.
        findings: of the lint.
        refused: why there is no draft.
    """

    tag: str
    draft: Draft | None
    findings: tuple[Finding, ...] = ()
    refused: str = ""

    @property
    def is_sound(self) -> bool:
        """There is a profile, and the lint found no error in it."""
        return self.draft is not None and all(one.level != "error" for one in self.findings)

    def write(self, folder: Path) -> Path:
        """Writes the profile as `<tag>.yaml`.

        Raises:
            InputError: it is not sound.
        """
        if self.draft is None or not self.is_sound:
            raise InputError(f"{self.tag}: not written, for the lint found errors")
        path = folder / f"{self.tag}.yaml"
        files.write_bytes(str(path), as_yaml(self.draft.profile).encode())
        return path


def calibrate_all(
    tags: str, texts: Texts, identifier: Identifier, aim: Aim, folder: Path | None
) -> Iterator[Calibrated]:
    """Calibrates languages, each as it is asked for.

    Args:
        tags: tags parted by commas, or `EVERY`.
        texts: the reference text.
        identifier: tells neighbours and untranslated pages.
        aim: what the limits are to do.
        folder: where profiles are that a person may have changed; None: those in the package.

    Raises:
        InputError: the texts cannot be read, or what is given for `tags` is no tag.
    """
    rows, wanted = _read(tags, texts)
    sources = rows["source"].unique(maintain_order=True).to_list()
    licences = read_licences(texts.licences, sources) if texts.licences else {}
    table = neighbours.confusion(neighbours.lines(rows), identifier)
    keeper = None if texts.keep_english else identifier
    for tag in wanted:
        try:
            read = of_language(rows, tag)
            chosen = sample.choose(tag, read, keeper, least_words=texts.least_words)
            if tags == EVERY:
                sample.refuse_single(chosen, aim.least_sources)
        except InputError as error:
            yield Calibrated(tag, None, refused=str(error))
            continue
        near = neighbours.neighbours(tag, table, identifier.name, aim.day)
        draft = calibrate(replace(chosen, licences=licences), near, _before(tag, folder), aim)
        yield Calibrated(tag, draft, lint(tag, draft.profile))


def neighbours_alone(
    tags: str, texts: Texts, identifier: Identifier, aim: Aim, folder: Path | None
) -> Iterator[Calibrated]:
    """Measures the neighbours of profiles that there are, and leaves the rest of them alone.

    For when the model is another one: limits and stop words do not hang on it.

    Args:
        tags: as for `calibrate_all`; with `EVERY`, all that have a profile.
        texts: lines of known languages.
        identifier: the model.
        aim: its day is used.
        folder: where the profiles are; None: those in the package.

    Raises:
        InputError: as `calibrate_all`; a language has no profile.
    """
    rows, wanted = _read(tags, texts)
    table = neighbours.confusion(neighbours.lines(rows), identifier)
    for tag in wanted:
        before = _before(tag, folder)
        if before is None and tags == EVERY:
            continue
        if before is None:
            raise InputError(f"{tag} has no profile yet; calibrate it with its limits first")
        near = neighbours.neighbours(tag, table, identifier.name, aim.day)
        changed = before.model_copy(update={"neighbours": near})
        yield Calibrated(tag, Draft(tag, changed, (), {}), lint(tag, changed))


def _read(tags: str, texts: Texts) -> tuple[pl.DataFrame, list[str]]:
    """The rows, each with its tag, and the tags that are wanted."""
    rows = read_texts(
        texts.paths,
        unit=texts.unit,
        text_key=texts.text_key,
        language_key=texts.language_key,
    )
    wanted = _wanted(tags, rows)
    if len(wanted) == 1:
        rows = rows.with_columns(pl.col("tag").fill_null(wanted[0]))
    return rows, wanted


def _wanted(tags: str, rows: pl.DataFrame) -> list[str]:
    if tags == EVERY:
        found = [tag for tag in languages(rows) if not tag.startswith("und")]
        if not found:
            raise InputError(
                "no text says which language it is in; name the language instead of"
                f" {EVERY!r}, or the key that says it with --language"
            )
        return found
    wanted = [tag.strip() for tag in tags.split(",")]
    for tag in wanted:
        if not profile.is_tag(tag):
            raise InputError(
                f"{tag!r} is no tag; write language and script as in swh_Latn"
                " (ISO 639-3, ISO 15924)"
            )
    if len(wanted) > 1 and rows["tag"].null_count() == len(rows):
        raise InputError(
            "several tags, but no text says which language it is in; name the key with --language"
        )
    return wanted


def _before(tag: str, folder: Path | None) -> profile.ProfileFile | None:
    path = (folder or profile.FOLDER) / f"{tag}.yaml"
    return profile.read(path) if path.is_file() else None
