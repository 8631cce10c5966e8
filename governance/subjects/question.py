"""Asking the indexes: where a value stood, in every release of a corpus."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from governance.corpus import Corpus
from governance.pii.recognisers import RECOGNISERS
from governance.subjects import ledger
from governance.subjects.forms import NORMALISER, NOT_INDEXED, asked_forms
from schemas.errors import InputError

_CURATE = "curate it with `privacy: {subject_index: true}` in its policy"


@dataclass(frozen=True)
class Answer:
    """What the indexes of a corpus say of a value; the value itself is not in it.

    Args:
        found: version and document, in order.
        asked: the releases whose index was asked.
        notes: a sentence for every release that could not be asked, or is gone.
    """

    found: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]
    notes: tuple[str, ...]


def locate(
    corpus: Corpus, kind: str, value: str, country: str | None = None
) -> list[tuple[str, str]]:
    """The releases and documents that held a value, as `version, doc_id`, in order.

    Args: as `search`.

    Raises:
        InputError: as `search`.
    """
    return list(search(corpus, kind, value, country).found)


def search(corpus: Corpus, kind: str, value: str, country: str | None = None) -> Answer:
    """The same with what could not be asked, and why.

    Args:
        corpus: whose indexes.
        kind: type of personal data, such as `EMAIL_ADDRESS`.
        value: as the person writes it.
        country: ISO 3166-1 alpha-2, for a telephone number without its country.

    Raises:
        InputError: there is no index at all, none was made with this key, or nothing can be
            asked by this type or this value. The value is not in the message.
    """
    digests = _digests(corpus, kind, value, country)
    found: list[tuple[str, str]] = []
    asked, notes = [], _unindexed(corpus)
    for version, path in ledger.indexes(corpus).items():
        refusal = _refusal(corpus, path)
        if refusal:
            notes.append(refusal)
            continue
        asked.append(version)
        found += [(version, name) for name in _documents(path, digests)]
        if not (corpus.releases / version / "run.json").is_file():
            notes.append(
                f"{version}: the release is gone from {corpus.releases}, its index is not; if no"
                f" copy was handed out, delete {path}"
            )
    if not asked:
        raise InputError(" ".join(notes) or f"{corpus.name}: has no release; {_CURATE}")
    return Answer(tuple(found), tuple(asked), tuple(notes))


def _digests(corpus: Corpus, kind: str, value: str, country: str | None) -> list[bytes]:
    kinds = sorted({recogniser.type for recogniser in RECOGNISERS} - set(NOT_INDEXED))
    if kind not in kinds:
        raise InputError(f"{kind}: is no type that is indexed; there are {', '.join(kinds)}")
    if not any(char.isalnum() for char in value):
        raise InputError("the value that is asked for has no letter and no digit in it")
    asked = [form.encode() for form in asked_forms(kind, value, country)]
    return [bytes.fromhex(one) for one in corpus.keyring.digests(ledger.PURPOSE, asked)]


def _unindexed(corpus: Corpus) -> list[str]:
    has = ledger.indexes(corpus)
    return [
        f"{path.name}: has no subject index, so nothing can be said of it; {_CURATE}."
        for path in corpus.versions()
        if path.name not in has
    ]


def _refusal(corpus: Corpus, path: Path) -> str | None:
    made_with = ledger.about(path)
    if made_with.get("key_id") != corpus.keyring.key_id:
        return (
            f"{path.stem}: its index was made with key {made_with.get('key_id')}, and this key"
            f" is {corpus.keyring.key_id}; ask with that key, or curate it again."
        )
    if made_with.get("normaliser") != NORMALISER:
        return (
            f"{path.stem}: its index writes values in another way (normaliser"
            f" {made_with.get('normaliser')}, now {NORMALISER}); curate it again."
        )
    return None


def _documents(path: Path, digests: list[bytes]) -> list[str]:
    """The documents with one of the digests; only the row groups that may have it are read."""
    wanted = pl.Series(digests, dtype=pl.Binary).implode()
    hits = pl.scan_parquet(path).filter(pl.col("digest").cast(pl.Binary).is_in(wanted))
    return hits.select("doc_id").unique().collect()["doc_id"].sort().to_list()
