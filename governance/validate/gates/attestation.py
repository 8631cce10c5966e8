"""What was issued is what was signed, with a key that the policy knows."""

from governance.integrity.paths import STATEMENT, SUMS
from governance.integrity.signoff_rules import Rules
from governance.integrity.statement import read_statement, signer_of
from governance.integrity.verify import verify
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

#: The role whose key signs releases.
SIGNER = "release"


def find(evidence: Evidence) -> Finding:
    """Counts what is wrong with an issued release; one that was not issued has nothing to check."""
    folder = evidence.release.folder
    if not (folder / SUMS).is_file() and not (folder / STATEMENT).exists():
        note = "Not issued yet: endonym release writes and signs the statement"
        return Finding(0, note=note, judged=False)
    found = verify(folder).problems
    strangers = sum(f"is not in {SUMS}" in one for one in found)
    problems = tuple(one for one in found if f"is not in {SUMS}" not in one)
    if strangers:
        problems += (f"files that were not issued (endonym verify names them): {strangers}",)
    note = "That the audit log is whole is for endonym audit verify to say, on the whole corpus."
    problems += _signed(evidence)
    return Finding(len(problems), problems, note)


def _signed(evidence: Evidence) -> tuple[str, ...]:
    signed = read_statement(evidence.release.folder)
    if signed is None:
        return (f"{STATEMENT} is missing or was changed",)
    spki = signer_of(signed)
    if spki is None or not signed.is_signed_with(spki):
        return (f"{STATEMENT} is not signed with the key that it names",)
    rules = Rules.of(evidence.release.folder)
    if not (rules.keys or {}).get(SIGNER):
        return ()
    refusal = rules.key_refusal(SIGNER, signed.key, str(signed.content["predicate"]["issued"]))
    return (refusal,) if refusal else ()


CHECK = Check(
    id="G-INT-2",
    title="What was issued is what was signed, with a key that the policy knows",
    unit="problems",
    limit=0,
    source="governance notes, gate G-INT (2026-11); in-toto Statement v1 (2023)",
    find=find,
    moment="issued",
)
