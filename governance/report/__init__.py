"""The review report: one page that a data steward reads, prints and answers for.

The pages stand in `governance.report.pages`; each gives numbers and words, which go into
`report.json`, and its template shows those and nothing else.
"""

import json
from pathlib import Path

from governance.books import reconcile
from governance.release_folder import open_release, read_json
from governance.report.page import Material, Scrub
from governance.report.pages import PAGES
from governance.report.render import render
from governance.tally import Progress, tally

__all__ = ["PAGES", "write_report"]


def write_report(
    release: Path, *, scrub: Scrub | None = None, progress: Progress | None = None
) -> Path:
    """Writes `report/index.html` and `report/report.json`, which hold the same numbers.

    The page needs no script, no network and no other file. It says "may be released" only
    when `validation/results.json` says so of the very files that lie there.

    Args:
        release: the release folder.
        scrub: masks personal data in texts (with languages and countries) before a sample
            is shown; the project's own when None.
        progress: called with files counted and files in all.

    Returns:
        The path of the page. The same release gives the same bytes.

    Raises:
        InputError: the folder is no release.
    """
    opened = open_release(release)
    tables = tally(opened, progress)
    results = read_json(release / "validation" / "results.json")
    books = reconcile(opened, tables)
    material = Material(opened, tables, books, results, scrub or _own_scrub())
    facts = {page.id: page.facts(material) for page in PAGES}
    folder = release / "report"
    folder.mkdir(exist_ok=True)
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (folder / "report.json").write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(render(opened.name, PAGES, facts), encoding="utf-8")
    return folder / "index.html"


def _own_scrub() -> Scrub:
    from governance.pii import scrub  # noqa: PLC0415  # slow to import

    return scrub
