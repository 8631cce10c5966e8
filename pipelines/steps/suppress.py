"""Suppress: what was taken down does not come back, neither from its place nor as a copy.

Places are asked before anything is done to a document, texts and near copies once their
shingles are known and before anything is staged. A document that is met keeps its name and
where it was read, so that every record is accounted for; its text, address, id, title,
measures and digest go, so that what is left confirms nothing. Without a list nothing is done.
"""

from dataclasses import replace

import numpy as np
import polars as pl

from governance.rights import STAGE
from governance.takedown import suppression
from governance.takedown.suppression import SuppressionList
from lang_models.tokens import Tokens, shingle_hashes
from pipelines.batch import Batch
from pipelines.clock import clocked
from pipelines.dedup.distinct import distinct
from pipelines.run import Run
from pipelines.steps.index_subjects import COLUMN as SUBJECTS
from pipelines.takedown.entries import words_digests
from pipelines.takedown.likeness import likeness, wanted
from schemas.corpus import COLUMNS
from schemas.decision import QUARANTINED, REMOVED, verdict

PLACE_RULE, COPY_RULE, UNSURE_RULE = "suppressed", "suppressed-copy", "suppressed-unsure"
PART_RULE = "suppressed-part"
#: What of `source` and `provenance` could confirm what a document was.
_TELLING = {"source": ("native_id", "url", "title", "date"),
            "provenance": ("text_sha256", "repairs", "flags")}  # fmt: skip
_WHOLE = ("text", "language", "quality", "privacy", SUBJECTS)


@clocked("suppress places")
def suppress_places(batch: Batch, run: Run) -> Batch:
    """The batch with a removal for every document from a place that is taken down."""
    listed = run.suppression
    if batch.frame is None or listed is None:
        return batch
    met = suppression.blocked_places(listed, batch.frame["source"], is_masked=False)
    return batch.map(lambda frame: _silenced(frame, met, REMOVED, PLACE_RULE))


@clocked("suppress copies")
def suppress_copies(batch: Batch, run: Run) -> Batch:
    """The batch with a removal for every copy of a text that is taken down.

    An address or id that could only be compared in its masked form stands for several pages,
    so what has it waits in quarantine; and so does a page that embeds such a text, or a passage
    that was quoted in a request, or is itself a part of such a text.
    """
    listed = run.suppression
    if batch.frame is None or listed is None:
        return batch
    assert isinstance(batch.tokens, Tokens)  # noqa: S101  # measured just before
    copies, parts = _met(batch.frame, batch.tokens, listed, run.settings.dedup.threshold)
    unsure = suppression.blocked_places(listed, batch.frame["source"], is_masked=True) & ~copies
    frame = _silenced(batch.frame, copies, REMOVED, COPY_RULE)
    frame = _silenced(frame, parts & ~copies, QUARANTINED, PART_RULE)
    return replace(batch, frame=_silenced(frame, unsure, QUARANTINED, UNSURE_RULE))


def _met(
    frame: pl.DataFrame, tokens: Tokens, listed: SuppressionList, threshold: float
) -> tuple[pl.Series, pl.Series]:
    """Texts that are the same, differ in blanks and signs only, or are alike; and parts of them."""
    sha256 = frame["provenance"].struct.field("text_sha256")
    met = keyed_in(listed, "text", sha256).to_numpy().copy()
    counts = np.diff(tokens.doc_start)
    words = listed.entries.filter(pl.col("kind") == "words")
    likely = np.flatnonzero(np.isin(counts, words["words"].to_numpy()))
    known = frozenset(words["digest"].to_list())
    told = words_digests(tokens, likely, listed.keyring)
    met[likely] |= np.array([one in known for one in told], bool)
    near, within = listed.near(), listed.parts()
    part = np.zeros(len(frame), bool)
    if len(near[0]) or len(within[0]):
        values, begins = distinct(*shingle_hashes(tokens))
        keyed = suppression.keyed_shingles(listed.keyring, values)
        met |= likeness(keyed, begins, wanted(*near)).similarity >= threshold
        part = is_part(keyed, begins, within, threshold)
    allowed = keyed_in(listed, "allowed", sha256)
    return pl.Series("met", met) & ~allowed, pl.Series("part", part) & ~allowed


def is_part(
    shingles: np.ndarray, starts: np.ndarray, of: tuple[np.ndarray, np.ndarray], share: float
) -> np.ndarray:
    """Which documents embed so much of a listed text or passage, or are so much a part of one.

    Args:
        shingles: keyed, of all documents; of each distinct.
        starts: int64, one more than there are documents.
        of: keyed shingles of what is listed, and their starts.
        share: of the shingles of the shorter of the two.
    """
    found = likeness(shingles, starts, wanted(*of))
    is_long = np.diff(starts) >= suppression.LEAST_PART_SHINGLES
    return (found.held >= share) | ((found.within >= share) & is_long)


def keyed_in(listed: SuppressionList, kind: str, sha256: pl.Series) -> pl.Series:
    """Which digests of texts stand in the list as this kind; never null."""
    digests = listed.digests(kind)
    if not digests:
        return pl.Series("in", [False]).new_from_index(0, len(sha256))
    filled = sha256.fill_null("").to_list()
    keyed = suppression.keyed(listed.keyring, kind, (value.encode() for value in filled))
    return pl.Series("in", [one in digests for one in keyed], dtype=pl.Boolean)


def _silenced(frame: pl.DataFrame, met: pl.Series, outcome: str, rule: str) -> pl.DataFrame:
    """The rows that were met, decided anew whatever was decided, and without what confirms."""
    if not met.any():
        return frame
    is_met = pl.lit(met)
    dropped = [
        pl.when(~is_met).then(pl.col(name)).alias(name) for name in _WHOLE if name in frame.columns
    ]
    inner = [
        pl.col(name).struct.with_fields(
            pl.when(~is_met).then(pl.field(field)).alias(field) for field in fields
        )
        for name, fields in _TELLING.items()
    ]
    decision = pl.when(is_met).then(verdict(outcome, STAGE, rule)).otherwise("decision")
    silent = frame.with_columns(*dropped, *inner, decision.alias("decision"))
    return silent.cast({"text": COLUMNS["text"][0]})
