"""Decisions of several stewards at once: a file each, written whole, and the view of all."""

import json
import threading
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from governance.decisions.files import Given, conflicts, parse
from schemas.decisions import SCHEMA, DecisionFile
from schemas.errors import InputError


@dataclass
class Team:
    """The folder that stewards' decisions on one report are kept in.

    Args:
        folder: one file a steward; made if it is not there, open to its owner alone.
        release: name and version that the decisions must name.
        digest: of the report that they must name.
    """

    folder: Path
    release: tuple[str, str]
    digest: str
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, data: bytes) -> int:
        """Keeps what one steward has decided so far, in place of what that steward had before.

        Args:
            data: `decisions.json` as the desk makes it; without decisions all are taken back.

        Returns:
            How many decisions are kept of this steward.

        Raises:
            InputError: it is no such file, or is about another report.
        """
        made_by, given = _checked(data)
        if given is not None:
            about = (given.release, given.version)
            if about != self.release or given.report_digest != self.digest:
                raise InputError("these decisions are about another report; open the page again")
        with self._lock:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path = self._path_of(made_by)
            if given is None:
                path.unlink(missing_ok=True)
                return 0
            partial = path.with_name(f".{path.name}.partial")
            partial.write_bytes(data)
            partial.chmod(0o600)
            partial.replace(path)
        return len(given.decisions)

    def merged(self) -> dict[str, Any]:
        """What all have decided, each with role and name; and on what they do not agree.

        Comments stay with who wrote them.
        """
        with self._lock:
            files = self._files()
        rows = [
            {"who": one.who,
             **decision.model_dump(mode="json", include={"kind", "target", "verdict", "value"})}
            for one in files
            for decision in one.content.decisions
        ]  # fmt: skip
        return {"decisions": rows, "conflicts": conflicts(files)}

    def _files(self) -> list[Given]:
        paths = sorted(self.folder.glob("steward-*.json"))
        return [parse(path, path.read_bytes()) for path in paths]

    def _path_of(self, made_by: tuple[str, str]) -> Path:
        """The file of a steward, by role and name; the next free one for somebody new."""
        taken = set()
        for one in self._files():
            who = one.content.made_by
            if (who.role, folded(who.name)) == made_by:
                return one.path
            taken.add(one.path.name)
        names = (f"steward-{number:02d}.json" for number in range(1, len(taken) + 2))
        return self.folder / next(name for name in names if name not in taken)


def folded(name: str) -> str:
    """A name as it is compared: spaces, case and forms of letters do not matter."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _checked(data: bytes) -> tuple[tuple[str, str], DecisionFile | None]:
    """Who decided, and what; None when everything was taken back."""
    try:
        value = json.loads(data)
        is_empty = value["schema"] == SCHEMA and value["decisions"] == []
        made_by = value["made_by"]
        who = (str(made_by["role"]), folded(str(made_by["name"])))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise InputError("this is no file of decisions") from None
    return who, None if is_empty else parse(Path("decisions.json"), data).content
