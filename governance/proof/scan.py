"""A look for personal data through whatever was written: reports, logs, tables and footers.

Every text that people may read is shown to the recognisers. A finding is told by file, place
and type, never by its value. Addresses that the release itself names as contacts are meant to
be read and are passed over.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from governance.proof.canaries import Canaries
from governance.proof.cells import Cell, blocks, kind_of, text_cells
from governance.proof.columns import table_cells
from governance.release_folder import read_json
from schemas.errors import InputError
from schemas.privacy import PrivacyPolicy

_CHARS_AT_ONCE, _CELLS_AT_ONCE = 4_000_000, 20_000
_CANARY_CHARS = 50_000_000
_PROBE_BYTES = 8_192
_TABLES = (b"PAR1", b"ARROW1")
#: Rows of each file of removed and waiting documents whose text a run looks at again. Ids are
#: keyed, so the first ones are a random sample; released text has the sample of G-PII-1.
TEXT_ROWS = 50
Progress = Callable[[int, int], None]


@dataclass(frozen=True, order=True)
class Hit:
    """A finding: file, place in it, type. Never the value."""

    file: str
    place: str
    type: str


@dataclass
class Scan:
    """What a look found.

    Args:
        hits: findings, in order.
        files: how many were looked at.
        binary: files that hold no text, in which only canaries were looked for.
        not_looked_for: types that the policy leaves out, and so this look too.
    """

    hits: list[Hit] = field(default_factory=list)
    files: int = 0
    binary: list[str] = field(default_factory=list)
    not_looked_for: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        findings = [{"file": hit.file, "place": hit.place, "type": hit.type} for hit in self.hits]
        return {
            "files": self.files,
            "binary": self.binary,
            "findings": findings,
            "not_looked_for": self.not_looked_for,
        }


@dataclass
class _Pending:
    """Texts in which canaries are still to be looked for."""

    canaries: Canaries
    texts: list[str] = field(default_factory=list)
    places: list[tuple[str, Callable[[int], str]]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    chars: int = 0

    def add(self, name: str, place: Callable[[int], str], text: str) -> None:
        """Takes a text; looks through all of them when they are many."""
        self.texts.append(text)
        self.places.append((name, place))
        self.chars += len(text)
        if self.chars > _CANARY_CHARS:
            self.flush()

    def flush(self) -> list[Hit]:
        """Looks through what is there; all findings so far."""
        for row, at, kind in self.canaries.search(self.texts):
            name, place = self.places[row]
            self.hits.append(Hit(name, place(at), kind))
        self.texts, self.places, self.chars = [], [], 0
        return self.hits


@dataclass(frozen=True)
class _Look:
    canaries: Canaries
    contacts: frozenset[str]
    pending: _Pending
    policy: PrivacyPolicy
    text_rows: int | None = None


def scan(
    path: Path,
    canaries: Canaries | None = None,
    progress: Progress | None = None,
    policy: PrivacyPolicy | None = None,
) -> Scan:
    """Looks through a file, or through every file of a folder.

    Args:
        path: file or folder; packed files are unpacked.
        canaries: values to look for as well, in raw bytes too.
        progress: called with files done and files in all.
        policy: says which types are looked for, and which surrogates and pseudonyms are left
            alone; all types are, and no made-up value is, when None.

    Raises:
        InputError: there is no such path, or a file cannot be read.
    """
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder")
    folder = path if path.is_dir() else path.parent
    files = _files(path) if path.is_dir() else [path]
    sought = canaries or Canaries({})
    records = {folder / "run.json", *(file for file in files if file.name == "run.json")}
    named = contacts([read_json(record) for record in sorted(records)])
    look = _Look(sought, named, _Pending(sought), policy or PrivacyPolicy())
    return _scan(files, folder, look, progress)


def scan_release(release: Path, parts: Iterable[str] = ()) -> Scan:
    """What a run looks through before its release may pass.

    Everything but the text of released documents, of which the gate G-PII-1 reads a sample;
    of the text of the others a sample here. Surrogates and pseudonyms that the release's policy
    wrote are known by their form and left alone; a value of the same type that is none alarms.

    Args:
        release: the folder.
        parts: only these files and folders of it; all when none is named.
    """
    run = read_json(release / "run.json")
    chosen = [release / part for part in parts] or [release]
    files = [file for one in chosen for file in (_files(one) if one.is_dir() else [one])]
    none = Canaries({})
    look = _Look(none, contacts(run), _Pending(none), policy_of_record(run), TEXT_ROWS)
    return _scan([file for file in files if file.is_file()], release, look, None)


def policy_of_record(run: Any) -> PrivacyPolicy:  # noqa: ANN401  # any JSON
    """What a release's policy does with personal data; the default where its record says nothing.

    Raises:
        InputError: the record is damaged.
    """
    policy = run.get("policy") or {}
    try:
        return PrivacyPolicy.model_validate(policy.get("privacy") or {})
    except ValueError:
        raise InputError("run.json: its privacy policy cannot be read; run it again") from None


def contacts(run: Any) -> frozenset[str]:  # noqa: ANN401  # any JSON
    """The contacts that a run's record names, to be written to: of custodians and takedowns."""
    found: set[str] = set()
    todo = [run]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            told = (value for key, value in one.items() if "contact" in key)
            found.update(value for value in told if isinstance(value, str))
            todo += one.values()
        elif isinstance(one, list):
            todo += one
    return frozenset(found)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _scan(files: list[Path], folder: Path, look: _Look, progress: Progress | None) -> Scan:
    result = Scan(not_looked_for=_left_out(look.policy))
    for done, path in enumerate(files, start=1):
        name = path.relative_to(folder).as_posix()
        names = (name, name.removesuffix(path.suffix))
        named = _found([Cell(one, lambda _: "file name") for one in names], look)
        shown = f"file {done} of {path.parent.name}" if named else name
        result.hits += [Hit(shown, place, kind) for place, kind in named]
        try:
            told = list(_file(path, name, look, result))
        except InputError:
            if look.text_rows is None:
                raise
            result.binary.append(name)  # a damaged table: the gate of the schema tells of it
            told = []
        result.hits += [Hit(shown, place, kind) for place, kind in told]
        result.files += 1
        if progress:
            progress(done, len(files))
    result.hits = sorted({*result.hits, *look.pending.flush()})
    return result


def _left_out(policy: PrivacyPolicy) -> list[str]:
    from governance.pii.choice import selected  # noqa: PLC0415  # slow to import
    from governance.pii.recognisers import RECOGNISERS  # noqa: PLC0415

    kept = {one.type for one in selected(policy.recognisers_off, policy.recognisers_only)}
    return sorted({one.type for one in RECOGNISERS} - kept)


def _file(path: Path, name: str, look: _Look, result: Scan) -> Iterator[tuple[str, str]]:
    with path.open("rb") as file:
        head = file.read(_PROBE_BYTES)
    if head.startswith(_TABLES):
        text_rows = 0 if look.text_rows is not None and name.startswith("documents/") else None
        yield from _table(path, name, look, look.text_rows if text_rows is None else text_rows)
    elif path.suffix not in {".gz", ".bz2", ".xz", ".zst"} and _is_binary(head):
        result.binary.append(name)
    else:
        yield from _text(path, name, look)
    if look.canaries.types:
        for block in blocks(path):
            look.pending.add(name, lambda _: "bytes", block.decode(errors="replace"))


def _is_binary(head: bytes) -> bool:
    try:
        head[: _PROBE_BYTES - 4].decode()
    except UnicodeDecodeError as error:
        return error.start < len(head) - 4
    return b"\0" in head


def _table(path: Path, name: str, look: _Look, text_rows: int | None) -> Iterator[tuple[str, str]]:
    try:
        yield from _batched(_kept(table_cells(path, text_rows=text_rows), name, look), look)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{path}: cannot be read ({type(error).__name__})") from None


def _text(path: Path, name: str, look: _Look) -> Iterator[tuple[str, str]]:
    kind, lines = kind_of(path), 0
    for block in blocks(path):
        text = block.decode(errors="replace")
        yield from _batched(_kept(text_cells(text, kind, lines), name, look), look)
        lines += block.count(b"\n")


def _batched(cells: Iterable[Cell], look: _Look) -> Iterator[tuple[str, str]]:
    batch: list[Cell] = []
    chars = 0
    for cell in cells:
        batch.append(cell)
        chars += len(cell.text)
        if chars > _CHARS_AT_ONCE or len(batch) >= _CELLS_AT_ONCE:
            yield from _found(batch, look)
            batch, chars = [], 0
    yield from _found(batch, look)


def _found(cells: list[Cell], look: _Look) -> list[tuple[str, str]]:
    from governance.pii.untreated import find_untreated  # noqa: PLC0415  # slow to import

    if not cells:
        return []
    text, language, country = (
        pl.Series([getattr(cell, name) for cell in cells], dtype=pl.String)
        for name in ("text", "language", "country")
    )
    found = find_untreated(text, language, country, look.policy).spans
    return [
        (cells[row].place(start), kind)
        for row, start, end, kind in found.iter_rows()
        if not _is_contact(cells[row].text[start:end], look)
    ]


def _kept(cells: Iterable[Cell], name: str, look: _Look) -> Iterator[Cell]:
    """The cells, which are looked through for canaries later, many together."""
    for cell in cells:
        if look.canaries.types:
            look.pending.add(name, cell.place, cell.text)
        yield cell


def _is_contact(value: str, look: _Look) -> bool:
    return any(value in contact for contact in look.contacts)
