"""Which approvals of a release hold: signature, key, role, person, and no change since."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from governance.integrity.canonical import digest_of
from governance.integrity.signed_waivers import ended, kept_waivers
from governance.integrity.signoff import statement_of
from governance.integrity.signoff_record import (
    FOLDER,
    Approval,
    is_signed,
    read_approval,
    records_of,
    same_person,
)
from governance.integrity.signoff_rules import Rules
from schemas.errors import InputError


@dataclass(frozen=True)
class SignOffs:
    """What is to be said of a release's approvals.

    Args:
        approvals: those that hold, ordered by role; none of them dissents.
        problems: one sentence for every role that did not sign, and every record that
            does not count and why.
    """

    approvals: tuple[Approval, ...]
    problems: tuple[str, ...]


def approvals(release: Path, rules: Rules | None = None, as_of: date | None = None) -> SignOffs:
    """The approvals of a release, each checked: signature, key, role, person, no change since.

    Files are compared by what manifest, gates and report say; `manifest.verify` reads them.

    Args:
        release: the folder of the release, not a copy that was handed out.
        rules: who must sign; those of the release's policy when None.
        as_of: day on which the waivers that were signed over must count; None for any.

    Returns:
        Those that hold, and what is missing or does not count. Nothing of either where the
        policy asks nobody to sign and nobody did.
    """
    rules = rules or Rules.of(release)
    if not rules.roles and not records_of(release):
        return SignOffs((), ())
    try:
        current = digest_of(statement_of(release))
        over = ended(kept_waivers(release), as_of)
    except InputError as error:
        return SignOffs((), (str(error),))
    held: list[Approval] = []
    problems: list[str] = []
    for path, record in sorted(records_of(release).items()):
        approval, problem = _judge(record, current, rules, over)
        if path != approval.role:
            problem = problem or "lies under the name of another role"
        problem = problem or same_person(approval.role, approval.name, approval.key, held)
        if problem:
            problems.append(f"{FOLDER}/{path}.json: {problem}")
        else:
            held.append(approval)
    signed = {approval.role for approval in held}
    named = {str(path) for path in records_of(release)}
    absent = [role for role in rules.roles if role not in signed | named]
    problems += [f"{role} has not signed" for role in absent]
    return SignOffs(tuple(held), tuple(problems))


def _judge(
    record: dict[str, Any], current: str, rules: Rules, over: tuple[str, ...]
) -> tuple[Approval, str | None]:
    approval = read_approval(record)
    if approval is None:
        return Approval("", "", "", "", ""), "is no record of an approval"
    if not is_signed(approval, record):
        return approval, "its signature is not that of its key: forged or changed"
    refusal = rules.refusal(approval.role, approval.key, approval.day)
    refusal = refusal or _void(approval, current, over)
    if refusal:
        return approval, refusal
    if approval.dissent:
        return approval, f"{approval.role} does not agree; the reason stands in the record"
    return approval, None


def _void(approval: Approval, current: str, over: tuple[str, ...]) -> str | None:
    """Why an approval says nothing of the release as it is today."""
    if approval.statement_sha256 != current:
        return "is void: manifest, gates, report or waivers have changed since it was signed"
    return f"is void: {'; '.join(over)}; decide again, and sign off again" if over else None
