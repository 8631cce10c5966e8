"""What hosts reserve, gathered before anything is read: snapshots, archives, national lists."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import polars as pl
import pyarrow.parquet as pq

from governance.optouts.model import AI_TXT, FILES, NATIONAL, ROBOTS, TDMREP
from governance.optouts.places import ascii_hosts, places, wildcards
from pipelines import files
from pipelines.formats import Reading, for_path
from pipelines.formats.model import WHOLE
from pipelines.formats.records.archived import archived_answer
from pipelines.formats.streams.archive import read_blocks
from pipelines.formats.streams.compression import pieces
from pipelines.formats.streams.damage import DamagedError
from pipelines.inputs import InputFile
from pipelines.run import Run
from schemas.errors import InputError
from schemas.opt_outs import STATEMENTS
from schemas.source import SourceCard
from schemas.source_rights import Snapshot

#: Where each kind of file lies on a host; all of them, and no others, are looked for.
_PLACES = {
    "/robots.txt": ROBOTS,
    "/ai.txt": AI_TXT,
    "/.well-known/ai.txt": AI_TXT,
    "/.well-known/tdmrep.json": TDMREP,
}
_ARCHIVED = re.compile(rb"(?im)^WARC-Target-URI:[^\r\n]*/(robots\.txt|ai\.txt|tdmrep\.json)>?\s*$")
_PROTOCOLS = {**{name: name for name in FILES}, "robots-txt": ROBOTS, "ai-txt": AI_TXT,
              "tdmrep": TDMREP}  # fmt: skip
_HOST = re.compile(r"[^\s/:@]+\.[^\s/:@]+")


class _Said(NamedTuple):
    """One file of one host, as it was fetched."""

    host: str
    kind: str
    day: str
    status: int
    body: str


def gather(run: Run, inputs: Sequence[InputFile]) -> Run:
    """The run with what is known of its hosts, written beside what is staged.

    Raises:
        InputError: whatever is wrong with the files that the cards and the policy name.
    """
    problems: list[str] = []
    rows: list[tuple[str, _Said]] = []
    for path in run.policy.opt_outs.national_lists:
        rows += (("", one) for one in _told(problems, _national, path))
    for name, (card, folder) in sorted(run.cards.items()):
        mine = [file for file in inputs if file.source == name]
        rows += ((name, one) for one in _of_source(card, folder, mine, run, problems))
    if problems:
        raise InputError("\n".join(problems))
    if not rows:
        return run
    frame = _frame(rows, run)
    digest = hashlib.sha256("\n".join(map(repr, frame.rows())).encode())
    keyed = run.keyring.digests("opt-outs", [digest.digest()])[0][:32]
    path = files.join(run.state, "opt-outs", f"{keyed}.parquet")
    if not files.exists(path):
        with files.create(path) as file:
            pq.write_table(frame.to_arrow(), file, compression="zstd", row_group_size=4096)
    return replace(run, opt_outs=path)


def statements(run: Run, source: str, hosts: Iterable[str]) -> pl.DataFrame:
    """What is known of some hosts: the rows of a source, and of the lists for all."""
    if run.opt_outs is None:
        return pl.DataFrame(schema=STATEMENTS)
    names = sorted({name for host in hosts for name in wildcards(host)})
    with files.open_input(run.opt_outs) as file:
        table = pq.read_table(file, filters=[("host", "in", names), ("source", "in", ["", source])])
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101  # a table never becomes a series
    return frame.cast(dict(STATEMENTS))  # type: ignore[arg-type]


def _told(problems: list[str], read: Any, *given: Any) -> list[_Said]:  # noqa: ANN401
    try:
        return list(read(*given))
    except InputError as error:
        problems.append(str(error))
        return []


def _of_source(
    card: SourceCard, folder: str, mine: list[InputFile], run: Run, problems: list[str]
) -> Iterator[_Said]:
    for snapshot in card.opt_outs.snapshots:
        yield from _told(problems, _snapshot, snapshot, folder, card)
    exempt = card.opt_outs.route in run.policy.opt_outs.exempt_routes
    if card.opt_outs.in_archive and not exempt:
        for file in mine:
            if file.format == "warc":
                yield from _archived(file.path, card)


def _snapshot(snapshot: Snapshot, folder: str, card: SourceCard) -> Iterator[_Said]:
    path = snapshot.path if not files.is_local(snapshot.path) else files.join(folder, snapshot.path)
    where = f"source {card.id}: opt_outs: {snapshot.path}"
    if files.is_local(path) and Path(path).is_dir():
        if snapshot.fetched_on is None:
            raise InputError(f"{where}: a folder needs `fetched_on`, the day of the fetch")
        yield from _folder(Path(path), snapshot.fetched_on, where)
        return
    found = for_path(path)
    if found is None or found.name not in {"jsonl", "warc"}:
        raise InputError(f"{where}: is no folder, JSONL or WARC (docs/opt-outs.md)")
    if not files.exists(path):
        raise InputError(f"{where}: there is no such file (paths start at the card)")
    yield from _archived(path, card) if found.name == "warc" else _lines(path, snapshot, where)


def _folder(folder: Path, day: date, where: str) -> Iterator[_Said]:
    hosts = [path for path in sorted(folder.iterdir()) if path.is_dir()]
    if not hosts:
        raise InputError(f"{where}: holds no folder of a host, such as example.org/")
    for host in hosts:
        for inside in (*FILES, f".well-known/{TDMREP}", f".well-known/{AI_TXT}"):
            file = host / inside
            if file.is_file():
                body = file.read_bytes().decode("utf-8", "replace")
                yield _Said(host.name, file.name, day.isoformat(), 200, body)


def _lines(path: str, snapshot: Snapshot, where: str) -> Iterator[_Said]:
    problems, said = [], []
    with files.open_input(path) as file:
        try:
            data = b"".join(pieces(file, Reading().max_ratio))
        except DamagedError as damage:
            raise InputError(f"{where}: is damaged ({damage.reason}); fetch it again") from None
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.strip():
            one, problem = _line(line, snapshot)
            said += [one] if one else []
            problems += [f"{where}:{number}: {problem}"] if problem else []
    if problems:
        raise InputError("\n".join(problems))
    yield from said


def _line(line: bytes, snapshot: Snapshot) -> tuple[_Said | None, str | None]:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        row = None
    if not isinstance(row, dict):
        return None, "is no JSON object with host, protocol, fetched_at, status and body"
    host, kind = row.get("host"), _PROTOCOLS.get(str(row.get("protocol")))
    day = str(row.get("fetched_at") or snapshot.fetched_on or "")[:10]
    status, body = row.get("status", 200), row.get("body", "")
    if not isinstance(host, str) or not _HOST.fullmatch(host):
        return None, "`host` must be a host such as www.example.org"
    if kind is None:
        return None, f"`protocol` must be one of {', '.join(FILES)}"
    if not _is_day(day):
        return None, "`fetched_at` must be a day such as 2026-11-01, or a time on it"
    if type(status) is not int or not isinstance(body, str | None):
        return None, "`status` must be a number such as 200, and `body` text or null"
    return _Said(host, kind, day, status, body or ""), None


def _is_day(day: str) -> bool:
    try:
        return bool(date.fromisoformat(day))
    except ValueError:
        return False


def _archived(path: str, card: SourceCard) -> Iterator[_Said]:
    """The robots.txt and its like that a WARC holds."""
    with files.open_input(path) as file:
        for block in read_blocks(file, WHOLE, Reading()):
            if block.failure or not _ARCHIVED.search(block.head):
                continue
            answer = archived_answer(block)
            if answer is None:
                continue
            url, day, status, body = answer
            host, place = places(pl.Series([url])).row(0)
            kind = _PLACES.get((place or "").partition("?")[0])
            if host and kind:
                day = day[:10] if _is_day(day[:10]) else card.collected.last.isoformat()
                yield _Said(host, kind, day, status, body)


def _national(path: str) -> Iterator[_Said]:
    from schemas.national_list import read_list  # noqa: PLC0415

    listed = read_list(Path(path))
    for host, starts in listed.by_host().items():
        yield _Said(host, NATIONAL, listed.date.isoformat(), 200, "\n".join(starts))


def _frame(rows: list[tuple[str, _Said]], run: Run) -> pl.DataFrame:
    """The statements, each with a keyed digest of the body as it was supplied."""
    digests = run.keyring.digests("opt-outs", (one.body.encode() for _, one in rows))
    flat = [(source, *one, digest) for (source, one), digest in zip(rows, digests, strict=True)]
    frame = pl.DataFrame(flat, schema=dict(STATEMENTS), orient="row")
    hosts = frame["host"].str.to_lowercase().str.strip_chars_end(".")
    return frame.with_columns(ascii_hosts(hosts)).unique().sort(list(STATEMENTS))
