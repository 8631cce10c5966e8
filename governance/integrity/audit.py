"""The audit log of a corpus: who did what, in an order that cannot be changed unnoticed.

One entry a line, each with the hash of the one before it. An entry that `append` has
returned is on the disk. What a killed process left half written at the end is completed
when it is whole but for its line end; else it is cut, and the next entry says so.

Source: hash chains after Schneier and Kelsey, "Secure Audit Logs to Support Computer
Forensics", ACM TISSEC 2(2), 1999.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from governance.integrity.audit_values import Value, check_entry
from governance.integrity.canonical import canonical, digest_of
from schemas.errors import InputError

LOG = "log.jsonl"
#: What the first entry has in place of a hash before it.
GENESIS = "0" * 64
#: The action of the entry that tells of a half-written one.
MENDED = "audit.mended"
#: More than the longest line: 64 facts of two short names each.
_TAIL_BYTES = 1 << 17


@dataclass(frozen=True)
class Head:
    """The last entry of a log at some time; `seq` is 0 for an empty one."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Entry:
    """One thing that was done.

    Args:
        seq: its place, from 1.
        at: day or time, as the caller gives it.
        actor_role: role of who did it; never a name.
        action: what was done, a code such as `takedown.apply`.
        object: id of what it was done to.
        facts: ids, codes, digests, numbers and days by name.
        policy_version: name, version or digest of the policy in force, or None.
        prev_hash: hash of the entry before it.
        hash: sha256 of all of the above.
    """

    seq: int
    at: str
    actor_role: str
    action: str
    object: str
    facts: dict[str, Value] = field(default_factory=dict)
    policy_version: str | None = None
    prev_hash: str = GENESIS
    hash: str = ""

    def as_line(self) -> bytes:
        """The line of the log, without its end."""
        return canonical(asdict(self))

    def as_head(self) -> Head:
        """What the log ends with when this is its last entry."""
        return Head(self.seq, self.hash)

    def own_hash(self) -> str:
        """The hash that this entry must have."""
        return digest_of({name: value for name, value in asdict(self).items() if name != "hash"})


def read_entry(line: bytes) -> Entry | None:
    """The entry of a line exactly as `as_line` writes it, or None; its hash is not judged."""
    try:
        found = json.loads(line)
        entry = Entry(**found)
        is_same = entry.as_line() == line
    except (ValueError, TypeError, RecursionError):
        return None
    return entry if is_same and type(entry.seq) is int and isinstance(entry.hash, str) else None


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
        with _locked(self.folder), _writing(self.path):
            last, cut_bytes = _mend(self.path)
            if cut_bytes:
                told = Entry(0, at, actor_role, MENDED, "audit:log", {"cut_bytes": cut_bytes})
                last = _write(self.path, told, last).as_head()
            entry = _write(self.path, draft, last)
            if self._signing_key:
                from governance.integrity import audit_heads  # noqa: PLC0415  # it imports us

                audit_heads.add_head(self.folder, entry.as_head(), self._signing_key)
        return entry

    def sign_head(self, private_key: Path) -> Head:
        """Signs what the log ends with, adds it to `heads.jsonl`, and gives it back.

        Raises:
            InputError: the log is empty or damaged, or the key cannot be used.
        """
        from governance.integrity import audit_heads  # noqa: PLC0415  # it imports us

        with _locked(self.folder), _writing(self.path):
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


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file with their ends; none when there is no file."""
    if path.exists():
        with path.open("rb") as file:
            yield from file


def append_line(path: Path, line: bytes) -> None:
    """Adds a line to a file and waits until it is on the disk."""
    is_new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(line + b"\n")
        file.flush()
        os.fsync(descriptor)
    if is_new:
        _sync_folder(path.parent)


def cut_torn_line(path: Path) -> int:
    """Takes away what follows the last line end; how many bytes that was."""
    torn = _tail(path)[1]
    if torn:
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size - len(torn))
            os.fsync(file.fileno())
    return len(torn)


def _write(path: Path, draft: Entry, last: Head) -> Entry:
    linked = Entry(**{**asdict(draft), "seq": last.seq + 1, "prev_hash": last.hash})
    entry = Entry(**{**asdict(linked), "hash": linked.own_hash()})
    append_line(path, entry.as_line())
    return entry


def _mend(path: Path) -> tuple[Head, int]:
    """The last entry, after a half-written line was completed or cut; the bytes that were cut."""
    if not path.exists():
        return Head(0, GENESIS), 0
    line, torn = _tail(path)
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


def _tail(path: Path) -> tuple[bytes | None, bytes]:
    """The last whole line without its end, None when there is none, and the bytes after it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        *lines, torn = file.read().split(b"\n")
    return (lines[-1] if lines else None), torn


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time; the lock goes when the process does."""
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{path}: the audit log cannot be written ({error.strerror}); nothing is done that"
            " cannot be entered in it; make room or give the right to write there"
        ) from None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _damaged(path: Path, number: int | None) -> InputError:
    where = f"line {number}" if number else "its last line"
    return InputError(
        f"{path}: {where} is no entry of the log; endonym audit verify says what happened"
    )
