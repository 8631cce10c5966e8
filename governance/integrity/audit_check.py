"""Whether the audit log is as it was written: nothing removed, changed, put in or moved.

The chain shows what was done to single lines. That it was not cut at the end, or written
anew from some entry on, shows by what was told outside of it: heads that were signed, and
heads that releases state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from governance.integrity.audit import LOG
from governance.integrity.audit_entry import GENESIS, Entry, Head, read_entry
from governance.integrity.audit_file import read_lines
from governance.integrity.audit_heads import HEADS, read_heads
from governance.release_folder import read_json


@dataclass(frozen=True)
class AuditVerdict:
    """What was found.

    Args:
        problems: one sentence for everything wrong, with the entry's number; none is intact.
        notes: what the reader should know even when all is well.
        entries: how many lines were read.
        head: the last entry.
    """

    problems: tuple[str, ...]
    notes: tuple[str, ...]
    entries: int
    head: Head


def check_log(
    folder: Path, public_key: Path | None = None, told: Mapping[str, Head] | None = None
) -> AuditVerdict:
    """Reads the whole log.

    Args:
        folder: of the log; an absent one is an empty log.
        public_key: of the key that signs heads; without it signatures are not checked.
        told: heads that were stated elsewhere, by where: those of releases.

    Raises:
        InputError: the key file is no key.
    """
    problems: list[str] = []
    hashes = _chain(folder / LOG, problems)
    signed = read_heads(folder)
    notes = _signed(folder, public_key, hashes, problems)
    for where, head in (told or {}).items():
        problems += _meets(head, hashes, f"the head that {where} states")
    if not signed and not told:
        notes.append("no head was signed or released: a log cut at its end would not be noticed")
    last = max(hashes, default=0)
    found = tuple(dict.fromkeys(problems))
    return AuditVerdict(found, tuple(notes), len(hashes), Head(last, hashes.get(last, GENESIS)))


def released_heads(releases: list[Path]) -> dict[str, Head]:
    """The heads that releases state in `audit/head.json`, by version."""
    found = {}
    for release in releases:
        record = read_json(release / "audit" / "head.json")
        seq, digest = record.get("seq"), record.get("hash")
        if type(seq) is int and isinstance(digest, str):
            found[f"release {release.name}"] = Head(seq, digest)
    return found


def _chain(path: Path, problems: list[str]) -> dict[int, str]:
    """The hash that stands at each place, from the entries that can be read."""
    hashes: dict[int, str] = {}
    last, expected = Head(0, GENESIS), 1
    for number, line in enumerate(read_lines(path), start=1):
        if not line.endswith(b"\n"):
            problems.append(
                f"entry {expected}: is half written; an entry that was being added when the"
                " program was killed, or the end was cut; the next entry will tell"
            )
            break
        entry = read_entry(line[:-1])
        if entry is None or entry.hash != entry.own_hash():
            problems.append(f"entry {expected}: was changed (line {number})")
            # What was changed is told once: the next entry says what stood here.
            hashes.setdefault(expected, "")
            last, expected = Head(expected, ""), expected + 1
            continue
        problem = _link(entry, last, expected, hashes)
        problems += [problem] if problem else []
        if entry.seq >= expected:
            hashes.setdefault(entry.seq, entry.hash)
            last, expected = entry.as_head(), entry.seq + 1
    return hashes


def _link(entry: Entry, last: Head, expected: int, hashes: Mapping[int, str]) -> str | None:
    if entry.seq > expected:
        few = f"entry {expected} is" if entry.seq == expected + 1 else (
            f"entries {expected} to {entry.seq - 1} are"
        )  # fmt: skip
        return f"{few} missing before entry {entry.seq}"
    if entry.seq < expected:
        kind = (
            "stands there twice" if hashes.get(entry.seq) == entry.hash else "was put in or moved"
        )
        return f"entry {entry.seq}: {kind}; it stands after entry {last.seq}"
    if last.hash and entry.prev_hash != last.hash:
        before = f"entry {last.seq}" if last.seq else "the beginning"
        return f"entry {entry.seq}: does not follow on {before}; one of them was exchanged"
    return None


def _signed(
    folder: Path, public_key: Path | None, hashes: Mapping[int, str], problems: list[str]
) -> list[str]:
    heads = read_heads(folder)
    for number, head in enumerate(heads, start=1):
        if head is None:
            problems.append(f"{HEADS}: line {number} is no signed head")
            continue
        if public_key and not head.is_signed_by(public_key):
            problems.append(
                f"{HEADS}: line {number}, of entry {head.seq}, is not signed with this key"
            )
            continue
        problems += _meets(Head(head.seq, head.hash), hashes, "its signed head")
    if heads and not public_key:
        return ["the signatures of heads were not checked: give --public-key"]
    return []


def _meets(head: Head, hashes: Mapping[int, str], what: str) -> list[str]:
    if head.seq == 0 or hashes.get(head.seq) == head.hash:
        return []
    if head.seq > max(hashes, default=0):
        missing = max(hashes, default=0) + 1
        return [
            f"entry {missing}: the log was cut here; {what} says that entry {head.seq} was there"
        ]
    return [f"entry {head.seq}: is not the one that was there by {what}"]
