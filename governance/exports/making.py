"""Makes a release out of what a run left: judged, signed off, rendered, listed, signed.

Whatever speaks against it is told before anything is written. The signed statement comes
last, so a release that broke off in between is none, and the same command makes it whole.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from governance.exports import render
from governance.exports.decided import check_gates, judge, told
from governance.exports.earlier import open_earlier
from governance.exports.export import Made
from governance.exports.legal_codes import licence_texts
from governance.exports.material import Material, Progress, gather
from governance.exports.order import Issued, Order
from governance.exports.placing import check_empty, copy_out, put, shipped, write_files
from governance.integrity import merkle
from governance.integrity.paths import SUMS
from governance.integrity.statement import write_statement
from governance.integrity.sums import read_sums, write_sums
from governance.release_folder import Release, open_release
from governance.validate.evidence import Evidence
from governance.validate.standing import stand_while_made, waivers_for
from schemas.errors import InputError

__all__ = ["Issued", "Order", "make_release"]


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
    check_empty(order.to)
    earlier = open_earlier(order.previous, str(release.run.get("name"))) if order.previous else None
    evidence, decided = judge(order, release, day, progress)
    material = gather(order.folder, day, told(order, decided), earlier, progress)
    material = replace(material, licence_texts=licence_texts(order.licences))
    material, made = _checked(order, material, evidence)
    write_files(order.folder, made)
    merkle.write_tree(order.folder)
    write_sums(order.folder, shipped(order.folder, made))
    _sign(order, material)
    listed = read_sums(order.folder / SUMS)[0]
    where = copy_out(order, listed) if order.to else order.folder
    return Issued(where, len(listed), made.gaps, order.key is not None)


def _day(order: Order, release: Release) -> date:
    stated = (release.run.get("settings") or {}).get("as_of")
    if order.as_of or stated:
        return order.as_of or date.fromisoformat(str(stated))
    raise InputError(
        f"{order.folder}: the run states no day; give the day of publication as --as-of 2026-11-25"
    )


def _checked(order: Order, material: Material, evidence: Evidence) -> tuple[Material, Made]:
    """Renders, holds what was rendered against its gates, and renders with those told."""
    given, day = waivers_for(order.folder, order.waivers), material.as_of
    with TemporaryDirectory() as place:
        put(Path(place), render(material))
        decided = stand_while_made(evidence, given, day, Path(place))
    check_gates(order, decided, {"gates": []})
    whole = replace(material, standing=told(order, decided))
    return whole, render(whole)


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
