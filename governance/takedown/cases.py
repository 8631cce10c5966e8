"""The store of cases: what was asked, by whom, and how far it is.

Beside what may be kept for ever (an opaque id, ground, days, counts, ids of documents) lies one
file with the requester and the raw values that were asked for. It is in no other place, and
`forget` erases it.
"""

import re
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from governance.corpus import Corpus
from governance.release_folder import read_json
from governance.takedown.grounds import deadline, ground
from governance.takedown.stored import write_json
from schemas.errors import InputError
from schemas.takedown import Covers, GroundCode, TakedownRequest, TakedownRules

OPENED, LOCATED, APPLIED, CERTIFIED = "opened", "located", "applied", "certified"
_CASE, _PERSONAL = "case.json", "request.json"
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Case:
    """A request to take documents down, without who asked and without what was asked for.

    Args:
        id: sixteen hexadecimal characters, drawn by chance.
        ground: why.
        covers: whether copies elsewhere go too.
        received: day of receipt.
        deadline: last day.
        kinds: by what kinds of names the documents are asked for, in order.
        status: `opened`, `located`, `applied` or `certified`.
        excepted: ids of documents that the steward left out.
        forgotten: whether the request itself was erased.
        applied_on: day of the batch, once it is applied.
    """

    id: str
    ground: GroundCode
    covers: Covers
    received: str
    deadline: str
    kinds: tuple[str, ...]
    status: str = OPENED
    excepted: tuple[str, ...] = ()
    forgotten: bool = False
    applied_on: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def folder_of(corpus: Corpus, case: str) -> Path:
    """Where a case lies."""
    return corpus.state / "cases" / case


def open_case(corpus: Corpus, request: TakedownRequest, today: date) -> Case:
    """Enters a request under a new opaque id.

    Args:
        corpus: of the programme.
        request: as received; its files were read already.
        today: when the request does not say when it was received.
    """
    received = request.received or today
    rules = getattr(corpus.policy, "takedown", TakedownRules())
    last = request.deadline or deadline(request.ground, received, rules)
    case = Case(
        secrets.token_hex(8),
        request.ground,
        request.covers or ground(request.ground).covers,
        received.isoformat(),
        last.isoformat(),
        tuple(matcher.kind for matcher in request.match),
    )
    folder = folder_of(corpus, case.id)
    folder.mkdir(parents=True, mode=0o700)
    folder.parent.chmod(0o700)
    write_json(folder / _PERSONAL, request.model_dump(mode="json"))
    save(corpus, case)
    return case


def save(corpus: Corpus, case: Case, **changes: Any) -> Case:  # noqa: ANN401  # fields of Case
    """Keeps a case, changed as told, and gives it back."""
    changed = replace(case, **changes)
    write_json(folder_of(corpus, case.id) / _CASE, changed.as_dict())
    return changed


def load(corpus: Corpus, case: str) -> Case:
    """The case with an id.

    Raises:
        InputError: there is none.
    """
    found = read_json(folder_of(corpus, case) / _CASE) if _ID.fullmatch(case) else {}
    if not found:
        raise InputError(f"there is no case {case[:16]!r}; `endonym takedown status` lists them")
    lists = {name: tuple(found[name]) for name in ("kinds", "excepted")}
    return Case(**{**found, **lists})


def every(corpus: Corpus) -> list[Case]:
    """All cases, by deadline."""
    folder = corpus.state / "cases"
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    found = [load(corpus, name) for name in names if (folder / name / _CASE).is_file()]
    return sorted(found, key=lambda case: (case.deadline, case.id))


def request_of(corpus: Corpus, case: Case) -> TakedownRequest:
    """What was asked for.

    Raises:
        InputError: it was erased.
    """
    found = read_json(folder_of(corpus, case.id) / _PERSONAL)
    if not found:
        raise InputError(f"case {case.id}: the request was erased; open it anew")
    return TakedownRequest.model_validate(found)


def forget(corpus: Corpus, case: Case) -> Case:
    """Erases the requester and the raw values; the rest of the case stays."""
    path = folder_of(corpus, case.id) / _PERSONAL
    path.unlink(missing_ok=True)
    return save(corpus, case, forgotten=True)
