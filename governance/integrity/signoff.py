"""Sign-off: who approved a release, each with a key of his own, for exactly these bytes.

An approval is signed over the digest of manifest, gates, report and waivers. It lies in the
release's internal `signoff/` folder, one file a role; whatever changes afterwards voids it.
Nobody signs for two roles: neither one key nor one name.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from governance import manifest
from governance.integrity import signature
from governance.integrity.canonical import digest_of
from governance.integrity.paths import file_digest
from governance.integrity.signed_waivers import digest_of_waivers, keep_waivers, kept_waivers
from governance.integrity.signoff_record import (
    FOLDER,
    Approval,
    payload,
    read_approval,
    records_of,
    same_person,
    write_record,
)
from governance.integrity.signoff_rules import Rules
from governance.release_folder import open_release, read_json
from schemas.errors import InputError, ValidationFailedError
from schemas.waivers import Waiver

GATES = "validation/results.json"
#: What every report has; all its pages are signed over.
REPORT = ("report/index.html", "report/review.json")
#: Made when the release is issued, after it was signed.
_ISSUED_LATER = ".public."
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def statement_of(release: Path) -> dict[str, str]:
    """What an approver answers for: manifest, gates, report and waivers, each by its digest.

    Raises:
        InputError: one of them is missing, or the gates judged other files.
    """
    files = read_json(release / manifest.NAME).get("files")
    if not isinstance(files, list) or not all(map(manifest.is_entry, files)):
        raise InputError(f"{release}: no readable {manifest.NAME} here; was the run finished?")
    root = manifest.root_of(files)
    missing = [name for name in (GATES, *REPORT) if not (release / name).is_file()]
    if missing:
        raise InputError(
            f"{release}: there is no {missing[0]}; run endonym validate and endonym report first"
        )
    if read_json(release / GATES).get("manifest_root") != root:
        raise InputError(f"{release}: the gates judged other files; run endonym validate again")
    report = {name: file_digest(release / name) for name in _report_files(release)}
    return {
        "gates": file_digest(release / GATES),
        "manifest": file_digest(release / manifest.NAME),
        "report": digest_of(report),
        "root": root,
        "waivers": digest_of_waivers(kept_waivers(release)),
    }


def _report_files(release: Path) -> list[str]:
    """Every file of the report, by its path: a page changed, added or lost voids a signature."""
    found = [path for path in (release / "report").rglob("*") if path.is_file()]
    named = (path.relative_to(release).as_posix() for path in found)
    return sorted(name for name in named if _ISSUED_LATER not in name)


def sign_off(  # noqa: PLR0913  # an approval has as many parts
    release: Path,
    role: str,
    by: str,
    key: Path,
    *,
    day: str,
    rules: Rules | None = None,
    dissent: str = "",
    statement_language: str = "",
    waivers: Sequence[Waiver] | None = None,
) -> Approval:
    """Signs a release for a role; the record of an earlier signature for it is replaced.

    Args:
        release: the folder as the run left it; every file is read again first.
        role: one of those that the policy asks for.
        by: name of the person; stays inside.
        key: the person's private key, PEM.
        day: of the signature, as 2026-11-25.
        rules: who may sign; those of the release's policy when None.
        dissent: why the person does not agree; the release cannot be issued then.
        statement_language: language in which the person read the report, BCP 47.
        waivers: the person answers for these, and they take the place of those that were
            signed over before; None is those.

    Raises:
        InputError: the person may not sign for this role, or has signed for another.
        ValidationFailedError: the files are not those of the manifest.
    """
    open_release(release)
    rules = rules or Rules.of(release)
    print_ = signature.fingerprint(key)
    _refuse(role, by, print_, day, rules, records_of(release))
    changed = manifest.verify(release, later=manifest.EXPORTED)
    if changed:
        raise ValidationFailedError(
            f"{release} is not as its manifest says, so it cannot be signed: {changed[0]}"
        )
    if waivers is not None:
        keep_waivers(release, waivers)
    statement = statement_of(release)
    approval = Approval(
        role, by.strip(), day, print_, digest_of(statement), dissent.strip(),
        statement_language, statement["waivers"],
    )  # fmt: skip
    spki = signature.public_bytes(key)
    signed = signature.sign(payload(approval), key)
    record = {
        **asdict(approval),
        "public_key": base64.b64encode(spki).decode("ascii"),
        "signature": base64.b64encode(signed).decode("ascii"),
    }
    write_record(release / FOLDER / f"{role}.json", record)
    return approval


def _refuse(  # the reasons in the order in which a person can mend them
    role: str, name: str, key: str, day: str, rules: Rules, records: Mapping[str, dict[str, Any]]
) -> None:
    if not _DAY.fullmatch(day):
        raise InputError(f"--as-of {day}: write it as 2026-11-25")
    if not name.strip():
        raise InputError("--name: an approval needs the name of the person who gives it")
    others = [read_approval(record) for held, record in records.items() if held != role]
    refusal = rules.refusal(role, key, day)
    refusal = refusal or same_person(role, name, key, [one for one in others if one])
    if refusal:
        raise InputError(f"sign-off as {role} is refused: {refusal}")
