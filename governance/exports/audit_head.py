"""audit/head.json: how far the audit log had come, so that nobody can change it unseen."""

from governance.exports.export import Export, Gap, Made
from governance.exports.material import Material
from governance.exports.written import as_json

NAME = "audit/head.json"


def make(material: Material) -> Made:
    """Count and digest of the last entry; the log itself is not handed out."""
    head = material.standing.audit_head
    if head:
        return Made({NAME: as_json(head)})
    gap = Gap(NAME, "head", "no run file was given (--run), so the audit log was not found")
    return Made({NAME: as_json({"seq": None, "hash": None})}, (gap,))


EXPORT = Export("audit_head", "The head of the audit log", make)
