"""release.json: the release in one record for machines."""

from governance.exports import records
from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.exports.written import as_json

NAME = "release.json"


def make(material: Material) -> Made:
    """Ids, counts, policy, approvals, status, software, models."""
    counts = material.books.counts
    found = {
        **records.identity(material),
        "status": "current",
        "supersedes": material.earlier.version if material.earlier else None,
        "supersedes_manifest_root": material.earlier.manifest_root if material.earlier else None,
        "counts": {name: counts[name] for name in ("read", "released", "removed", "quarantined")},
        "languages": len(records.languages(material)),
        "sources": [one["id"] for one in records.sources(material)],
        "licences": records.licence_names(material),
        "approvals": list(material.standing.approvals),
        "waivers": list(material.standing.waivers),
        "software": material.run.get("software") or {},
        "models": material.run.get("models") or [],
        "key_id": material.run.get("key_id"),
        "unshipped": "everything else that the run left: what was removed and quarantined, the"
        " journal, the run's record, the validation, the index and list of duplicates, the report"
        " with samples",
    }
    return Made({NAME: as_json(found)})


EXPORT = Export("release_record", "The release in one record for machines", make)
