"""Everything that a release is handed out with keeps to its standard and leaves no answer out."""

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Counts what the standards' own libraries and schemas would not take."""
    from governance.exports import meta  # noqa: PLC0415  # it imports the exports, they the gates

    folder = evidence.release.folder
    made = {
        path: (folder / path).read_bytes() for path, _ in meta.CHECKS if (folder / path).is_file()
    }
    if not made:
        return Finding(0, note="Nothing is rendered yet: endonym release does it", judged=False)
    found = meta.problems(made)
    return Finding(len(found), tuple(found))


CHECK = Check(
    id="G-META",
    title="Card, Croissant, contract, lineage and EU summary are valid and complete",
    unit="problems",
    limit=0,
    source="Croissant 1.1, ODCS 3.1, OpenLineage 2-0-2; EU template of 24 July 2025",
    find=find,
    moment="rendered",
)
