"""The pages of a reading round: one file a language and reader, which needs nothing else."""

import base64
import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from governance.release_folder import Release
from governance.review.rounds import Task, as_text, tasks
from governance.review.shown import Scrub, Shown, shown
from governance.tongues import tongue
from schemas.privacy import TYPES
from schemas.reading_protocol import OBSERVATIONS

#: Page names hold language and reader only.
ROUND = "round.json"
_ASKED = (
    ("language_correct", "Is the text in {name}?"),
    ("unnatural", "Is it unnatural: machine-made, word salad, keywords?"),
    ("artifacts", "Are there artifacts: menus, markup, broken characters?"),
    ("porn", "Is it pornography?"),
)


def write_pages(
    release: Release, record: dict[str, Any], folder: Path, scrub: Scrub | None = None
) -> list[Path]:
    """Writes every page of a round, and its record, into a folder.

    Args:
        release: the open release.
        record: of `plan_round`.
        folder: made if it is not there.
        scrub: masks personal data once more; the project's own when None.

    Returns:
        The pages, ordered by name. The same round gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / ROUND).write_text(as_text(record), encoding="utf-8")
    written = []
    for language in record["languages"]:
        for name, text in _pages(release, record, language, scrub):
            (folder / name).write_text(text, encoding="utf-8")
            written.append(folder / name)
    return sorted(written)


def _pages(
    release: Release, record: dict[str, Any], language: dict[str, Any], scrub: Scrub | None
) -> Iterator[tuple[str, str]]:
    ids = [one for batch in language["batches"] for one in batch["documents"]]
    seen = shown(release, language["tag"], ids, scrub)
    for task in tasks(language):
        yield f"{task.tag}.{task.reader}.html", render(record, task, seen)


def render(record: dict[str, Any], task: Task, seen: dict[str, Shown]) -> str:
    """The page of one reader; all that comes from documents is escaped and inert."""
    speech = tongue(task.tag)
    told = {
        "round": record["round"], "release": record["release"], "version": record["version"],
        "manifest_root": record["manifest_root"], "language": task.tag, "reader": task.reader,
        "observations": list(OBSERVATIONS), "types": sorted(TYPES),
    }  # fmt: skip
    script = _asset("reading.js")
    documents = [
        {"doc_id": doc_id, "batch": batch, "parts": seen[doc_id].parts,
         "direction": seen[doc_id].direction, "chars": seen[doc_id].chars}
        for doc_id, batch in zip(task.doc_ids, task.batch_of, strict=True)
        if doc_id in seen
    ]  # fmt: skip
    return _environment().get_template("reading.html").render(
        task=told, documents=documents, name=speech.name, lang=speech.lang,
        script=speech.script,
        questions=[(key, words.format(name=speech.name)) for key, words in _ASKED],
        style=Markup(_asset("reading.css")),  # noqa: S704  # our own file
        script_text=Markup(script),  # noqa: S704  # our own file
        script_hash=script_hash(script),
        task_json=Markup(json.dumps(told).replace("<", "\\u003c")),  # noqa: S704  # escaped
    )  # fmt: skip


def script_hash(script: str) -> str:
    """The hash of an inline script, as a content security policy names it (CSP Level 3, 2024)."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _asset(name: str) -> str:
    return (files("governance.review") / "assets" / name).read_text("utf-8")


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("governance.review", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
