"""Where a release stands: every gate, those of the release too, with the waivers in force."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from governance.integrity.signed_waivers import kept_waivers
from governance.validate import judge
from governance.validate.check import Check, Finding, Gate
from governance.validate.evidence import Evidence, Progress, gather
from governance.validate.gates import GATES
from governance.validate.overlaps import Compare
from governance.validate.recheck import Find
from schemas.waivers import Waiver, WaiverFile
from schemas.yaml_files import read_record

PASSED, FAILED, WAIVED, NOT_JUDGED = "passed", "failed", "waived", "not judged"


@dataclass(frozen=True)
class Standing:
    """All gates of a release on a day.

    Args:
        release: name and version.
        manifest_root: digest of the files that were judged, or None.
        as_of: the day that ages and expiries were held against.
        gates: in their order.
        waivers: those in force for a gate that failed.
        refused: one sentence for every waiver that does not count.
        idle: waivers that are given for a gate that did not fail.
    """

    release: str
    manifest_root: str | None
    as_of: date
    gates: tuple[Gate, ...]
    waivers: tuple[Waiver, ...] = ()
    refused: tuple[str, ...] = ()
    idle: tuple[Waiver, ...] = ()

    def state(self, gate: Gate) -> str:
        """What became of a gate: passed, failed, waived, or not judged."""
        if not gate.judged:
            return NOT_JUDGED
        if gate.passed:
            return PASSED
        return WAIVED if gate.id in {waiver.gate for waiver in self.waivers} else FAILED

    @property
    def blocking(self) -> tuple[Gate, ...]:
        """The gates that stand in the way: failed, not waived, and no mere warnings."""
        failed = (gate for gate in self.gates if self.state(gate) == FAILED)
        return tuple(gate for gate in failed if gate.severity == "critical")

    @property
    def passed(self) -> bool:
        """True when nothing stands in the way of files that a manifest names."""
        return not self.blocking and self.manifest_root is not None

    def as_dict(self) -> dict[str, Any]:
        """For JSON: gates with their state and kind, waivers, refusals."""
        rows = [
            {**asdict(gate), "state": self.state(gate), "kind": kind(gate)} for gate in self.gates
        ]
        return {
            "release": self.release,
            "manifest_root": self.manifest_root,
            "as_of": self.as_of.isoformat(),
            "passed": self.passed,
            "gates": rows,
            "waivers": [waiver.model_dump(mode="json") for waiver in self.waivers],
            "waivers_not_needed": [waiver.model_dump(mode="json") for waiver in self.idle],
            "refused_waivers": list(self.refused),
        }


def kind(gate: Gate) -> str:
    """`blocking`, `waivable` or `warning`: what a failure of it means."""
    if gate.severity == "warning":
        return "warning"
    return "waivable" if gate.waivable else "blocking"


def stand(
    release: Path,
    *,
    as_of: date,
    waivers: Path | None = None,
    find: Find | None = None,
    progress: Progress | None = None,
    compare: Compare | None = None,
) -> Standing:
    """Holds a release against every gate there is. Writes nothing.

    Args:
        release: the release folder.
        as_of: the day that ages and expiries are held against.
        waivers: file of waivers; None takes those that the release was signed off with.
        find: finds personal data in texts; the project's own recognisers when None.
        progress: told what is being done, and how far.
        compare: looks for passages of evaluation sets in texts.

    Raises:
        InputError: the folder is no release, or the waivers are incomplete: each mistake with
            its line.
    """
    given = waivers_for(release, waivers)
    return stand_on(gather(release, find, progress, as_of, compare), given, as_of)


def read_waivers(path: Path | None) -> list[Waiver]:
    """The waivers of a file; none when there is no file.

    Raises:
        InputError: they are incomplete: each mistake with its line.
    """
    return read_record(path, WaiverFile).waivers if path else []


def waivers_for(release: Path, path: Path | None) -> list[Waiver]:
    """The waivers of a file, else those that a release was signed off with.

    Raises:
        InputError: they are incomplete: each mistake with its line.
    """
    return read_waivers(path) if path else list(kept_waivers(release))


def stand_on(evidence: Evidence, given: list[Waiver], as_of: date) -> Standing:
    """Every gate, judged on what was gathered of a release, with the waivers that count."""
    asked = replace(evidence, waivers=tuple(given))
    return _weighed(asked, tuple(judge(check, asked) for check in GATES), given, as_of)


def stand_while_made(
    evidence: Evidence, given: list[Waiver], as_of: date, rendered: Path | None = None
) -> Standing:
    """The same of a release that is being made: what it already holds of that does not count.

    Args:
        evidence: of what the run left.
        given: waivers.
        as_of: the day of publication.
        rendered: folder with what was rendered and is not in its place yet; None before that.
    """
    asked = replace(evidence, waivers=tuple(given))
    gates = tuple(_judge_while_made(check, asked, rendered) for check in GATES)
    return _weighed(asked, gates, given, as_of)


def _judge_while_made(check: Check, evidence: Evidence, rendered: Path | None) -> Gate:
    if check.moment == "issued":
        note = "Signed after this was written: endonym verify and endonym gates judge it"
    elif check.moment != "rendered":
        return judge(check, evidence)
    elif rendered:
        there = replace(evidence, release=replace(evidence.release, folder=rendered))
        return judge(check, there)
    else:
        note = "Nothing is rendered yet: endonym release does it"
    return judge(replace(check, find=lambda _: Finding(0, note=note, judged=False)), evidence)


def _weighed(
    evidence: Evidence, gates: tuple[Gate, ...], given: list[Waiver], as_of: date
) -> Standing:
    counting, refused = weigh(given, gates, as_of)
    opened = evidence.release
    idle = () if refused else tuple(one for one in given if one not in counting)
    return Standing(opened.name, opened.manifest_root, as_of, gates, counting, refused, idle)


def refusals(given: list[Waiver], as_of: date) -> tuple[str, ...]:
    """Why waivers cannot count on a day, whatever the gates say; none when all of them can."""
    asked = tuple(
        Gate(one.id, one.title, False, 0, one.limit, one.unit, one.severity, (), "",
             judged=True, waivable=one.waivable)
        for one in GATES
    )  # fmt: skip
    return weigh(given, asked, as_of)[1]


def weigh(
    given: list[Waiver], gates: tuple[Gate, ...], as_of: date
) -> tuple[tuple[Waiver, ...], tuple[str, ...]]:
    """The waivers that count, and why the others do not."""
    known = {gate.id: gate for gate in gates}
    counting: list[Waiver] = []
    refused: list[str] = []
    for waiver in given:
        gate = known.get(waiver.gate)
        if gate is None:
            refused.append(f"{waiver.gate}: there is no such gate")
        elif not gate.waivable:
            refused.append(f"{waiver.gate}: blocks always, nobody can waive it; mend what is wrong")
        elif waiver.expires < as_of:
            refused.append(f"{waiver.gate}: the waiver ended on {waiver.expires}; decide again")
        elif waiver.gate in {one.gate for one in counting}:
            refused.append(f"{waiver.gate}: is waived twice; keep one waiver a gate")
        elif gate.failed:
            counting.append(waiver)
    return tuple(counting), tuple(refused)
