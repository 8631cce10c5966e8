"""A small release that was signed off and issued by hand, for tests of what proves it."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from governance.integrity import merkle
from governance.integrity.approvals import approvals
from governance.integrity.audit import AuditLog
from governance.integrity.signature import NewKeys, new_keys
from governance.integrity.signoff import sign_off
from governance.integrity.statement import write_statement
from governance.integrity.sums import write_sums
from governance.release_folder import read_json
from schemas.policy import Policy
from tests.documents import row
from tests.releases import make_release

DAY = "2026-11-25"
#: People are made up.
NAMES = {"steward": "Made-up Person One", "privacy": "Made-up Person Two"}
TEXTS = {
    "swh_Latn": "Watu wote wamezaliwa huru", "amh_Ethi": "ሰላም ለዓለም", "tam_Taml": "வணக்கம் உலகம்",
    "arb_Arab": "السلام عليكم", "hin_Deva": "नमस्ते दुनिया",
}  # fmt: skip
INTERNAL = ("journal.json", "removed", "quarantine", "validation", "signoff", "run.json",
            "report/index.html", "report/review.json")  # fmt: skip


@dataclass(frozen=True)
class Issued:
    """A release, the copy of it that is handed out, and the keys."""

    release: Path
    copy: Path
    signer: NewKeys
    people: dict[str, NewKeys]
    log: AuditLog


def people_of(folder: Path) -> dict[str, NewKeys]:
    return {role: new_keys(folder / f"{role}.pem") for role in NAMES}


def policy_for(people: dict[str, NewKeys], **keys: list[str]) -> dict:
    signoff = {
        "roles": sorted(people),
        "keys": {role: [pair.fingerprint] for role, pair in people.items()} | keys,
    }
    return {**Policy().model_dump(mode="json"), "signoff": signoff}


def make_finished(folder: Path, policy: dict) -> Path:
    """A release as a run leaves it, gates and report included."""
    rows = [
        row(10 * number + copy, tag, f"{text} {copy}")
        for number, (tag, text) in enumerate(TEXTS.items())
        for copy in range(3)
    ]
    rows.append(row(90, decision={"outcome": "removed", "stage": "screen", "rule": "short"}))
    release = make_release(folder, rows, policy=policy)
    root = read_json(release / "manifest.json")["root"]
    put(release, "validation/results.json", json.dumps({"manifest_root": root, "passed": True}))
    put(release, "report/index.html", "<p>the report</p>")
    put(release, "report/review.json", "{}")
    return release


def make_issued(folder: Path) -> Issued:
    """A release that was signed off, exported and signed; and the copy that is handed out."""
    people, signer = people_of(folder), new_keys(folder / "programme.pem")
    release = make_finished(folder / "2026.11.0", policy_for(people))
    for role, pair in people.items():
        sign_off(release, role, NAMES[role], pair.private, day=DAY)
    log = AuditLog(folder / "audit", signer.private)
    head = log.append(
        "release.issue", "release:demo-2026.11.0", actor_role="steward", at=DAY
    ).as_head()
    issue(release, signer, head={"seq": head.seq, "hash": head.hash})
    copy = folder / "copy"
    for path in shipped(release):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(release / path, copy / path)
    return Issued(release, copy, signer, people, log)


def issue(release: Path, signer: NewKeys, head: dict) -> None:
    put(release, "README.md", "# demo\n")
    put(release, "release.json", json.dumps({"name": "demo", "version": "2026.11.0"}))
    put(release, "quality/gates.json", "[]")
    put(release, "report/steward_report.public.html", "<p>public</p>")
    put(release, "audit/head.json", json.dumps(head))
    merkle.write_tree(release)
    write_sums(release, [path for path in shipped(release) if (release / path).is_file()])
    facts = {"issued": DAY, "previous": "2026.10.0", "approvals": approvals(release).approvals}
    write_statement(release, facts, signer.private)


def shipped(release: Path) -> list[str]:
    found = [path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()]
    return [path for path in found if not path.startswith((*INTERNAL, "internal-"))]


def put(release: Path, name: str, text: str) -> None:
    (release / name).parent.mkdir(parents=True, exist_ok=True)
    (release / name).write_text(text, encoding="utf-8")
