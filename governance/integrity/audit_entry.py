"""One entry of the audit log: what it says, its hash, and its line."""

import json
from dataclasses import asdict, dataclass, field

from governance.integrity.audit_values import Value
from governance.integrity.canonical import canonical, digest_of

#: What the first entry has in place of a hash before it.
GENESIS = "0" * 64


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
