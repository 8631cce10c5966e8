"""What is looked for, in the form in which the corpus holds it: normalised, spelt and masked."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from governance import pii
from governance.explain import masked_forms
from governance.release_folder import Release
from governance.takedown.addresses import host_of, page_of, pages
from lang_models.identify import Identifier
from lang_models.normalise import normalise
from lang_models.spelling import spell
from lang_models.tokens import SHINGLE_WORDS, shingle_hashes, tokenise
from pipelines import files
from pipelines.dedup.distinct import distinct
from pipelines.formats import Reading, by_name, for_path
from pipelines.formats.model import WHOLE
from schemas.errors import InputError
from schemas.takedown import Matcher, TakedownRequest


@dataclass(frozen=True)
class Texts:
    """Some texts as fingerprints.

    Args:
        digests: sha256 of each, hexadecimal; of a whole text only, else null.
        shingles: uint32, of each distinct and ascending.
        starts: int64, one more than there are texts.
        is_passage: of each, whether it is a part of what is looked for.
    """

    digests: pl.Series
    shingles: np.ndarray
    starts: np.ndarray
    is_passage: np.ndarray


def fingerprints(text: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """The distinct shingles of each text, ascending, and where those of each begin."""
    return distinct(*shingle_hashes(tokenise(text)))


def sha256s(text: pl.Series) -> pl.Series:
    """The digests that `provenance.text_sha256` holds for these texts."""
    told = [None if one is None else hashlib.sha256(one.encode()).hexdigest() for one in text]
    return pl.Series("text_sha256", told, dtype=pl.String)


def names(request: TakedownRequest, release: Release) -> list[tuple[str, pl.Expr]]:
    """For each place, id and address of a request which documents of a release it names.

    Args:
        request: what is looked for.
        release: its languages and countries say how values were masked.

    Returns:
        Kind, and an expression over the columns `doc_id`, `source`, `native_id` and `url`.
    """
    columns = [one for one in request.match if one.kind not in {"passage", "file", "subject"}]
    return [(matcher.kind, _is_named(matcher, release)) for matcher in columns]


def places(frame: pl.DataFrame, named: list[tuple[str, pl.Expr]]) -> pl.DataFrame:
    """Which documents are named by what stands in their columns.

    Args:
        frame: `doc_id`, `source`, `native_id`, `url` of a part of a shard.
        named: of `names`.

    Returns:
        `doc_id`, `why`; the same document may be named several times.
    """
    columns = frame.with_columns(pages(frame["url"]).alias("page"))
    found = [columns.filter(is_it).select("doc_id", pl.lit(why).alias("why"))
             for why, is_it in named]  # fmt: skip
    return pl.concat([pl.DataFrame(schema={"doc_id": pl.String, "why": pl.String}), *found])


def _is_named(matcher: Matcher, release: Release) -> pl.Expr:
    value, page = str(getattr(matcher, matcher.kind)), pl.col("page")
    if matcher.kind == "url":
        return page.is_in(sorted({page_of(form) for form in _forms(value, release)}))
    if matcher.kind == "native_id":
        return pl.col("native_id").is_in(sorted(_forms(value, release)))
    if matcher.kind == "host":
        host, name = page.str.extract(r"^([^/?]*)"), host_of(value)
        wild = name.removeprefix("*.")
        return (host == wild) | host.str.ends_with(f".{wild}") if wild != name else host == name
    if matcher.kind == "prefix":
        starts = (page_of(form) for form in sorted(_forms(value, release)))
        return pl.any_horizontal(
            (page == one) | page.str.starts_with(f"{one}/") | page.str.starts_with(f"{one}?")
            for one in starts
        )
    return pl.col(matcher.kind) == value


def _forms(value: str, release: Release) -> set[str]:
    return {value, *masked_forms(value, release)}


def quoted(request: TakedownRequest, countries: Sequence[str]) -> Texts:
    """The passages and files of a request, as the corpus would hold their text.

    Raises:
        InputError: a passage is too short, or a file cannot be read.
    """
    given = [
        (text, matcher.kind == "passage") for matcher in request.match for text in _given(matcher)
    ]
    held = [(form, part) for text, part in given for form in _as_held(text, countries)]
    text = pl.Series("text", [form for form, _ in held], dtype=pl.String)
    shingles, starts = fingerprints(text)
    is_passage = np.array([part for _, part in held], bool)
    if (is_passage & (np.diff(starts) == 0)).any():
        raise InputError(f"a passage needs {SHINGLE_WORDS} words; name the document another way")
    return Texts(sha256s(text), shingles, starts, is_passage)


def _given(matcher: Matcher) -> Iterator[str]:
    if matcher.passage is not None:
        yield matcher.passage
    if matcher.file is not None:
        entry = for_path(matcher.file) or by_name("text")
        if not Path(matcher.file).is_file():
            raise InputError(
                f"{matcher.file}: there is no such file; give the text of the document"
            )
        with files.open_input(matcher.file) as file:
            texts = [one.text for one in entry.records(file, WHOLE, Reading(unit="file"))]
        known = [text for text in texts if text]
        if not known:
            raise InputError(f"{matcher.file}: nothing in it can be read as text")
        yield from known


def _as_held(text: str, countries: Sequence[str]) -> list[str]:
    """The text as documents of each country would hold it; mostly one form."""
    whole = normalise(pl.Series([text]))["text"]
    tag = Identifier.load().identify(whole).struct.field("tag")
    spelt = spell(whole, tag)["text"]
    lands = pl.Series(sorted({*countries, "INT"}), dtype=pl.String)
    many = spelt.new_from_index(0, len(lands)), tag.new_from_index(0, len(lands))
    masked = pii.scrub(*many, lands)["text"]
    return sorted({*masked.drop_nulls(), *pii.scrub(whole, tag, lands[:1])["text"].drop_nulls()})
