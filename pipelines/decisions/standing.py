"""Where the decisions in force stand: on record, signed, over, and what a release made of them."""

from datetime import date
from pathlib import Path
from typing import Any

from governance.corpus import Corpus
from governance.decisions.files import SIGNATURE, read_files, signer_of
from governance.release_folder import read_json
from pipelines.decisions.order import FILES, in_force_path
from pipelines.load import load_corpus
from schemas.errors import InputError
from schemas.in_force import Change, read_in_force


def rows_of(run: Path, day: date, out: str | None = None) -> list[dict[str, Any]]:
    """The decisions in force as rows: what each sets, and what the newest release made of it."""
    corpus = load_corpus(run, out)
    told = _told(corpus)
    rows = []
    for one in read_in_force(in_force_path(run)).changes:
        last = told.get(one.id, {})
        state = "expired" if one.is_over(day) else str(last.get("state", "not run yet"))
        rows.append(
            {"id": one.id, "kind": one.kind, "target": one.target, "verdict": one.verdict,
             "value": one.value, "role": one.role, "decided_on": one.decided_on.isoformat(),
             "release": one.release, "state": state, "documents": last.get("documents")}
        )  # fmt: skip
    return rows


def _told(corpus: Corpus) -> dict[str, dict[str, Any]]:
    """What the newest release that has a decision says of it, by its id."""
    told: dict[str, dict[str, Any]] = {}
    for folder in sorted(corpus.versions(), key=_made):
        for one in read_json(folder / "run.json").get("decisions") or []:
            told[str(one.get("id"))] = one
    return told


def _made(folder: Path) -> tuple[str, str]:
    return str(read_json(folder / "journal.json").get("started", "")), folder.name


def problems_of(run: Path, day: date, out: str | None = None) -> list[str]:
    """One sentence for every decision in force without its file, over, or otherwise written."""
    corpus = load_corpus(run, out)
    folder = corpus.state / FILES
    problems: list[str] = []
    known: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")):
        if path.name.endswith(SIGNATURE):
            continue
        try:
            (file,) = read_files([path])
        except InputError as error:
            problems.append(str(error))
            continue
        if file.sha256 != path.stem:
            problems.append(f"{path.name}: has changed since it was put in force")
        sign = path.with_name(path.stem + SIGNATURE)
        if sign.exists() and signer_of(file.data, sign.read_bytes()) is None:
            problems.append(f"{sign.name}: is not the signature of its file")
        known |= {one.id: one.verdict for one in file.content.decisions}
    changes = read_in_force(in_force_path(run)).changes
    return problems + [told for one in changes for told in _wrong(one, known, day)]


def _wrong(one: Change, known: dict[str, str], day: date) -> list[str]:
    wrong = []
    if one.id not in known:
        wrong.append(f"{one.id}: is in force, but the file that it came from is not on record")
    elif known[one.id] != one.verdict:
        wrong.append(f"{one.id}: is in force with another verdict than in its file")
    if one.is_over(day):
        wrong.append(f"{one.id}: its last day was {one.expires}; decide again")
    return wrong
