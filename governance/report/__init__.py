"""The review report: fifteen pages that a data steward reads, decides on, prints and answers for.

The pages stand in `governance.report.pages`. Each gives facts and shows them as blocks; from the
same blocks come the HTML and `review.json`, which holds every number by its name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.books import reconcile
from governance.release_folder import Release, open_release, read_json
from governance.report.blocks import Block
from governance.report.counted.privacy import names_statement
from governance.report.draw import draw
from governance.report.page import Facts, Material, Scrub
from governance.report.pages import PAGES
from governance.report.render import Edition, render
from governance.report.sketches import sketches
from governance.report.twin import NAME, as_bytes, digest, digest_of, record_of
from governance.report.words import _
from governance.tally import Progress, tally

__all__ = ["NAME", "PAGES", "Report", "compose", "digest", "make_report", "write_report"]


@dataclass(frozen=True)
class Report:
    """A report before it is written.

    Args:
        facts: of every page, by its id.
        blocks: of every page, by its id.
        twin: the bytes of `review.json`.
        pages: HTML by file name.
    """

    facts: dict[str, Facts]
    blocks: dict[str, Sequence[Block]]
    twin: bytes
    pages: dict[str, str]


def write_report(
    release: Path,
    *,
    scrub: Scrub | None = None,
    progress: Progress | None = None,
    is_single: bool = False,
    previous: Path | None = None,
) -> Path:
    """Writes `report/`: a page for each subject, and `review.json` with the same numbers.

    The pages load nothing from anywhere. The first says "may be released" only when
    `validation/results.json` says so of the very files that lie there.

    Args:
        release: the release folder.
        scrub: masks personal data in texts (with languages and countries) before a passage
            is shown; the project's own when None.
        progress: called with files counted and files in all.
        is_single: one file, `report/index.html`, with all pages under each other.
        previous: the release to compare with; when None the one before it that lies beside it.

    Returns:
        The path of the first page. The same release gives the same bytes.

    Raises:
        InputError: the folder is no release.
    """
    made = make_report(
        release, scrub=scrub, progress=progress, is_single=is_single, previous=previous
    )
    folder = release / "report"
    folder.mkdir(exist_ok=True)
    kept = {*made.pages, NAME}
    for old in folder.iterdir():
        if old.name not in kept and old.name in _ours():
            old.unlink()
    (folder / NAME).write_bytes(made.twin)
    for name, page in made.pages.items():
        (folder / name).write_text(page, encoding="utf-8")
    return folder / "index.html"


def _ours() -> set[str]:
    """What an earlier report of ours may have left."""
    return {page.file for page in PAGES} | {"report.json"}


def make_report(
    release: Path,
    *,
    scrub: Scrub | None = None,
    progress: Progress | None = None,
    is_single: bool = False,
    previous: Path | None = None,
) -> Report:
    """The report as it would be written; see `write_report`."""
    opened = open_release(release)
    material = _gather(opened, scrub or _own_scrub(), progress, previous)
    return compose(material, is_single=is_single)


def compose(material: Material, *, is_single: bool = False) -> Report:
    """The pages of what was counted: no file of the release is read for most of them.

    Args:
        material: everything that the pages are made from.
        is_single: one file with all pages.
    """
    release, run = material.release, material.run
    facts = {page.id: page.facts(material) for page in PAGES}
    blocks: dict[str, Sequence[Block]] = {page.id: page.show(facts[page.id]) for page in PAGES}
    twin = as_bytes(record_of(release, blocks, facts["desk"]))
    name, version = (str(run.get(key, "?")) for key in ("name", "version"))
    edition = Edition(release.name, name, version, digest_of(twin), _caution(run))
    return Report(facts, blocks, twin, render(edition, PAGES, blocks, is_single=is_single))


def _gather(
    release: Release, scrub: Scrub, progress: Progress | None, previous: Path | None
) -> Material:
    tables = tally(release, progress, sketches(release.run))
    books = reconcile(release, tables)
    results = read_json(release.folder / "validation" / "results.json")
    read = {name: row["read"] for name, row in books.counts["by_source"].items()}
    drawn = draw(release, tables, read, scrub)
    earlier = read_json((previous or _before(release) or Path()) / "report" / NAME)
    return Material(release, tables, books, results, scrub, drawn, earlier)


def _before(release: Release) -> Path | None:
    """The release of the same corpus with the next lower version that lies beside this one."""
    own = _order(release.run.get("version"))
    found = []
    for folder in release.folder.resolve().parent.iterdir():
        if folder.name.startswith(".") or not (folder / "report" / NAME).is_file():
            continue
        run = read_json(folder / "run.json")
        if run.get("name") == release.run.get("name") and _order(run.get("version")) < own:
            found.append((_order(run.get("version")), folder))
    return max(found)[1] if found else None


def _order(version: Any) -> list[tuple[int, str]]:  # noqa: ANN401  # whatever the record holds
    parts = re.findall(r"\d+|[^\d.]+", str(version))
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _caution(run: dict[str, Any]) -> list[str]:
    names = (_("Names of persons are masked in part only.") if names_statement(run)["masked"]
             else _("Names of persons are not masked."))  # fmt: skip
    shown = _("For the steward, not for publication: it shows passages from documents.")
    return [f"{shown} {names} {_('The text is not anonymous.')}"]


def _own_scrub() -> Scrub:
    from governance.pii import scrub  # noqa: PLC0415  # slow to import

    return scrub
