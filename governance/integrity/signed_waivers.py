"""The waivers of a release: kept beside the approvals, and part of what every approver signs.

A gate that two people let pass is something an approver answers for. So its waiver is signed
with the gates and the report: one that is added, changed or over afterwards voids every approval.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from governance.integrity.canonical import digest_of
from governance.integrity.paths import GATES
from governance.integrity.signoff_record import FOLDER, WAIVERS, records_of, write_record
from governance.release_folder import read_json
from schemas.errors import InputError
from schemas.waivers import Waiver, WaiverFile


def kept_waivers(release: Path) -> tuple[Waiver, ...]:
    """The waivers that approvers of a release sign over, by gate; none when there are none.

    Raises:
        InputError: the record cannot be read.
    """
    path = release / FOLDER / WAIVERS
    if not path.exists():
        return ()
    try:
        return ordered(WaiverFile.model_validate(read_json(path)).waivers)
    except ValidationError:
        raise InputError(
            f"{path}: is no record of waivers; sign off again with --waivers FILE"
        ) from None


def keep_waivers(release: Path, waivers: Iterable[Waiver]) -> None:
    """Lays waivers beside the approvals; those that were signed over others are void then."""
    record = {"waivers": [one.model_dump(mode="json") for one in ordered(waivers)]}
    if record["waivers"]:
        write_record(release / FOLDER / WAIVERS, record)
    else:
        (release / FOLDER / WAIVERS).unlink(missing_ok=True)


def ordered(waivers: Iterable[Waiver]) -> tuple[Waiver, ...]:
    """Waivers by gate, and by their last day."""
    return tuple(sorted(waivers, key=lambda one: (one.gate, one.expires.isoformat())))


def digest_of_waivers(waivers: Iterable[Waiver | dict[str, Any]]) -> str:
    """One digest over waivers, in whatever order they are given; of no waivers too."""
    whole = [one if isinstance(one, Waiver) else Waiver.model_validate(one) for one in waivers]
    return digest_of([one.model_dump(mode="json") for one in ordered(whole)])


def not_as_signed(release: Path, given: Sequence[Waiver]) -> str | None:
    """Why waivers are not those that a release was signed off with; None when they are.

    Nothing is wrong where nobody has signed: then the key of the release answers alone.
    """
    if not records_of(release):
        return None
    signed, now = ({one.gate: one for one in ones} for ones in (kept_waivers(release), given))
    said = [
        *(f"{gate} was not waived then" for gate in sorted(set(now) - set(signed))),
        *(f"the waiver of {gate} is gone" for gate in sorted(set(signed) - set(now))),
        *(
            f"the waiver of {gate} has changed"
            for gate in sorted(set(signed) & set(now))
            if signed[gate] != now[gate]
        ),
    ]
    if not said and len(given) == len(kept_waivers(release)):
        return None
    why = "; ".join(said) or "a gate is waived twice"
    return f"the waivers are not those that were signed off: {why}; sign off with --waivers FILE"


def ended(waivers: Iterable[Waiver], day: date | None) -> tuple[str, ...]:
    """One sentence for each waiver that is over on a day."""
    return tuple(
        f"the waiver of {one.gate} ended on {one.expires}"
        for one in ordered(waivers)
        if day and one.expires < day
    )


def said_of_waivers(release: Path, approved: Any, as_of: date | None) -> list[str]:  # noqa: ANN401
    """What the waivers that a release shows do not bear out of its approvals.

    Args:
        release: an issued release, or a copy that was handed out.
        approved: approvals as its signed statement has them.
        as_of: day on which the waivers must count; None for any.

    Returns:
        One sentence a problem; none when all is well.
    """
    records = approved if isinstance(approved, list) else []
    known = [one for one in records if isinstance(one, dict)]
    signed = {str(one.get("role")): one.get("waivers_sha256") for one in known}
    told = read_json(release / GATES)
    lists = [told.get(name, []) for name in ("waivers", "waivers_not_needed")]
    shown = [one for listed in lists if isinstance(listed, list) for one in listed]
    try:
        waivers = [Waiver.model_validate(one) for one in shown]
    except ValidationError:
        return [f"{GATES}: its waivers cannot be read"]
    digest = digest_of_waivers(waivers)
    others = sorted(role for role, over in signed.items() if over != digest)
    problems = [f"{GATES}: the waivers are not those that {role} signed off" for role in others]
    void = "; every approval over it is void" if signed else ""
    return problems + [f"{GATES}: {one}{void}" for one in ended(waivers, as_of)]
