"""A text a line in, a tag a line out: the language model in a pipe."""

from collections.abc import Iterable, Iterator
from queue import Empty, Queue
from threading import Thread

import orjson
import polars as pl

from lang_models.identify import Identifier

#: Lines called together. More would not be faster, for fastText takes them one by one.
_MOST_LINES = 4096
_FIELDS = ["tag", "score", "second", "second_score", "script"]

_Arrivals = Queue[bytes | Exception | None]


def identify_lines(
    lines: Iterable[bytes], identifier: Identifier, *, as_json: bool
) -> Iterator[bytes]:
    r"""The language of each line, in order, as soon as it can be told.

    What has arrived is called together: a file goes through in large batches, and whoever
    writes one line and waits for the answer gets it at once.

    Args:
        lines: UTF-8, with or without \n at the end; bytes that are none count as U+FFFD.
        identifier: the model.
        as_json: an object with `tag`, `score`, `second`, `second_score` and `script` a line,
            instead of the tag alone.

    Yields:
        A line with \n for each line. A line without letters, an empty one too, is und_Zyyy.
    """
    for batch in _arrived(lines):
        text = pl.Series([_decoded(line) for line in batch], dtype=pl.String)
        fields = identifier.identify(text).struct.unnest().select(_FIELDS)
        if as_json:
            yield from map(_as_json, fields.iter_rows(named=True))
        else:
            yield from (f"{tag}\n".encode() for tag in fields["tag"])


def _decoded(line: bytes) -> str:
    return line.rstrip(b"\r\n").decode("utf-8", "replace")


def _as_json(fields: dict[str, object]) -> bytes:
    scores = {name: round(it, 4) for name, it in fields.items() if isinstance(it, float)}
    return orjson.dumps(fields | scores, option=orjson.OPT_APPEND_NEWLINE)


def _arrived(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The lines in batches: at least one line, and whatever else is already there."""
    arrivals: _Arrivals = Queue(_MOST_LINES)
    Thread(target=_fill, args=(arrivals, lines), daemon=True).start()
    last: Exception | None = None
    is_open = True
    while is_open:
        batch = []
        for arrival in _waiting(arrivals):
            if isinstance(arrival, bytes):
                batch.append(arrival)
            else:
                last, is_open = arrival, False
        if batch:
            yield batch
    if last is not None:
        raise last


def _waiting(arrivals: _Arrivals) -> Iterator[bytes | Exception | None]:
    yield arrivals.get()
    try:
        for _ in range(_MOST_LINES):
            yield arrivals.get_nowait()
    except Empty:
        return


def _fill(arrivals: _Arrivals, lines: Iterable[bytes]) -> None:
    """Reads on while the model works; ends with None, or with what went wrong."""
    try:
        for line in lines:
            arrivals.put(line)
    except Exception as error:
        arrivals.put(error)
    else:
        arrivals.put(None)
