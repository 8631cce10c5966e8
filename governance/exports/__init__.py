"""What a release is handed out with, rendered from its records and checked by the standards."""

from governance.exports import (
    attribution,
    audit_head,
    card,
    changelog,
    contract,
    croissant,
    licence_ledger,
    licence_texts,
    lineage,
    optout_evidence,
    privacy_statement,
    public_report,
    quality,
    release_record,
    schema,
    sources,
    terms,
    tombstones,
    top_domains,
    training_summary,
)
from governance.exports.export import Export, Gap, Made
from governance.exports.material import Material

__all__ = ["EXPORTS", "render"]

#: Everything that a release is handed out with, in the order in which it is made.
EXPORTS: tuple[Export, ...] = (
    card.EXPORT,
    croissant.EXPORT,
    release_record.EXPORT,
    schema.EXPORT,
    contract.EXPORT,
    lineage.EXPORT,
    sources.EXPORT,
    licence_ledger.EXPORT,
    licence_texts.EXPORT,
    attribution.EXPORT,
    optout_evidence.EXPORT,
    top_domains.EXPORT,
    training_summary.EXPORT,
    privacy_statement.EXPORT,
    quality.EXPORT,
    public_report.EXPORT,
    changelog.EXPORT,
    tombstones.EXPORT,
    terms.EXPORT,
    audit_head.EXPORT,
)


def render(material: Material) -> Made:
    """All files of all exports, and every gap."""
    files: dict[str, bytes] = {}
    gaps: list[Gap] = []
    for export in EXPORTS:
        made = export.make(material)
        files |= made.files
        gaps += made.gaps
    return Made(files, tuple(gaps))
