"""Decisions from their files to what a run reads: checked, counted, and written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from governance.corpus import Corpus
from governance.decisions import recorded
from governance.decisions.files import SIGNATURE, Given, conflicts, read_files, signed
from governance.decisions.report import report_digest
from governance.integrity.audit import AuditLog
from governance.integrity.audit_values import Value
from governance.integrity.paths import file_digest
from governance.release_folder import open_release, read_json
from pipelines.decisions.effect import Effect, Progress, effect
from pipelines.decisions.targets import changes, known
from pipelines.load import load_corpus, load_run
from pipelines.run import Run
from schemas.errors import InputError
from schemas.in_force import Change, InForce, read_in_force
from schemas.settings import RunSettings
from schemas.yaml_files import read_record

#: Folder of the files as they were given, in the corpus's state; it is never shipped.
FILES = "decisions"
ACTION = "decisions.apply"
_HEAD = """\
# Decisions of stewards in force: every run reads them. `endonym decisions apply` writes this
# file; look at what it changes before the next run. Who decided, and every comment, lies in
# the corpus's state by the digest of the decisions' file (docs/decisions-that-take-effect.md).
"""


@dataclass(frozen=True)
class Order:
    """Decisions that hold together and fit their release.

    Args:
        corpus: whose they are.
        run: the run that will carry them out, with the decisions in force so far.
        release: on whose report they were made.
        given: the files.
        changes: what they change, one for each thing.
        path: the file of the decisions in force.
    """

    corpus: Corpus
    run: Run
    release: Path
    given: tuple[Given, ...]
    changes: tuple[Change, ...]
    path: Path

    def replaced(self) -> list[tuple[Change, Change]]:
        """Changes that were in force and give way, each with the one that takes its place."""
        new = {(one.kind, one.target): one for one in self.changes}
        old = read_in_force(self.path).changes
        return [
            (one, new[one.kind, one.target])
            for one in old
            if new.get((one.kind, one.target), one) != one
        ]

    def in_force(self) -> InForce:
        """What will be in force."""
        held = {(one.kind, one.target): one for one in read_in_force(self.path).changes}
        held |= {(one.kind, one.target): one for one in self.changes}
        return InForce(changes=[held[key] for key in sorted(held)])

    def effect(self, progress: Progress | None = None) -> Effect:
        """What would change in the release."""
        return effect(self.release, self.run, self.changes, progress)


def in_force_path(run_file: Path) -> Path:
    """Where the decisions in force of a run file lie."""
    settings = read_record(run_file, RunSettings)
    return run_file.resolve().parent / settings.decisions


def place_order(run_file: Path, files: Sequence[Path], out: str | None = None) -> Order:
    """Reads files of decisions and holds them against their release and each other.

    Raises:
        InputError: a mistake in a file; a report that is not the release's own; something that
            is not in the release; or two people who do not agree.
    """
    given = read_files(files)
    corpus, run = load_corpus(run_file, out), load_run(run_file, out=out)
    release = _release(corpus, given)
    problems = _wrong_report(release, given)
    if problems:
        raise InputError("\n".join(problems))
    wanted = changes(given, known(open_release(release), given), run)
    against = conflicts(given)
    if against:
        raise InputError("\n".join(against))
    path = in_force_path(run_file)
    return Order(corpus, run, release, tuple(given), tuple(wanted), path)


def _release(corpus: Corpus, given: Sequence[Given]) -> Path:
    named = sorted({(one.content.release, one.content.version) for one in given})
    if len(named) != 1:
        told = ", ".join(" ".join(one) for one in named)
        raise InputError(f"the files are about several releases ({told}); apply each by itself")
    ((name, version),) = named
    for folder in corpus.versions():
        record = read_json(folder / "run.json")
        if (record.get("name"), record.get("version")) == (name, version):
            return folder
    raise InputError(
        f"{corpus.releases}: there is no release {name} {version}, which the decisions are about"
    )


def _wrong_report(release: Path, given: Sequence[Given]) -> list[str]:
    digest = report_digest(release)
    return [
        f"{one.path}: was made on another report: it names {one.content.report_digest[:12]},"
        f" the report of {release.name} is {digest[:12]}; open that report, decide there and"
        " export again"
        for one in given
        if one.content.report_digest != digest
    ]


def carry_out(order: Order, day: date, key: Path | None = None) -> dict[str, Any]:
    """Writes what was decided: the decisions in force, the files, the release's record, the log.

    Doing it again changes nothing. Killed at any moment, it is done again: the log is last.

    Args:
        order: checked decisions.
        day: of the entry in the log.
        key: a private key that signs the files.

    Returns:
        The paths and digests that were written.
    """
    for one in order.given:
        _keep(order.corpus, one, key)
    is_recorded = recorded.record(order.release, list(order.given))
    _write(order.path, in_force_text(order.in_force()))
    digest = file_digest(order.path)
    entered = [one.sha256 for one in order.given if _enter(order, one, day, digest)]
    return {
        "in_force": str(order.path), "in_force_sha256": digest,
        "files": {str(one.path): one.sha256 for one in order.given},
        "recorded_in_release": is_recorded, "entered_in_log": entered,
    }  # fmt: skip


def in_force_text(content: InForce) -> str:
    """The file of the decisions in force, each with the source that its limit will name."""
    rows = [
        {**one.model_dump(mode="json", exclude_defaults=True), "id": one.id}
        for one in content.changes
    ]
    return _HEAD + yaml.safe_dump(
        {"changes": rows}, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False
    )


def _keep(corpus: Corpus, one: Given, key: Path | None) -> None:
    """The file as it was given, named by its digest, with its signature."""
    folder = corpus.state / FILES
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{one.sha256}.json"
    _write_bytes(path, one.data)
    if key is not None:
        _write_bytes(path.with_name(f"{one.sha256}{SIGNATURE}"), signed(one.data, key))


def _enter(order: Order, one: Given, day: date, in_force: str) -> bool:
    """Enters a file in the audit log, once; True when it was not there before."""
    log = AuditLog(order.corpus.state / "audit")
    content = one.content
    about = f"release:{content.release}-{content.version}"
    facts: dict[str, Value] = {
        "file_sha256": one.sha256, "report_digest": content.report_digest,
             "decisions": len(content.decisions), "in_force_sha256": in_force}  # fmt: skip
    for entry in log.entries():
        if entry.action == ACTION and entry.facts.get("file_sha256") == one.sha256:
            return False
    role = content.made_by.role
    log.append(ACTION, about, actor_role=role, at=day.isoformat(), facts=facts)
    return True


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def _write_bytes(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(data)
    partial.chmod(0o600)
    partial.replace(path)
