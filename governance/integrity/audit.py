"""The audit log of a corpus: who did what, in an order that cannot be changed unnoticed.

One entry a line, each with the hash of the one before it. An entry that `append` has
returned is on the disk. What a killed process left half written at the end is completed
when it is whole but for its line end; else it is cut, and the next entry says so.

Source: hash chains after Schneier and Kelsey, "Secure Audit Logs to Support Computer
Forensics", ACM TISSEC 2(2), 1999.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from governance.integrity import audit_heads
from governance.integrity.audit_entry import GENESIS, Entry, Head, read_entry
from governance.integrity.audit_file import (
    append_line,
    cut_torn_line,
    locked,
    read_lines,
    tail,
    writing,
)
from governance.integrity.audit_values import Value, check_entry
from schemas.errors import InputError

__all__ = ["LOG", "MENDED", "AuditLog", "Entry", "Head"]

LOG = "log.jsonl"
#: The action of the entry that tells of a half-written one.
MENDED = "audit.mended"


class AuditLog:
    """The append-only log in a folder.

    Args:
        folder: `corpus.state / "audit"`; made on the first entry.
        signing_key: the programme's private key as a PEM file; if given, every entry is
            followed by a signed head, so that nobody without the key can cut the log.
    """

    def __init__(self, folder: Path, signing_key: Path | None = None) -> None:
        self.folder = folder
        self._signing_key = signing_key

    @property
    def path(self) -> Path:
        """The file of the entries."""
        return self.folder / LOG

    def append(
        self,
        action: str,
        object_id: str,
        *,
        actor_role: str,
        at: str,
        facts: Mapping[str, Value] | None = None,
        policy_version: str | None = None,
    ) -> Entry:
        """Adds an entry; when this returns, it is on the disk.

        Args:
            action: a code such as `takedown.apply`.
            object_id: a digest, a document id, or an id of a kind such as `case:1a2b3c4d`.
            actor_role: a code such as `data-steward`.
            at: a day, or a time with its zone.
            facts: by name; strings are ids, codes, digests or days.
            policy_version: of the policy in force.

        Raises:
            InputError: a value is free text; or the log is damaged, or cannot be written.
        """
        given = dict(facts or {})
        check_entry(action=action, object_id=object_id, actor_role=actor_role, at=at,
                    facts={**given, "policy_version": policy_version})  # fmt: skip
        draft = Entry(0, at, actor_role, action, object_id, given, policy_version)
        with locked(self.folder), writing(self.path):
            last, cut_bytes = _mend(self.path)
            if cut_bytes:
                told = Entry(0, at, actor_role, MENDED, "audit:log", {"cut_bytes": cut_bytes})
                last = _write(self.path, told, last).as_head()
            entry = _write(self.path, draft, last)
            if self._signing_key:
                audit_heads.add_head(self.folder, entry.as_head(), self._signing_key)
        return entry

    def sign_head(self, private_key: Path) -> Head:
        """Signs what the log ends with, adds it to `heads.jsonl`, and gives it back.

        Raises:
            InputError: the log is empty or damaged, or the key cannot be used.
        """
        with locked(self.folder), writing(self.path):
            head = self.head()
            if not head.seq:
                raise InputError(f"{self.path}: has no entry yet, so there is nothing to sign")
            audit_heads.add_head(self.folder, head, private_key)
        return head

    def entries(self) -> Iterator[Entry]:
        """Every entry in order, without judging the chain; none before the first.

        A last line that is half written is left out.

        Raises:
            InputError: a line is no entry.
        """
        for number, line in enumerate(read_lines(self.path), start=1):
            entry = read_entry(line.removesuffix(b"\n"))
            if entry is not None:
                yield entry
            elif line.endswith(b"\n"):
                raise _damaged(self.path, number)

    def head(self) -> Head:
        """The last entry's place and hash; what a release states in `audit/head.json`."""
        last = Head(0, GENESIS)
        for entry in self.entries():
            last = entry.as_head()
        return last


def _write(path: Path, draft: Entry, last: Head) -> Entry:
    linked = Entry(**{**asdict(draft), "seq": last.seq + 1, "prev_hash": last.hash})
    entry = Entry(**{**asdict(linked), "hash": linked.own_hash()})
    append_line(path, entry.as_line())
    return entry


def _mend(path: Path) -> tuple[Head, int]:
    """The last entry, after a half-written line was completed or cut; the bytes that were cut."""
    if not path.exists():
        return Head(0, GENESIS), 0
    line, torn = tail(path)
    last = Head(0, GENESIS)
    if line is not None:
        entry = read_entry(line)
        if entry is None or entry.hash != entry.own_hash():
            raise _damaged(path, None)
        last = entry.as_head()
    whole = read_entry(torn)
    if whole and whole.hash == whole.own_hash() and whole.prev_hash == last.hash:
        append_line(path, b"")
        return whole.as_head(), 0
    return last, cut_torn_line(path)


def _damaged(path: Path, number: int | None) -> InputError:
    where = f"line {number}" if number else "its last line"
    return InputError(
        f"{path}: {where} is no entry of the log; endonym audit verify says what happened"
    )
