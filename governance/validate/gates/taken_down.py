"""Nothing that was taken down is in the release."""

from governance.release_folder import read_column, read_json
from governance.takedown import tombstones
from governance.takedown.marks import SECOND_LOOK
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence
from schemas.decision import RELEASED


def find(evidence: Evidence) -> Finding:
    """Counts released documents with a tombstone, and what a second look with the list met.

    Ids that were taken down as unlawful stand in no list that a release has: the second look,
    made with the key of the programme, counts them.
    """
    release = evidence.release
    gone = tombstones.doc_ids(release.folder)
    reused = sum(
        int(read_column(release, shard, "doc_id").is_in(gone.implode()).sum())
        for shard in release.shards
        if shard.outcome == RELEASED and len(gone)
    )
    reasons = [f"released documents that have a tombstone: {reused}"] if reused else []
    listed = release.run.get("suppression")
    look = read_json(release.folder / SECOND_LOOK)
    met = int(look.get("hits", 0))
    if met:
        reasons.append(f"released documents that stand in the suppression list: {met}")
    hidden = int(look.get("ids", 0))
    if hidden:
        reasons.append(f"released documents whose id was taken down before: {hidden}")
    unlooked = bool(listed) and not look
    if unlooked:
        reasons.append("the suppression list was not held against what was written")
    told = f"Tombstones: {len(gone):,}"
    note = f"{told}; looked at: {look['documents']:,}" if look else f"{told}; no suppression list"
    return Finding(max(reused, hidden) + met + unlooked, tuple(reasons), note)


CHECK = Check(
    id="G-OPT-2",
    title="Nothing that was taken down is in the release, nor a copy of it",
    unit="documents",
    limit=0,
    source="governance notes, gate G-OPT-2 (2026-11)",
    find=find,
)
