"""The record of an approval: what it says, how it is signed, and where it lies."""

import base64
import binascii
import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from governance.integrity import signature
from governance.integrity.canonical import canonical
from governance.release_folder import read_json

FOLDER = "signoff"
#: The waivers that approvers answer for, beside their records.
WAIVERS = "waivers.json"
#: Stands before what is signed, so that an approval is never mistaken for another document.
_CONTEXT = b"endonym approval 1\n"
_ROLE = re.compile(r"[a-z][a-z-]{0,39}")


@dataclass(frozen=True)
class Approval:
    """One person's word about a release.

    Args:
        role: for which the person signs.
        name: of the person; internal, never handed out.
        day: on which it was signed.
        key: fingerprint of the key.
        statement_sha256: digest of manifest root, gates, report and waivers.
        dissent: why the person does not agree; empty when he does.
        statement_language: language in which the person read the report, BCP 47.
        waivers_sha256: digest of the waivers that the person answers for, part of the
            statement; alone too, so that a copy that is handed out can be held against it.
    """

    role: str
    name: str
    day: str
    key: str
    statement_sha256: str
    dissent: str = ""
    statement_language: str = ""
    waivers_sha256: str = ""


def is_signed(approval: Approval, record: dict[str, Any]) -> bool:
    """True when the record is signed with the key that it names."""
    try:
        spki, signed = (
            base64.b64decode(record[name], validate=True) for name in ("public_key", "signature")
        )
    except (KeyError, TypeError, ValueError, binascii.Error):
        return False
    is_own = signature.fingerprint_of(spki) == approval.key
    return is_own and signature.verify_with(payload(approval), signed, spki)


def payload(approval: Approval) -> bytes:
    """The bytes that are signed."""
    return _CONTEXT + canonical(asdict(approval))


def read_approval(record: dict[str, Any]) -> Approval | None:
    """The approval in a record; None when it is no such record."""
    names = tuple(Approval.__dataclass_fields__)
    if set(record) != {*names, "public_key", "signature"}:
        return None
    values = [record[name] for name in names]
    is_text = all(isinstance(value, str) for value in values)
    return Approval(*values) if is_text and _ROLE.fullmatch(values[0]) else None


def records_of(release: Path) -> dict[str, dict[str, Any]]:
    """The records that lie in a release, by the role in their names."""
    paths = sorted((release / FOLDER).glob("*.json"))
    return {path.stem: read_json(path) for path in paths if path.name != WAIVERS}


def write_record(path: Path, record: dict[str, Any]) -> None:
    """Writes a record whole or not at all; its folder is open to its owner alone."""
    path.parent.mkdir(exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}.partial")
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def same_person(role: str, name: str, key: str, others: Sequence[Approval]) -> str | None:
    """Why this would be a second role of one person or one key; None when it is not."""
    for other in others:
        if other.role == role:
            continue
        if other.key == key:
            return f"the same key signed as {other.role}; nobody signs for two roles"
        if _folded(other.name) == _folded(name):
            return f"the same person signed as {other.role}; nobody signs for two roles"
    return None


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
