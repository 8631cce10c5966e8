"""Writes the folders of samples/text that hold invented personal data."""

from pathlib import Path

from tests.tools.sample_parts import files, web
from tests.tools.sample_parts.broken import write_broken
from tests.tools.sample_parts.plan import every_plan, read_plan
from tests.tools.sample_parts.plant import Planted, plant
from tests.tools.sample_parts.real import as_rows
from tests.tools.sample_parts.shippable import Shippable

_RAW_KINDS = {
    "no-licence", "junk", "markup", "mojibake", "no-hint", "wrong-hint", "exact-duplicate",
    "near-duplicate",
}  # fmt: skip


def _planned(data: Shippable, name: str, part: str | None = None) -> list[Planted]:
    """The finished documents of one plan file, or of one part of it."""
    return [plant(plan, data.carriers[plan.carrier]) for plan in read_plan(name, part)]


def pages(folder: Path, data: Shippable) -> None:
    """Pages of an invented office."""
    for planted in _planned(data, "web", "pages"):
        files.write(folder / Path(planted.plan.doc).name, web.page(planted))


def crawl(folder: Path, data: Shippable) -> None:
    """A web crawl, and a second one with invented values."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sample.warc.gz").write_bytes((data.folder / "sample.warc.gz").read_bytes())
    (folder / "office.warc.gz").write_bytes(web.warc(_planned(data, "web", "web")))


def crawl_text(folder: Path, data: Shippable) -> None:
    """The text of a web crawl, and a second one with invented values."""
    folder.mkdir(parents=True, exist_ok=True)
    name = "sample.warc.wet.gz"
    (folder / name).write_bytes((data.folder / name).read_bytes())
    (folder / "notice.warc.wet.gz").write_bytes(web.wet(_planned(data, "web", "wet")))


def legacy(folder: Path, data: Shippable) -> None:
    """Text files in national encodings; the name says which."""
    for path in sorted((data.folder / "encodings").iterdir()):
        files.write(folder / path.name, path.read_bytes())
    for planted in _planned(data, "files", "legacy"):
        path = folder / Path(planted.plan.doc).name
        encoding = path.name.split(".")[1]
        files.write(path, planted.text.encode(encoding, "replace"))  # as an old converter would


def notes(folder: Path, data: Shippable) -> None:
    """Notes from many countries; other characters than ASCII are escaped in the second file."""
    rows = [
        {
            "id": planted.plan.doc,
            "text": planted.text,
            "country": planted.plan.extra["country"],
            "title": planted.title or None,
            "url": planted.url or f"https://notes.example.org/{number}",
            "date": f"2026-09-{number % 30 + 1:02d}",
        }
        for number, planted in enumerate(_planned(data, "notes"))
    ]
    half = len(rows) // 2
    files.write(folder / "notes-1.jsonl.gz", files.jsonl(rows[:half]))
    files.write(folder / "notes-2.jsonl.gz", files.jsonl(rows[half:], ascii_only=True))


def letters(folder: Path, data: Shippable) -> None:
    """The Declaration with identifiers of 53 countries, and numbers that only look like them."""
    rows = [
        {"id": row["id"], "text": row["text"], "country": row["country"], "hint": row["lang"]}
        for row in data.letters({value.value for plan in every_plan() for value in plan.plants})
    ]
    files.write(folder / "letters.jsonl.gz", files.jsonl(rows))


def tickets(folder: Path, data: Shippable) -> None:
    """Tickets of an invented help desk, with accounts, cards, addresses and logins."""
    rows = [{"id": made.plan.doc, "text": made.text} for made in _planned(data, "money")]
    files.write(folder / "tickets.jsonl.gz", files.jsonl(rows))


def india(folder: Path, data: Shippable) -> None:
    """Notices from India as a spreadsheet writes CSV."""
    rows = [
        {"notice": made.plan.doc, "headline": made.title, "body": made.text}
        for made in _planned(data, "regions", "india")
    ]
    files.write(folder / "notices.csv", files.delimited(rows, excel=True))


def east_africa(folder: Path, data: Shippable) -> None:
    """Notices from East Africa as TSV, one line a notice."""
    rows = [
        {"doc": made.plan.doc, "content": " ".join(made.paragraphs), "web": made.url}
        for made in _planned(data, "regions", "east-africa")
    ]
    files.write(folder / "notices.tsv", files.delimited(rows, tabs=True))


def contributions(folder: Path, data: Shippable) -> None:
    """Raw rows as people send them: no licence, wrong hints, junk, markup, copies, mojibake."""
    rows = as_rows([row for row in data.demo if row["kind"] in _RAW_KINDS], licence=True)
    rows += [
        {
            "id": made.plan.doc,
            "text": made.text,
            "url": None,
            "licence": made.plan.extra["licence"],
            "hint": None,
        }
        for made in _planned(data, "files", "unlicensed")
    ]
    files.write(folder / "raw.jsonl", files.jsonl(rows))


def loan(folder: Path, data: Shippable) -> None:
    """A loan that has run out."""
    _write_small(folder / "loan.jsonl.gz", _planned(data, "files", "expired"))


def press(folder: Path, data: Shippable) -> None:
    """A deposit whose card reserves all rights."""
    _write_small(folder / "press.jsonl.gz", _planned(data, "files", "restricted"))


def broken(folder: Path, data: Shippable) -> None:
    """Files that nobody can read whole."""
    write_broken(folder, data, _planned(data, "files", "broken"))


def _write_small(path: Path, documents: list[Planted]) -> None:
    rows = [{"id": made.plan.doc, "text": made.text} for made in documents]
    files.write(path, files.jsonl(rows))
