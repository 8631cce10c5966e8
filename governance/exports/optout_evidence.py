"""optout_evidence.parquet: what hosts reserve, and what followed from it.

Where the run left it, it is inside the run's manifest and is handed on as it lies.
"""

from governance.exports.export import Export, Gap, Made
from governance.exports.material import Material
from schemas.opt_outs import EVIDENCE_FILE as NAME


def make(material: Material) -> Made:
    """The table; where the run left none there is none, and a gap says so."""
    listed = (file.get("path") for file in material.record("manifest.json").get("files", []))
    if NAME in listed:
        return Made({NAME: (material.release.folder / NAME).read_bytes()})
    gap = Gap(NAME, "all", "the run left no evidence of opt-outs")
    return Made({}, (gap,))


EXPORT = Export("optout_evidence", "What hosts reserve, with the evidence", make)
