"""How the exports are written: the same bytes for the same records, and readable by people."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from jinja2 import Environment, PackageLoader, StrictUndefined

from governance.report.render import number, share, size

Facts = Mapping[str, Any]


def as_json(value: object) -> bytes:
    """JSON with sorted keys, one line end at its end."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def as_lines(values: Iterable[object]) -> bytes:
    """One JSON value a line."""
    lines = (json.dumps(value, ensure_ascii=False, sort_keys=True) for value in values)
    return "".join(f"{line}\n" for line in lines).encode()


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    r"""Comma-separated values with a header, RFC 4180 but for the line ends.

    >>> as_csv(["a", "b"], [[1, "x,y"]])
    b'a,b\n1,"x,y"\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def as_parquet(rows: Sequence[Facts], schema: pa.Schema) -> bytes:
    """A table in the order of its rows; without rows it has its schema all the same."""
    table = pa.Table.from_pylist([dict(row) for row in rows], schema=schema)
    return table_as_parquet(table)


def table_as_parquet(table: pa.Table) -> bytes:
    """A table as Parquet, without the least and greatest values in its footer."""
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", write_statistics=False)
    return sink.getvalue()


def as_page(template: str, facts: Facts) -> bytes:
    """A Markdown page from its template in `templates/`."""
    return _environment().get_template(template).render(facts).encode()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(  # noqa: S701  # Markdown: `cell` escapes what would end a cell
        loader=PackageLoader("governance.exports", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"number": number, "share": share, "size": size, "cell": cell}
    return environment


def cell(value: object) -> str:
    r"""A value as it can stand in a Markdown table: on one line, without a bar or markup.

    >>> cell("a|b\n<c>"), cell(None)
    ('a\\|b &lt;c&gt;', '–')
    """
    if value is None or value == "":
        return "–"
    text = " ".join(str(value).split())
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("|", r"\|")
