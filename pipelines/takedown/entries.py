"""The keyed entries of a case: what must be known again when it comes back."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from governance.keys import Keyring
from governance.release_folder import Release, Shard, open_release, read_parts, read_rows
from governance.takedown import addresses, suppression
from governance.takedown.cases import Case
from lang_models.tokens import Tokens, tokenise
from pipelines.takedown.fingerprinted import fingerprinted
from pipelines.takedown.query import Texts
from schemas.takedown import TakedownRequest

_EMPTY = pl.DataFrame(
    schema={"kind": pl.String, "digest": pl.Binary, "words": pl.Int64,
            "shingles": pl.List(pl.UInt64)}
)  # fmt: skip
#: What masking leaves in the place of personal data.
_PLACEHOLDER = r"\[[A-Z][A-Z0-9_]*\]"


def entries(
    case: Case,
    request: TakedownRequest,
    located: pl.DataFrame,
    releases: Iterable[Path],
    keyring: Keyring,
    quoted: Texts | None = None,
) -> pl.DataFrame:
    """Everything that is keyed for a case: places always, texts where the ground covers them.

    Args:
        case: the case.
        request: what was asked for.
        located: `LOCATED`, what goes.
        releases: the releases that hold it.
        keyring: of the programme.
        quoted: the passages that were asked for, as the corpus would hold them.

    Returns:
        The columns of `suppression.SCHEMA` but for the key; several rows may be the same.
    """
    parts = [_EMPTY, *_asked(request, keyring)]
    # Their names too: an id that was taken down is never used again, on whatever ground.
    parts.append(_digests("doc_id", located["doc_id"], keyring))
    if quoted is not None and case.covers == "content":
        parts.append(shingled("passage", quoted.shingles, quoted.starts, keyring))
    for folder in releases:
        release = open_release(folder)
        ids = located.filter(pl.col("release") == folder.name)["doc_id"].unique()
        parts += _of_places(release, ids, keyring)
        if case.covers == "content":
            parts += [*_of_texts(release, ids, keyring), *_near(release, ids, keyring)]
    return pl.concat(parts)


def _digests(kind: str, values: Iterable[str], keyring: Keyring) -> pl.DataFrame:
    found = suppression.keyed(keyring, kind, (value.encode() for value in sorted(set(values))))
    return _rows(kind, pl.Series("digest", found, dtype=pl.Binary))


def _rows(kind: str, digest: pl.Series, words: pl.Series | None = None) -> pl.DataFrame:
    frame = pl.DataFrame({"digest": digest}).with_columns(
        pl.lit(kind).alias("kind"),
        pl.lit(None, dtype=pl.Int64).alias("words") if words is None else words.alias("words"),
        pl.lit(None, dtype=pl.List(pl.UInt64)).alias("shingles"),
    )
    return frame.select(_EMPTY.columns)


def _asked(request: TakedownRequest, keyring: Keyring) -> Iterator[pl.DataFrame]:
    """The places that were named, whether or not anything of them is held."""
    spelt: dict[str, Callable[[str], str]] = {
        "url": addresses.page_of,
        "prefix": addresses.page_of,
        "host": addresses.host_of,
        "source": str,
    }
    for kind, spell in spelt.items():
        given = [spell(getattr(one, kind)) for one in request.match if one.kind == kind]
        yield _digests(kind, given, keyring)
        if kind == "host":  # all below it, and itself
            bare = [name.removeprefix("*.") for name in given if name.startswith("*.")]
            yield _digests(kind, bare, keyring)


def _of_places(release: Release, ids: pl.Series, keyring: Keyring) -> Iterator[pl.DataFrame]:
    columns = ["doc_id", "source", "native_id", "url"]
    parts = [
        frame.filter(pl.col("doc_id").is_in(ids.implode()))
        for shard in release.shards
        for frame in read_parts(release, shard, columns)
    ]
    if not parts:
        return
    held = pl.concat(parts)
    named = held.select(pl.concat_str("source", "native_id", separator="\0").alias("value"))
    for kind, values in (("url", addresses.pages(held["url"])), ("native_id", named["value"])):
        known = values.drop_nulls()
        masked = known.str.contains(_PLACEHOLDER)
        yield _digests(kind, known.filter(~masked), keyring)
        yield _digests(f"masked_{kind}", known.filter(masked), keyring)


def _of_texts(release: Release, ids: pl.Series, keyring: Keyring) -> Iterator[pl.DataFrame]:
    """Whole texts: as they are stored, and by their words alone."""
    for shard in release.shards:
        holds = 0
        for frame in read_parts(release, shard, ["doc_id", "text_sha256"]):
            held = frame.filter(pl.col("doc_id").is_in(ids.implode()))
            holds += len(held)
            yield _digests("text", held["text_sha256"].drop_nulls(), keyring)
        if holds:
            yield from _by_words(release, shard, ids, keyring)


def _by_words(
    release: Release, shard: Shard, ids: pl.Series, keyring: Keyring
) -> Iterator[pl.DataFrame]:
    for rows in read_rows(release, shard, ["doc_id", "text"], size=2_000):
        ours = rows.filter(pl.col("doc_id").is_in(ids.implode()))["text"].drop_nulls()
        tokens = tokenise(ours)
        counts = np.diff(tokens.doc_start)
        chosen = np.flatnonzero(counts)
        found = pl.Series("digest", words_digests(tokens, chosen, keyring), dtype=pl.Binary)
        yield _rows("words", found, pl.Series(counts[chosen]))


def words_digests(tokens: Tokens, chosen: np.ndarray, keyring: Keyring) -> list[bytes]:
    """The keyed digest of the folded words of some documents: blanks and signs do not count."""
    starts, hashes = tokens.doc_start, tokens.word_hash
    values = (hashes[starts[at] : starts[at + 1]].tobytes() for at in chosen.tolist())
    return suppression.keyed(keyring, "words", values)


def _near(release: Release, ids: pl.Series, keyring: Keyring) -> Iterator[pl.DataFrame]:
    for part in fingerprinted(release, ids):
        yield shingled("near", part.shingles, part.starts, keyring)


def shingled(kind: str, shingles: np.ndarray, starts: np.ndarray, keyring: Keyring) -> pl.DataFrame:
    """Entries of keyed shingles, one for each text that has any; a kind as `near` or `passage`."""
    keyed = suppression.keyed_shingles(keyring, shingles)
    pairs = pairwise(starts.tolist())
    lists = [np.sort(keyed[first:last]).tolist() for first, last in pairs if last > first]
    return pl.DataFrame(
        {"shingles": pl.Series(lists, dtype=pl.List(pl.UInt64))}
    ).select(
        pl.lit(kind).alias("kind"), pl.lit(None, dtype=pl.Binary).alias("digest"),
        pl.lit(None, dtype=pl.Int64).alias("words"), "shingles",
    )  # fmt: skip


def allowed(ids: Iterable[str], releases: Iterable[Path], keyring: Keyring) -> pl.DataFrame:
    """Texts that a steward left out on purpose: they may come back although they are alike."""
    names = pl.Series("doc_id", sorted(ids), dtype=pl.String)
    parts = [_EMPTY]
    for folder in releases if len(names) else ():
        release = open_release(folder)
        for shard in release.shards:
            for frame in read_parts(release, shard, ["doc_id", "text_sha256"]):
                held = frame.filter(pl.col("doc_id").is_in(names.implode()))
                parts.append(_digests("allowed", held["text_sha256"].drop_nulls(), keyring))
    return pl.concat(parts)
