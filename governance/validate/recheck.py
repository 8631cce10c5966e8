"""A second look for personal data in what is about to be released.

Of every shard the documents with the smallest ids are read again and shown to the
recognisers, text, title, address and own id. Ids are keyed, so this is a random sample
that nobody can steer. Only types and counts are kept.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from governance.release_folder import Release, Shard, read_rows
from schemas.decision import RELEASED

Find = Callable[[pl.Series, pl.Series, pl.Series], pl.DataFrame]
Progress = Callable[[int, int], None]
#: Documents read again in all. By the rule of three, nothing found in 5,000 means fewer than
#: 0.6 per 1,000 with 95 % confidence (Hanley and Lippman-Hand, JAMA 249, 1983).
SAMPLE = 5_000
#: Documents whose text is held at once.
_STRIDE = 250
_COLUMNS = ["text", "language.tag", "source.jurisdiction", "source.title", "source.url",
            "source.native_id"]  # fmt: skip


@dataclass(frozen=True)
class Recheck:
    """What a second look found.

    Args:
        documents: read again.
        found: values by type of personal data.
        is_whole: whether every released document was read.
    """

    documents: int
    found: dict[str, int]
    is_whole: bool

    @property
    def total(self) -> int:
        """Values of all types."""
        return sum(self.found.values())


def recheck(
    release: Release, find: Find | None = None, progress: Progress | None = None
) -> Recheck:
    """Looks for personal data in a sample of the released documents.

    Args:
        release: an open release.
        find: text, language and country of a batch -> spans with their `type`; the
            project's own recognisers when None.
        progress: called with shards done and shards in all.

    Returns:
        Counts only. No released documents: nothing read, nothing found.
    """
    shards = [shard for shard in release.shards if shard.outcome == RELEASED and shard.rows]
    if not shards:
        return Recheck(0, {}, is_whole=True)
    each = share_of_sample([shard.rows for shard in shards])
    find = find or _own_recognisers(release)
    documents, found = 0, Counter[str]()
    for done, shard in enumerate(shards, start=1):
        for rows in _first(release, shard, each):
            documents += len(rows)
            for column in ("text", "title", "url", "native_id"):
                found.update(find(rows[column], rows["tag"], rows["jurisdiction"])["type"])
        if progress:
            progress(done, len(shards))
    whole = documents == sum(shard.rows for shard in shards)
    return Recheck(documents, dict(sorted(found.items())), is_whole=whole)


def share_of_sample(rows: list[int]) -> int:
    """How many documents of each shard are read, so that small shards leave theirs to large ones.

    >>> share_of_sample([10, 20, 30]), share_of_sample([10, 9000, 9000])
    (30, 2495)
    """
    left = SAMPLE
    for place, size in enumerate(sorted(rows)):
        each = left // (len(rows) - place)
        if size > each:
            return max(each, 1)
        left -= size
    return max(rows, default=0)


def _first(release: Release, shard: Shard, count: int) -> Iterator[pl.DataFrame]:
    source, language = pl.col("source").struct, pl.col("language").struct
    names = ("jurisdiction", "title", "url", "native_id")
    fields = [language.field("tag"), *(source.field(name) for name in names)]
    for rows in read_rows(release, shard, _COLUMNS, size=min(count, _STRIDE)):
        yield rows.head(count).select("text", *fields)
        count -= len(rows)
        if count <= 0:
            return


def _own_recognisers(release: Release) -> Find:
    """The project's recognisers, which leave surrogates and pseudonyms of the policy alone."""
    from governance.pii.untreated import find_untreated  # noqa: PLC0415  # slow to import
    from schemas.privacy import PrivacyPolicy  # noqa: PLC0415

    policy = PrivacyPolicy.model_validate(release.run.get("policy", {}).get("privacy", {}))
    return lambda text, language, country: find_untreated(text, language, country, policy).spans
