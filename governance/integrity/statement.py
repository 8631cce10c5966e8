"""The signed statement of a release: these very files, these gates, these approvals.

Its subject is the digest of `manifest-sha256.txt`, which lists every file that is handed
out, so one signature covers the release. What it says beside that is made from the files
again and never taken on trust.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from governance.integrity import envelope, merkle, signature
from governance.integrity.canonical import digest_of
from governance.integrity.envelope import Signed
from governance.integrity.paths import (
    AUDIT_HEAD,
    GATES,
    INTERNAL,
    REPORT,
    STATEMENT,
    SUMS,
    file_digest,
)
from governance.manifest import is_entry, root_of
from governance.release_folder import read_json
from schemas.errors import InputError

#: Name and version of what the statement says; `docs/integrity.md` has its fields.
PREDICATE_TYPE = "urn:endonym:corpus-release:v1"
#: What no file of the release says, and the caller does.
GIVEN = ("approvals", "issued", "previous", "tombstone_epoch")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_statement(release: Path, facts: Mapping[str, Any], private_key: Path) -> Path:
    """Signs a release: writes `attestation/release.intoto.jsonl`.

    Args:
        release: the folder, with all files in place and `manifest-sha256.txt` written last.
        facts: `issued` (the day, from --as-of or SOURCE_DATE_EPOCH, never from the clock);
            `previous` (version that this one follows, or None), `tombstone_epoch`
            (or None), `approvals` (those of `signoff.approvals`, or records).
        private_key: PEM file of the programme's signing key.

    Returns:
        The path. The same files, facts and key give the same bytes.

    Raises:
        InputError: `manifest-sha256.txt` is missing, the key cannot be used, or a fact is
            missing or unknown.
    """
    unknown = sorted(set(facts) - set(GIVEN))
    if unknown or not _DAY.fullmatch(str(facts.get("issued"))):
        raise InputError(
            f"statement: it says {', '.join(GIVEN)} and no more, and `issued` is a day"
            " such as 2026-11-25"
        )
    if not (release / SUMS).is_file():
        raise InputError(f"{release}: there is no {SUMS}; endonym release writes it")
    content = {
        "_type": envelope.STATEMENT_TYPE,
        "subject": [{"name": SUMS, "digest": {"sha256": file_digest(release / SUMS)}}],
        "predicateType": PREDICATE_TYPE,
        "predicate": {
            **facts_of(release),
            "approvals": [_approval(one) for one in facts.get("approvals", ())],
            "issued": facts["issued"],
            "previous": facts.get("previous"),
            "signer": _signer(private_key),
            "tombstone_epoch": facts.get("tombstone_epoch"),
        },
    }
    path = release / STATEMENT
    path.parent.mkdir(exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(envelope.seal(content, private_key))
    partial.replace(path)
    return path


def facts_of(release: Path) -> dict[str, Any]:
    """What the files themselves say, as the statement has it; null for what is not there.

    `internal_sha256` is missing from a copy that is handed out, which has no such file.
    """
    run = read_json(release / "run.json") or read_json(release / "release.json")
    policy = run.get("policy")
    files = read_json(release / "manifest.json").get("files")
    tree = read_json(release / merkle.NAME)
    return {
        "audit_head": read_json(release / AUDIT_HEAD) or None,
        "doc_ids": {key: tree.get(key) for key in ("algorithm", "leaves", "root")},
        "gates_sha256": _digest(release / GATES),
        "internal_sha256": _digest(release / INTERNAL),
        "manifest_root": _root(files),
        "name": run.get("name"),
        "policy": _policy(policy),
        "report_sha256": _digest(release / REPORT),
        "version": run.get("version"),
    }


def read_statement(release: Path) -> Signed | None:
    """The statement of a release as it was written; None when it is missing or was changed."""
    path = release / STATEMENT
    if path.is_symlink() or not path.is_file():
        return None
    try:
        signed = envelope.open_envelope(path.read_bytes())
    except OSError:
        return None
    if signed is None or signed.content.get("predicateType") != PREDICATE_TYPE:
        return None
    return signed if isinstance(signed.content.get("predicate"), dict) else None


def signer_of(signed: Signed) -> bytes | None:
    """The public key (DER) that the statement says it is signed with; None when it is not."""
    signer = signed.content["predicate"].get("signer")
    try:
        spki = base64.b64decode(signer["public_key"], validate=True)
    except (ValueError, TypeError, KeyError):
        return None
    is_named = signature.fingerprint_of(spki) == signer.get("key") == signed.key
    return spki if is_named else None


def _signer(private_key: Path) -> dict[str, str]:
    spki = signature.public_bytes(private_key)
    shown = base64.b64encode(spki).decode("ascii")
    return {"key": signature.fingerprint_of(spki), "public_key": shown}


def _approval(given: Any) -> dict[str, Any]:  # noqa: ANN401  # an Approval, or a record of one
    """Role, key, what was signed and when. The name of a person is not published."""
    record = given if isinstance(given, Mapping) else asdict(given)
    told = ("day", "key", "role", "statement_sha256", "waivers_sha256")
    return {name: record[name] for name in told}


def _policy(policy: object) -> dict[str, str | None]:
    if not isinstance(policy, dict):
        return {"name": policy if isinstance(policy, str) else None, "sha256": None}
    return {"name": policy.get("name"), "sha256": digest_of(policy)}


def _digest(path: Path) -> str | None:
    return file_digest(path) if path.is_file() else None


def _root(files: object) -> str | None:
    return root_of(files) if isinstance(files, list) and all(map(is_entry, files)) else None
