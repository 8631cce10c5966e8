"""What hosts reserve, gathered before anything is read: snapshots, archives, national lists."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pyarrow.parquet as pq

from governance.optouts.model import AI_TXT, FILES, NATIONAL, ROBOTS, TDMREP
from governance.optouts.places import ascii_hosts, wildcards
from pipelines import files
from pipelines.formats import Reading, for_path
from pipelines.formats.streams.compression import pieces
from pipelines.formats.streams.damage import DamagedError
from pipelines.inputs import InputFile
from pipelines.opt_outs_archived import Said, found_in, is_day, parts_of, search, whole
from pipelines.run import Run
from schemas.errors import InputError
from schemas.opt_outs import STATEMENTS
from schemas.source import SourceCard
from schemas.source_rights import Snapshot

_PROTOCOLS = {**{name: name for name in FILES}, "robots-txt": ROBOTS, "ai-txt": AI_TXT,
              "tdmrep": TDMREP}  # fmt: skip
_HOST = re.compile(r"[^\s/:@]+\.[^\s/:@]+")


def gather(run: Run, inputs: Sequence[InputFile]) -> Run:
    """The run with what is known of its hosts, written beside what is staged.

    Raises:
        InputError: whatever is wrong with the files that the cards and the policy name.
    """
    problems: list[str] = []
    rows: list[tuple[str, Said]] = []
    for path in run.policy.opt_outs.national_lists:
        rows += (("", one) for one in _told(problems, _national, path))
    for name, (card, folder) in sorted(run.cards.items()):
        rows += ((name, one) for one in _of_source(card, folder, problems))
    if problems:
        raise InputError("\n".join(problems))
    rows += _in_archives(run, inputs)
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


def _told(problems: list[str], read: Any, *given: Any) -> list[Said]:  # noqa: ANN401
    try:
        return list(read(*given))
    except InputError as error:
        problems.append(str(error))
        return []


def _in_archives(run: Run, inputs: Sequence[InputFile]) -> list[tuple[str, Said]]:
    """What hosts say in the archives that the sources themselves are."""
    asked = []
    for name, (card, _) in sorted(run.cards.items()):
        is_exempt = card.opt_outs.route in run.policy.opt_outs.exempt_routes
        if card.opt_outs.in_archive and not is_exempt:
            mine = (file for file in inputs if file.source == name and file.format == "warc")
            asked += [(file, card.collected.last) for file in mine]
    parts = [part for file, last in asked for part in parts_of(file, last, run)]
    return search(parts, sum(file.bytes for file, _ in asked))


def _of_source(card: SourceCard, folder: str, problems: list[str]) -> Iterator[Said]:
    for snapshot in card.opt_outs.snapshots:
        yield from _told(problems, _snapshot, snapshot, folder, card)


def _snapshot(snapshot: Snapshot, folder: str, card: SourceCard) -> Iterator[Said]:
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
    if found.name == "warc":
        yield from (said for _, said in found_in(whole(path, card.collected.last, card.id)))
    else:
        yield from _lines(path, snapshot, where)


def _folder(folder: Path, day: date, where: str) -> Iterator[Said]:
    hosts = [path for path in sorted(folder.iterdir()) if path.is_dir()]
    if not hosts:
        raise InputError(f"{where}: holds no folder of a host, such as example.org/")
    for host in hosts:
        for inside in (*FILES, f".well-known/{TDMREP}", f".well-known/{AI_TXT}"):
            file = host / inside
            if file.is_file():
                body = file.read_bytes().decode("utf-8", "replace")
                yield Said(host.name, file.name, day.isoformat(), 200, body)


def _lines(path: str, snapshot: Snapshot, where: str) -> Iterator[Said]:
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


def _line(line: bytes, snapshot: Snapshot) -> tuple[Said | None, str | None]:
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
    if not is_day(day):
        return None, "`fetched_at` must be a day such as 2026-11-01, or a time on it"
    if type(status) is not int or not isinstance(body, str | None):
        return None, "`status` must be a number such as 200, and `body` text or null"
    return Said(host, kind, day, status, body or ""), None


def _national(path: str) -> Iterator[Said]:
    from schemas.national_list import read_list  # noqa: PLC0415

    listed = read_list(Path(path))
    for host, starts in listed.by_host().items():
        yield Said(host, NATIONAL, listed.date.isoformat(), 200, "\n".join(starts))


def _frame(rows: list[tuple[str, Said]], run: Run) -> pl.DataFrame:
    """The statements, each with a keyed digest of the body as it was supplied."""
    digests = run.keyring.digests("opt-outs", (one.body.encode() for _, one in rows))
    flat = [(source, *one, digest) for (source, one), digest in zip(rows, digests, strict=True)]
    frame = pl.DataFrame(flat, schema=dict(STATEMENTS), orient="row")
    hosts = frame["host"].str.to_lowercase().str.strip_chars_end(".")
    return frame.with_columns(ascii_hosts(hosts)).unique().sort(list(STATEMENTS))
