"""Writes the folders of samples/text that hold real text as it is."""

from pathlib import Path

from tests.tools.sample_parts import files
from tests.tools.sample_parts.files import Row
from tests.tools.sample_parts.shippable import Shippable

PUBLIC_DOMAIN = "LicenseRef-public-domain"
_SMALL_MANUALS = (
    "aptitude-doc", "debian-faq", "debian-handbook", "debian-history", "debian-reference",
    "harden-doc",
)  # fmt: skip


def _row(row: Row, *, licence: bool = False) -> Row:
    out = {"id": row["id"], "text": row["text"], "url": row["url"]}
    if licence:
        out["licence"] = PUBLIC_DOMAIN if row["license"] == "public-domain" else row["license"]
    return out | {"hint": row.get("lang_hint") or row.get("lang")}


def as_rows(rows: list[Row], *, licence: bool = False) -> list[Row]:
    """Rows with id, text, url, language hint, and the licence where rows differ in it."""
    return [_row(row, licence=licence) for row in rows]


def udhr(folder: Path, data: Shippable) -> None:
    """The Declaration in 200 translations, in two files."""
    rows = as_rows([row for row in data.demo if row["kind"] == "udhr"])
    half = len(rows) // 2
    files.write(folder / "udhr-1.jsonl.gz", files.jsonl(rows[:half]))
    files.write(folder / "udhr-2.jsonl.gz", files.jsonl(rows[half:]))


def manuals(folder: Path, data: Shippable) -> None:
    """GNOME's and Ubuntu's manuals as Parquet, the first line as title."""
    for name in ("gnome-user-docs", "ubuntu-packaging-guide"):
        rows = as_rows(data.manual(name))
        titled = [row | {"title": str(row["text"]).split("\n")[0][:120]} for row in rows]
        files.write_parquet(folder / f"{name}.parquet", titled, group_rows=48)


def help_pages(folder: Path, data: Shippable) -> None:
    """LibreOffice's help: pages, pages with lines left in English, pages in close varieties."""
    kinds = ("manual", "mixed-language")
    varieties = [row for row in data.rows("neardup_docs") if row["work"].startswith("lohelp")]
    for name, rows in (
        ("pages", data.manual("libreoffice-help", kinds=kinds)),
        ("partly-translated", data.rows("partly_translated")),
        ("varieties", varieties),
    ):
        files.write(folder / f"{name}.jsonl.gz", files.jsonl(as_rows(rows)))


def installation_guide(folder: Path, data: Shippable) -> None:
    """Debian's installation guide: the same pages for four machine architectures."""
    versions = [row for row in data.rows("neardup_docs") if row["work"].startswith("iguide")]
    files.write(folder / "architectures.jsonl.gz", files.jsonl(as_rows(versions)))
    pages = data.manual("installation-guide-amd64")
    files.write(folder / "pages.jsonl.gz", files.jsonl(as_rows(pages)))


def debian_manuals(folder: Path, data: Shippable) -> None:
    """Debian's handbook and smaller manuals, each row with its licence expression."""
    rows = as_rows(data.manual(*_SMALL_MANUALS), licence=True)
    files.write(folder / "manuals.jsonl.zst", files.jsonl(rows))


def man_pages(folder: Path, data: Shippable) -> None:
    """Manual pages in translation; their licence field is not a licence."""
    rows = as_rows(data.manual("manpages"), licence=True)
    files.write(folder / "manpages.jsonl.bz2", files.jsonl(rows))


def fortunes(folder: Path, data: Shippable) -> None:
    """Sayings as CSV: quotes, commas and line ends inside fields."""
    rows = as_rows(data.manual("fortunes", kinds=("quote",)), licence=True)
    files.write(folder / "fortunes.csv", files.delimited(rows))


def help_html(folder: Path, data: Shippable) -> None:
    """Whole help pages, as they are."""
    for path in sorted((data.folder / "html").iterdir()):
        files.write(folder / path.name, path.read_bytes())
