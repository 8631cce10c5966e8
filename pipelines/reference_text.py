"""Reference text for `endonym calibrate`: files of any format that can be read, by language.

What is measured must be like what a run measures, so the text goes the same way: normalised, and
with personal data masked.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Literal

import polars as pl

from lang_models.claims import claimed_tag
from lang_models.normalise import normalise
from lang_models.spelling import spell
from pipelines import files
from pipelines.formats import PACKINGS, Format, Reading, by_name, for_path
from pipelines.formats.model import WHOLE
from schemas.errors import InputError
from schemas.yaml_files import read_yaml

ROWS = pl.Schema({"source": pl.String, "tag": pl.String, "text": pl.String})
Unit = Literal["file", "paragraph", "line"]
_COUNTRY = "INT"
#: A table of tags and sentences is read whole.
_LARGEST_BYTES = 2_000_000_000


def read_texts(
    paths: Sequence[str], *, unit: Unit, text_key: str, language_key: str | None
) -> pl.DataFrame:
    """The rows of all files.

    Args:
        paths: files, folders and patterns. The name of a file, or of the folder that was
            named, is the name of its source; the same name twice is one source.
        unit: what is a document in plain text.
        text_key: key or column of the text.
        language_key: key or column of the language; None when all rows are of one.

    Returns:
        `source`, `tag` (null where nothing is said about the language) and `text`, in the
        order of the paths. A TSV without a header holds tag and text.

    Raises:
        InputError: a path names nothing, a format is not known, or nothing can be read.
    """
    fields = {"text": text_key} | ({"title": language_key} if language_key else {})
    reading = Reading(fields=fields, unit=unit, multiline=False)
    parts = [
        _read(path, source, reading, is_told=language_key is not None)
        for given in paths
        for path, source in _found(given)
    ]
    return pl.concat([pl.DataFrame(schema=ROWS), *parts])


def _found(given: str) -> Iterator[tuple[str, str]]:
    """The files that an argument names, sorted, each with the name of its source."""
    found = sorted(files.sizes(given))
    if not found:
        raise InputError(f"{given}: there is no such file; give files of text, or a folder")
    is_folder = len(found) > 1 and not files.WILDCARD.search(given)
    folder = Path(given).name if is_folder else ""
    for path in found:
        yield path, folder or _bare(path)


def _bare(path: str) -> str:
    name = Path(path).name
    for packing in PACKINGS:
        name = name.removesuffix(packing)
    return name.partition(".")[0] or name


def _read(path: str, source: str, reading: Reading, *, is_told: bool) -> pl.DataFrame:
    entry = for_path(path)
    if entry is None:
        raise InputError(f"{path}: no known format by its name; docs/formats.md lists them")
    with files.open_input(path) as file:
        if entry.name == "tsv" and not _has_header(file, reading.fields["text"]):
            rows = _tagged(file)
        else:
            rows = _records(file, entry, reading, is_told=is_told)
    if rows.is_empty():
        raise InputError(f"{path}: nothing in it can be read as text")
    return rows.select(pl.lit(source).alias("source"), "tag", "text").cast(ROWS)


def _has_header(file: BinaryIO, text_key: str) -> bool:
    first = next(by_name("text").records(file, WHOLE, Reading(unit="line")), None)
    file.seek(0)
    return first is not None and text_key in (first.text or "").split("\t")


def _tagged(file: BinaryIO) -> pl.DataFrame:
    """Lines of tag and text, parted by a tab."""
    whole = next(by_name("text").records(file, WHOLE, Reading(max_record_bytes=_LARGEST_BYTES)))
    lines = pl.Series([whole.text or ""]).str.split("\n").explode().str.strip_suffix("\r")
    halves = lines.str.splitn("\t", 2).struct.unnest()
    rows = halves.rename({"field_0": "claim", "field_1": "text"}).drop_nulls("text")
    return _with_tags(rows)


def _records(file: BinaryIO, entry: Format, reading: Reading, *, is_told: bool) -> pl.DataFrame:
    records = [
        (record.title, record.text)
        for record in entry.records(file, WHOLE, reading)
        if record.text is not None
    ]
    rows = pl.DataFrame(
        {"claim": [one for one, _ in records], "text": [text for _, text in records]},
        schema={"claim": pl.String, "text": pl.String},
    )
    return _with_tags(rows) if is_told else rows.rename({"claim": "tag"})


def _with_tags(rows: pl.DataFrame) -> pl.DataFrame:
    """The tag that each claim means; a claim that means none is no language that is looked for."""
    claims = rows["claim"].unique().to_list()
    meant = {claim: claimed_tag(claim) or "und_Zyyy" for claim in claims}
    return rows.with_columns(
        pl.col("claim").replace_strict(meant, return_dtype=pl.String).alias("tag")
    )


def read_licences(path: Path, sources: Sequence[str]) -> dict[str, str]:
    """The licence of every source, out of a YAML file of names and licences.

    Args:
        path: the file.
        sources: the names of the sources; the file may know more.

    Raises:
        InputError: it cannot be read, or says nothing of one of the sources.
    """
    values, lines = read_yaml(path)
    for name, licence in values.items():
        if not isinstance(licence, str) or not licence.strip():
            raise InputError(f"{path}:{lines[name,]}: {name}: write its licence behind it")
    missing = [name for name in sources if name not in values]
    if missing:
        raise InputError(f"{path}: there is no licence for {', '.join(missing)}; add a line each")
    return {name: " ".join(values[name].split()) for name in sources}


def of_language(rows: pl.DataFrame, tag: str) -> pl.DataFrame:
    """The rows of a language, normalised, spelt and scrubbed as a run does it.

    Args:
        rows: of `read_texts`.
        tag: `xxx_Xxxx`. Rows about whose language nothing is said are of this one.

    Returns:
        `source` and `text`; null where a recogniser of personal data failed.
    """
    from governance.pii import scrub  # noqa: PLC0415  slow to import

    own = rows.filter(pl.col("tag").fill_null(tag) == tag)
    language = pl.Series([tag]).new_from_index(0, len(own))
    text = spell(normalise(own["text"])["text"], language)["text"]
    country = pl.Series([_COUNTRY]).new_from_index(0, len(own))
    return pl.DataFrame({"source": own["source"], "text": scrub(text, language, country)["text"]})


def languages(rows: pl.DataFrame) -> list[str]:
    """The tags that the rows name, sorted."""
    return sorted(rows["tag"].drop_nulls().unique().to_list())
