"""Most of the released text has a licence that somebody verified for the text itself."""

import polars as pl

from governance.release_folder import read_parts
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, policy_of
from schemas.decision import RELEASED
from schemas.rights_policy import VERIFIED_SHARE


def find(evidence: Evidence) -> Finding:
    """Finds how much too little released text, by letters, was verified; and unknown licences."""
    run = evidence.release.run
    target = float(policy_of(evidence.release).get("verified_share", VERIFIED_SHARE))
    verified = {
        (card.get("id"), licence)
        for card in run.get("sources", [])
        for licence in _verified(card.get("licence") or {})
    }
    whole, sure, unknown = _letters(evidence, verified)
    share = sure / whole if whole else 1.0
    note = (
        f"Of the released letters {share:.1%} have a verified licence; the policy asks {target:.0%}"
    )
    reasons = []
    if share < target:
        reasons.append("too little text has a licence that somebody verified: conclude more")
    if unknown:
        reasons.append(f"released documents without any concluded licence: {unknown}")
    return Finding(round(max(target - share, 0.0), 6) + unknown, tuple(reasons), note)


def _verified(licence: dict[str, object]) -> set[object]:
    """The licences of a card that a person concluded for the text."""
    hosts = licence.get("hosts")
    every = [licence, *(hosts if isinstance(hosts, list) else [])]
    return {
        one.get("concluded")
        for one in every
        if one.get("verified_by") and one.get("verified_on") and one.get("scope", "text") == "text"
    } - {None}


def _letters(evidence: Evidence, verified: set[tuple[object, object]]) -> tuple[float, float, int]:
    whole = sure = 0.0
    unknown = 0
    for shard in evidence.release.shards:
        if shard.outcome != RELEASED:
            continue
        for part in read_parts(evidence.release, shard, ("source", "concluded", "quality")):
            sized = part.select("source", "concluded", letters=_size(part))
            sums = sized.group_by("source", "concluded").agg(pl.len(), pl.col("letters").sum())
            for source, concluded, documents, letters in sums.iter_rows():
                whole += letters
                sure += letters if (source, concluded) in verified else 0.0
                unknown += documents if concluded is None else 0
    return whole, sure, unknown


def _size(part: pl.DataFrame) -> pl.Series:
    return part["quality"].struct.field("length_chars").fill_null(0)


CHECK = Check(
    id="G-LIC-2",
    title="Enough of the released text has a verified licence, and none an unknown one",
    unit="share missing, and documents",
    limit=0,
    source="the policy of the run, verified_share; Common Pile verified 537 of its first 1,000"
    " domains (2025)",
    find=find,
    moment="release",
    waivable=True,
)
