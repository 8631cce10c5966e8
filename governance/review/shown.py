"""The texts of a reading round as they are shown: masked again, and cut to their parts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from governance.release_folder import Release, read_rows
from governance.report.excerpt import excerpt
from schemas.decision import RELEASED

Scrub = Callable[[pl.Series, pl.Series, pl.Series], pl.DataFrame]
_STRIDE = 512


@dataclass(frozen=True)
class Shown:
    """One document as a reader sees it.

    Args:
        doc_id: of the document.
        parts: one for a short text, first, middle and last 500 characters of a longer one.
        direction: `ltr` or `rtl`.
        chars: length of the text in code points.
        country: where its source lives, for the recognisers.
        is_masked_again: whether the second look found something to mask.
    """

    doc_id: str
    parts: tuple[str, ...]
    direction: str
    chars: int
    country: str | None
    is_masked_again: bool


def shown(
    release: Release, tag: str, doc_ids: Sequence[str], scrub: Scrub | None = None
) -> dict[str, Shown]:
    """Documents of one language by id, as their pages show them.

    Args:
        release: an open release.
        tag: the language; only its files are read, part by part.
        doc_ids: of released documents; others are left out.
        scrub: masks personal data once more; the project's own when None.
    """
    rows = _rows(release, tag, doc_ids)
    mask = scrub or _own_scrub()
    tags = pl.Series([tag] * len(rows), dtype=pl.String)
    clean = mask(rows["text"], tags, rows["country"])["text"]
    found = {}
    for doc_id, before, text, country in zip(
        rows["doc_id"], rows["text"], clean, rows["country"], strict=True
    ):
        cut = excerpt(text)
        found[doc_id] = Shown(doc_id, tuple(cut["parts"]), cut["direction"], cut["chars"] or 0,
                              country, text != before)  # fmt: skip
    return found


def _rows(release: Release, tag: str, doc_ids: Sequence[str]) -> pl.DataFrame:
    wanted = pl.Series(sorted(set(doc_ids)), dtype=pl.String)
    kinds = {"doc_id": pl.String, "text": pl.String, "country": pl.String}
    pieces = [pl.DataFrame(schema=kinds)]
    for shard in release.shards:
        if shard.outcome != RELEASED or shard.tag != tag:
            continue
        for batch in read_rows(release, shard, ["doc_id", "text", "source"], size=_STRIDE):
            chosen = batch.filter(pl.col("doc_id").is_in(wanted.implode()))
            country = pl.col("source").struct.field("jurisdiction").alias("country")
            pieces.append(chosen.select("doc_id", "text", country).cast(pl.Schema(kinds)))
    return pl.concat(pieces)


def _own_scrub() -> Scrub:
    from governance.pii import scrub  # noqa: PLC0415  # slow to import

    return scrub
