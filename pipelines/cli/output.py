"""How commands print: a table for people, or one JSON document for machines."""

import json
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def end_with_reader() -> None:
    """Lets the command end in silence when nobody reads on, as after `| head`."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def print_json(value: Any) -> None:  # noqa: ANN401  # whatever JSON can hold
    """One JSON document on standard output."""
    end_with_reader()
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_rows(rows: Sequence[Mapping[str, Any]], title: str, *, as_json: bool) -> None:
    """Rows with the same keys, as a table or as a JSON list. No rows: an empty one."""
    if as_json:
        print_json(list(rows))
        return
    end_with_reader()
    from rich.console import Console  # noqa: PLC0415  # slow to import
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in rows[0] if rows else ():
        table.add_column(str(name).replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    Console(soft_wrap=not sys.stdout.isatty()).print(table)


def _cell(value: Any) -> str:  # noqa: ANN401
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "yes" if value is True else "no" if value is False else str(value)
