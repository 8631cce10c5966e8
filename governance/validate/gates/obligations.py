"""What the licences ask is done: authors are named, licence texts are there, mixes are told."""

from typing import Any

import polars as pl

from governance.duties import ATTRIBUTION, Duties, duties, mixed_share_alike
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, policy_of

_ATTRIBUTION, _LICENCES = "ATTRIBUTION.md", "LICENSES"


def find(evidence: Evidence) -> Finding:
    """Counts duties that are not carried out, and licences whose duties nobody knows."""
    folder = evidence.release.folder
    if not (folder / _ATTRIBUTION).is_file():
        return Finding(0, note="Nothing is rendered yet: endonym release does it", judged=False)
    policy, held = policy_of(evidence.release), _held(evidence)
    named = (folder / _ATTRIBUTION).read_text(encoding="utf-8")
    pages = {path.stem for path in (folder / _LICENCES).glob("*.md")}
    texts = {path.stem for path in (folder / _LICENCES).glob("*.txt")}
    reasons = []
    for source, owed in sorted(held.items()):
        every = [one for one in owed if one]
        if len(every) < len(owed) or any(one.unknown for one in every):
            reasons.append(f"source {source}: a licence has duties that the table does not know")
        if any(ATTRIBUTION in one.duties for one in every) and not _is_named(
            source, evidence, named
        ):
            reasons.append(f"source {source}: must be attributed and is not in {_ATTRIBUTION}")
    used = sorted({name for owed in held.values() for one in owed if one for name in one.licences})
    reasons += [f"{name}: no page in {_LICENCES}/" for name in used if name not in pages]
    bare = [name for name in used if name not in texts]
    families = mixed_share_alike(used)
    notes = [f"Licences without their text (--licences FOLDER): {', '.join(bare)}"] if bare else []
    if len(families) > 1:
        mixed = f"Share-alike licences that cannot become one work: {', '.join(families)}"
        notes.append(mixed)
        if policy.get("share_alike_mix") == "refuse":
            reasons.append(mixed)
    return Finding(len(reasons), tuple(reasons), "; ".join(notes))


def _held(evidence: Evidence) -> dict[str, list[Duties | None]]:
    """The duties of each released licence, by source."""
    policy: dict[str, Any] = policy_of(evidence.release)
    own = frozenset(policy.get("licence_refs", ()))
    table = evidence.tables["rights"].filter(pl.col("folder") == "documents")
    found: dict[str, list[Duties | None]] = {}
    for source, licence in table.select("source", "concluded").unique().sort("source").iter_rows():
        found.setdefault(source, []).append(
            duties(licence, list(policy.get("allowed_licences", ())), own)
        )
    return found


def _is_named(source: str, evidence: Evidence, named: str) -> bool:
    cards = {card.get("id"): card for card in evidence.release.run.get("sources", [])}
    return source in named or str(cards.get(source, {}).get("title") or "\0") in named


CHECK = Check(
    id="G-LIC-3",
    title="Duties of the licences are carried out: attribution, licences named, share-alike told",
    unit="duties",
    limit=0,
    source="the table of duties by SPDX id (governance/duties.py, 2026-11)",
    find=find,
    moment="rendered",
)
