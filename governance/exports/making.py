"""Makes a release out of what a run left: judged, signed off, rendered, listed, signed.

Whatever speaks against it is told before anything is written. The signed statement comes
last, so a release that broke off in between is none, and the same command makes it whole.
"""

import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from governance import manifest
from governance.exports import render
from governance.exports.earlier import open_earlier
from governance.exports.export import Gap, Made
from governance.exports.material import Facts, Material, Progress, Standing, gather
from governance.integrity import merkle
from governance.integrity.approvals import approvals
from governance.integrity.audit import AuditLog
from governance.integrity.paths import INTERNAL, STATEMENT, SUMS
from governance.integrity.statement import write_statement
from governance.integrity.sums import read_sums, write_sums
from governance.release_folder import Release, open_release, read_json
from governance.validate import RESULTS
from governance.validate.evidence import Evidence
from governance.validate.evidence import gather as look
from governance.validate.standing import PASSED, read_waivers, stand_while_made
from governance.validate.standing import Standing as Decided
from schemas.errors import InputError, ValidationFailedError


@dataclass(frozen=True)
class Order:
    """What is asked for.

    Args:
        folder: what a run left.
        as_of: day of publication; None takes the run's own.
        key: private key that signs; None leaves the release unsigned.
        to: empty folder for a copy of what is handed out; None makes no copy.
        previous: release that this one follows.
        audit: folder of the corpus' audit log.
        waivers: file of waivers.
    """

    folder: Path
    as_of: date | None = None
    key: Path | None = None
    to: Path | None = None
    previous: Path | None = None
    audit: Path | None = None
    waivers: Path | None = None


@dataclass(frozen=True)
class Issued:
    """What was made.

    Args:
        folder: of the release, or of the copy.
        files: how many files are handed out.
        gaps: fields that no record answers.
        is_signed: whether a key signed it.
    """

    folder: Path
    files: int
    gaps: tuple[Gap, ...]
    is_signed: bool


def make_release(order: Order, progress: Progress | None = None) -> Issued:
    """Makes the release in place, and a copy of what is handed out if it is asked for.

    Args:
        order: what is asked for.
        progress: told what is being done, and how far.

    Returns:
        What was made. The same records, day and key give the same bytes.

    Raises:
        InputError: a folder or a key cannot be used, or no day is known.
        ValidationFailedError: a gate fails, a file has changed, a sign-off is missing.
    """
    release = open_release(order.folder)
    day = _day(order, release)
    _check_empty(order.to)
    earlier = open_earlier(order.previous, str(release.run.get("name"))) if order.previous else None
    evidence, decided = judge(order, release, day, progress)
    material = gather(order.folder, day, _told(order, decided), earlier, progress)
    material, made = _checked(order, material, evidence)
    _write(order.folder, made)
    merkle.write_tree(order.folder)
    write_sums(order.folder, _shipped(order.folder, made))
    _sign(order, material)
    listed = read_sums(order.folder / SUMS)[0]
    where = _copy(order, listed) if order.to else order.folder
    return Issued(where, len(listed), made.gaps, order.key is not None)


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
    given = read_waivers(order.waivers)
    results = read_json(order.folder / RESULTS)
    if not results.get("gates"):
        raise ValidationFailedError(f"{order.folder}: was not validated; run endonym validate")
    _check_unchanged(order, release, results, progress)
    signed = approvals(order.folder)
    if signed.problems:
        raise ValidationFailedError(f"{order.folder}: sign-off: {'; '.join(signed.problems)}")
    evidence = look(order.folder, None, progress, day)
    decided = stand_while_made(evidence, given, day)
    _check_gates(order, decided, results)
    return evidence, decided


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


def _check_gates(order: Order, decided: Decided, results: Facts) -> None:
    """Refuses what a gate or a waiver speaks against, and a validation that says otherwise."""
    if decided.refused:
        raise InputError(f"{order.waivers}: {'; '.join(decided.refused)}")
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


def _told(order: Order, decided: Decided) -> Standing:
    """What the exports say of gates, waivers and approvals."""
    told = decided.as_dict()
    return Standing(
        tuple(told["gates"]), tuple(told["waivers"]),
        tuple(_approval(asdict(one)) for one in approvals(order.folder).approvals),
        _head(order.audit),
    )  # fmt: skip


def _approval(approval: Facts) -> Facts:
    """An approval without the name of the person."""
    return {name: approval[name] for name in ("role", "day", "key", "statement_sha256")}


def _head(audit: Path | None) -> Facts:
    if audit is None or not audit.is_dir():
        return {}
    head = AuditLog(audit).head()
    return {"seq": head.seq, "hash": head.hash}


def _day(order: Order, release: Release) -> date:
    stated = (release.run.get("settings") or {}).get("as_of")
    if order.as_of or stated:
        return order.as_of or date.fromisoformat(str(stated))
    raise InputError(
        f"{order.folder}: the run states no day; give the day of publication as --as-of 2026-11-25"
    )


def _check_empty(to: Path | None) -> None:
    if to is None or not to.exists():
        return
    if not to.is_dir() or any(to.iterdir()):
        raise InputError(f"--to {to}: is not empty; name a new or an empty folder")


def _checked(order: Order, material: Material, evidence: Evidence) -> tuple[Material, Made]:
    """Renders, holds what was rendered against its gates, and renders with those told."""
    given, day = read_waivers(order.waivers), material.as_of
    with TemporaryDirectory() as place:
        _put(Path(place), render(material))
        decided = stand_while_made(evidence, given, day, Path(place))
    _check_gates(order, decided, {"gates": []})
    whole = replace(material, standing=_told(order, decided))
    return whole, render(whole)


def _write(folder: Path, made: Made) -> None:
    """Puts the files in their places, each whole or not at all; what is stale goes first."""
    for name in (STATEMENT, SUMS, INTERNAL):
        (folder / name).unlink(missing_ok=True)
    for kept in ("LICENSES", "quality"):
        for path in sorted((folder / kept).rglob("*")):
            if path.is_file() and path.relative_to(folder).as_posix() not in made.files:
                path.unlink()
    _put(folder, made)


def _put(folder: Path, made: Made) -> None:
    for name, content in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_bytes() == content:
            continue
        partial = path.with_name(f".{path.name}.partial")
        partial.write_bytes(content)
        partial.replace(path)


def _shipped(folder: Path, made: Made) -> Iterable[str]:
    """What is handed out: the corpus, what was rendered, and the proofs.

    Never what was removed or quarantined, the journal, the record of the run, the validation,
    the full report, nor the list of duplicates, which tells which source held a copy of what.
    """
    documents = (path.relative_to(folder).as_posix() for path in (folder / "documents").rglob("*"))
    files = (name for name in documents if (folder / name).is_file())
    return sorted({*files, *made.files, manifest.NAME, merkle.NAME})


def _sign(order: Order, material: Material) -> None:
    if order.key is None:
        return
    epochs = sorted((order.folder / "tombstones").glob("*.parquet"))
    facts: dict[str, Any] = {
        "issued": material.as_of.isoformat(),
        "previous": material.earlier.version if material.earlier else None,
        "tombstone_epoch": epochs[-1].stem if epochs else None,
        "approvals": material.standing.approvals,
    }
    write_statement(order.folder, facts, order.key)


def _copy(order: Order, listed: Iterable[str]) -> Path:
    """Copies what is handed out; the signed statement last."""
    to = order.to or order.folder
    signed = [STATEMENT] if order.key else []
    for name in [*sorted(listed), SUMS, *signed]:
        target = to / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(order.folder / name, target)
    return to
