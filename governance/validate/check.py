"""The shapes of a validation: what a gate asks, what it found, and the whole."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from governance.validate.evidence import Evidence

Severity = Literal["critical", "warning"]
#: When a gate can be judged: when a run ends; only of what is to be released; on the files that
#: `endonym release` renders; or once it has signed them.
Moment = Literal["run", "release", "rendered", "issued"]


@dataclass(frozen=True)
class Finding:
    """What a gate found.

    Args:
        figure: the number that is held against the gate's limit.
        reasons: one sentence for every thing wrong, without values from documents.
        note: one sentence that a steward should read even when all is well.
        judged: False when what it would have to look at is missing; the note says what.
    """

    figure: float
    reasons: tuple[str, ...] = ()
    note: str = ""
    judged: bool = True


@dataclass(frozen=True)
class Check:
    """A gate that a release must pass.

    Args:
        id: as in the suites' `meta`.
        title: what must hold, as a sentence.
        unit: what the figure counts.
        limit: the greatest figure that passes.
        source: where the limit is from.
        find: looks at the evidence.
        severity: what it weighs when its limit is passed; a warning does not block.
        moment: `run` for what the end of a run can judge, `release` for what is asked of
            a release only, `rendered` and `issued` for what it gets when it is made.
        waivable: whether two people may let it pass for a while, with a reason.
    """

    id: str
    title: str
    unit: str
    limit: float
    source: str
    find: Callable[["Evidence"], Finding]
    severity: Severity = "critical"
    moment: Moment = "run"
    waivable: bool = False


@dataclass(frozen=True)
class Gate:
    """A gate as it was passed, or not.

    Args:
        id: of the gate.
        title: what must hold.
        passed: whether it does.
        figure: the number found.
        limit: the greatest number that passes.
        unit: what is counted.
        severity: of the gravest failure; `critical` blocks the release.
        reasons: what is wrong, in sentences.
        note: what a steward should read even when all is well.
        judged: whether a program could judge it; if not, the note says what is missing.
        waivable: whether two people may let it pass for a while.
    """

    id: str
    title: str
    passed: bool
    figure: float
    limit: float
    unit: str
    severity: Severity
    reasons: tuple[str, ...]
    note: str
    judged: bool = True
    waivable: bool = False

    @property
    def failed(self) -> bool:
        """True when it was judged and did not pass."""
        return self.judged and not self.passed


@dataclass(frozen=True)
class Validation:
    """The outcome of all gates.

    Args:
        release: name and version.
        manifest_root: digest of the files that were judged, or None.
        gates: in their order.
    """

    release: str
    manifest_root: str | None
    gates: tuple[Gate, ...]

    @property
    def passed(self) -> bool:
        """True when no gate fails that blocks."""
        return not any(gate.severity == "critical" for gate in self.failed)

    @property
    def may_be_released(self) -> bool:
        """True when everything that blocks has passed, for files that a manifest names."""
        return self.passed and self.manifest_root is not None

    @property
    def failed(self) -> tuple[Gate, ...]:
        """The gates that did not pass, warnings among them."""
        return tuple(gate for gate in self.gates if gate.failed)
