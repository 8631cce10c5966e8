"""The sample of a reading round: drawn by lot from every language, the same for the same seed.

A language's documents are put into strata of source and score; each gives its share. Within a
stratum the lot decides: ids are keyed, and mixed with the seed they order the documents.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import polars as pl

from governance.release_folder import Release, read_parts
from schemas.decision import RELEASED

Progress = Callable[[int, int], None]
#: Bounds of the bands of scores.
BANDS = (0.5, 0.7, 0.8, 0.9)
_KEYS = ("tag", "source", "band")
_SCHEMA = pl.Schema({"tag": pl.String(), "source": pl.String(), "band": pl.Int32(),
                     "doc_id": pl.String(), "lot": pl.UInt64()})  # fmt: skip
#: Of the splitmix64 generator (Steele, Lea and Flood 2014, doi:10.1145/2714064.2660195).
_STEP, _MIX_1, _MIX_2 = (
    np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
)  # fmt: skip
_WAITING = 64


def lots(doc_ids: pl.Series, seed: int) -> np.ndarray:
    """A number for every document that only seed and keyed id decide.

    Args:
        doc_ids: 32 hexadecimal characters each.
        seed: 0 and up.

    Returns:
        uint64[n]; the documents with the smallest numbers are drawn.

    >>> lots(pl.Series(["00" * 16]), 1) == lots(pl.Series(["00" * 16]), 2)
    array([False])
    """
    data = bytes.fromhex("".join(doc_ids.to_list()))
    words = np.frombuffer(data, dtype=">u8").reshape(-1, 2).astype(np.uint64)
    with np.errstate(over="ignore"):
        mixed = words[:, 0] ^ _mixed(words[:, 1] + np.uint64(seed) * _STEP)
        return _mixed(mixed + _STEP)


def _mixed(value: np.ndarray) -> np.ndarray:
    value = (value ^ (value >> np.uint64(30))) * _MIX_1
    value = (value ^ (value >> np.uint64(27))) * _MIX_2
    return value ^ (value >> np.uint64(31))


def draw(
    release: Release,
    languages: Iterable[str] | None,
    documents: int,
    seed: int,
    progress: Progress | None = None,
) -> tuple[pl.DataFrame, list[dict[str, Any]]]:
    """The documents to be read, and the strata that they stand for.

    Args:
        release: an open release.
        languages: tags; all that were released when None.
        documents: of each language; all where there are fewer.
        seed: of the lot.
        progress: called with shards done and shards in all.

    Returns:
        `tag`, `source`, `band`, `doc_id` and `lot` of the chosen, ordered by tag and lot; and
        for every stratum how many documents it has and how many were drawn.
    """
    wanted = set(languages) if languages is not None else None
    shards = [
        one for one in release.shards
        if one.outcome == RELEASED and (wanted is None or one.tag in wanted)
    ]  # fmt: skip
    held, sizes = [pl.DataFrame(schema=_SCHEMA)], [_sized(pl.DataFrame(schema=_SCHEMA))]
    for done, shard in enumerate(shards, start=1):
        for part in read_parts(release, shard, ["doc_id", "tag", "source", "score"]):
            rows = _placed(part, seed)
            sizes.append(_sized(rows))
            held.append(_lowest(rows, documents))
        if len(held) > _WAITING:
            held = [_lowest(pl.concat(held), documents)]
        if progress:
            progress(done, len(shards))
    summed = pl.concat(sizes).group_by(_KEYS).agg(pl.col("population").sum()).sort(_KEYS)
    strata = _allotted(summed, documents)
    return _chosen(_lowest(pl.concat(held), documents), strata), strata.to_dicts()


def _placed(part: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The rows with their stratum and lot; what is no document of a language is left out."""
    rows = part.drop_nulls(["tag", "doc_id"])
    score = rows["score"].fill_null(0).to_numpy()
    band = np.searchsorted(np.array(BANDS), score, side="right").astype(np.int32)
    return rows.select(
        "tag", "source", pl.Series("band", band), "doc_id",
        pl.Series("lot", lots(rows["doc_id"], seed), dtype=pl.UInt64),
    ).cast(_SCHEMA)  # fmt: skip


def _sized(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.group_by(_KEYS).agg(pl.len().cast(pl.Int64).alias("population"))


def _lowest(rows: pl.DataFrame, documents: int) -> pl.DataFrame:
    return rows.sort("lot", "doc_id").group_by(_KEYS, maintain_order=True).head(documents)


def _allotted(strata: pl.DataFrame, documents: int) -> pl.DataFrame:
    """Each stratum with its share of the sample: largest remainders, so that it adds up."""
    drawn: list[int] = []
    for _, mine in strata.group_by("tag", maintain_order=True):
        sizes = mine["population"].to_numpy()
        whole = int(sizes.sum())
        asked = min(documents, whole)
        exact = sizes * asked / whole
        given = np.floor(exact).astype(int)
        rest = np.argsort(-(exact - given), kind="stable")[: asked - int(given.sum())]
        given[rest] += 1
        drawn += given.tolist()
    return strata.with_columns(pl.Series("drawn", drawn, dtype=pl.Int64))


def _chosen(rows: pl.DataFrame, strata: pl.DataFrame) -> pl.DataFrame:
    ranked = rows.with_columns(pl.col("lot").rank("ordinal").over(_KEYS).alias("_rank"))
    joined = ranked.join(strata, on=list(_KEYS), how="left", nulls_equal=True)
    chosen = joined.filter(pl.col("_rank") <= pl.col("drawn"))
    return chosen.select(list(_SCHEMA)).sort("tag", "lot", "doc_id")
