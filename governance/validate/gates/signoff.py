"""Whoever has to sign has signed, each in person, for these very files."""

from governance.integrity.approvals import approvals
from governance.integrity.signed_waivers import not_as_signed
from governance.integrity.signoff_rules import Rules
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence


def find(evidence: Evidence) -> Finding:
    """Counts the roles that have not signed, and the records that do not count."""
    folder = evidence.release.folder
    rules = Rules.of(folder)
    found = approvals(folder, rules, evidence.as_of)
    problems = found.problems
    other = not_as_signed(folder, evidence.waivers) if evidence.waivers is not None else None
    if other:
        problems = (*problems, other)
    if evidence.changed and found.approvals:
        problems = (*problems, "every approval is void: files are not as the manifest says")
    note = "" if rules.roles else "The policy asks nobody to sign (signoff.roles)."
    return Finding(len(problems), problems, note)


CHECK = Check(
    id="G-SIGN",
    title="Everyone who must sign has signed for these very files, nobody for two roles",
    unit="problems",
    limit=0,
    source="the policy of the run, signoff; governance notes, gate G-SIGN (2026-11)",
    find=find,
    moment="release",
)
