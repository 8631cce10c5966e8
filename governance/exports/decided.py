"""What stands before a release: gates, waivers and sign-offs, and what the exports say of them."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

from governance import manifest
from governance.exports.material import Facts, Progress, Standing
from governance.exports.order import Order
from governance.integrity.approvals import approvals
from governance.integrity.audit import AuditLog
from governance.integrity.signed_waivers import not_as_signed
from governance.release_folder import Release, read_json
from governance.validate import RESULTS
from governance.validate.evidence import Evidence
from governance.validate.evidence import gather as look
from governance.validate.standing import PASSED, stand_while_made, waivers_for
from governance.validate.standing import Standing as Decided
from schemas.errors import InputError, ValidationFailedError
from schemas.waivers import Waiver


def judge(
    order: Order, release: Release, day: date, progress: Progress | None = None
) -> tuple[Evidence, Decided]:
    """Gates and sign-offs, as they must be before anything is rendered.

    Returns:
        What was gathered for the gates, and how each stands on the day of publication.

    Raises:
        InputError: a waiver does not count.
        ValidationFailedError: what speaks against the release.
    """
    given = waivers_for(order.folder, order.waivers)
    results = read_json(order.folder / RESULTS)
    if not results.get("gates"):
        raise ValidationFailedError(f"{order.folder}: was not validated; run endonym validate")
    _check_unchanged(order, release, results, progress)
    _check_signed(order, given, day)
    evidence = look(order.folder, None, progress, day, order.compare)
    decided = stand_while_made(evidence, given, day)
    check_gates(order, decided, results)
    return evidence, decided


def _check_signed(order: Order, given: list[Waiver], day: date) -> None:
    """Refuses what is not signed off as it is, its waivers too."""
    problems = approvals(order.folder, as_of=day).problems
    other = not_as_signed(order.folder, given)
    if problems or other:
        why = "; ".join((*problems, *((other,) if other else ())))
        raise ValidationFailedError(f"{order.folder}: sign-off: {why}")


def _check_unchanged(
    order: Order, release: Release, results: Facts, progress: Progress | None
) -> None:
    step = (lambda done, of: progress("verifying", done, of)) if progress else None
    changed = manifest.verify(order.folder, step, later=manifest.EXPORTED)
    if changed or results.get("manifest_root") != release.manifest_root:
        named = f" ({changed[0]})" if changed else ""
        raise ValidationFailedError(
            f"{order.folder}: files have changed since it was validated{named}; find out why, or"
            " curate again"
        )


def check_gates(order: Order, decided: Decided, results: Facts) -> None:
    """Refuses what a gate or a waiver speaks against, and a validation that says otherwise."""
    if decided.refused:
        where = order.waivers or order.folder
        raise InputError(f"{where}: {'; '.join(decided.refused)}")
    if decided.blocking:
        why = "; ".join(f"{gate.id} ({' '.join(gate.reasons)})" for gate in decided.blocking)
        raise ValidationFailedError(f"{order.folder}: does not pass {why}")
    passed = {gate.id for gate in decided.gates if decided.state(gate) == PASSED}
    others = [
        str(gate["id"]) for gate in results["gates"]
        if gate.get("severity") == "critical" and gate.get("judged", True)
        and not gate["passed"] and gate["id"] in passed
    ]  # fmt: skip
    if others:
        raise ValidationFailedError(
            f"{order.folder}: {RESULTS} says that {', '.join(others)} failed, and now it passes;"
            " run endonym validate again, and let it be signed off again"
        )


def told(order: Order, decided: Decided) -> Standing:
    """What the exports say of gates, waivers and approvals."""
    said = decided.as_dict()
    return Standing(
        tuple(said["gates"]), tuple(said["waivers"]),
        tuple(_approval(asdict(one)) for one in approvals(order.folder).approvals),
        _head(order.audit), tuple(said["waivers_not_needed"]),
    )  # fmt: skip


def _approval(approval: Facts) -> Facts:
    """An approval without the name of the person."""
    shown = ("role", "day", "key", "statement_sha256", "waivers_sha256")
    return {name: approval[name] for name in shown}


def _head(audit: Path | None) -> Facts:
    if audit is None or not audit.is_dir():
        return {}
    head = AuditLog(audit).head()
    return {"seq": head.seq, "hash": head.hash}
