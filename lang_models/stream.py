"""A text a line in, a tag a line out: the language model in a pipe."""

import io
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, Queue
from threading import Thread

import polars as pl

#: Lines called together: many share what the model computes for a word.
_MOST_LINES = 20_000
#: Pieces of the input that may wait while the model works.
_MOST_PIECES = 8
_FIELDS = ["tag", "score", "second", "second_score", "script", "raw_score", "mixed", "undetermined"]
_DIGITS = 4

_Arrivals = Queue[bytes | Exception | None]


#: Texts in, their languages out, as `schemas.corpus.LANGUAGE`.
Caller = Callable[[pl.Series], pl.Series]


def identify_stream(pieces: Iterable[bytes], caller: Caller, *, as_json: bool) -> Iterator[bytes]:
    r"""The language of each line, in order, as soon as it can be told.

    What has arrived is called together: a file goes through in large batches, and whoever
    writes one line and waits for the answer gets it at once.

    Args:
        pieces: UTF-8, cut anywhere; bytes that are none count as U+FFFD. Lines end in \n or
            \r\n, the last one need not.
        caller: `Identifier.identify`, for the best guess at each line; or `certain`, for
            none where it cannot be told.
        as_json: an object with the tag, the scores and what else is known a line, instead of
            the tag alone.

    Yields:
        The answers to some lines, each with \n. A line without letters, an empty one too, is
        und_Zyyy.
    """
    for lines in _lines(pieces):
        for text in _batches(lines):
            fields = caller(text).struct.unnest().select(_FIELDS)
            yield _as_json(fields) if as_json else _as_tags(fields)


def _batches(lines: bytes) -> Iterator[pl.Series]:
    whole = pl.Series([lines.decode("utf-8", "replace")])
    text = whole.str.split("\n").explode().str.strip_chars_end("\r")
    for start in range(0, len(text), _MOST_LINES):
        yield text.slice(start, _MOST_LINES)


def _as_tags(fields: pl.DataFrame) -> bytes:
    tags: str = fields["tag"].str.join("\n")[0]
    return f"{tags}\n".encode()


def _as_json(fields: pl.DataFrame) -> bytes:
    answers = io.BytesIO()
    scores = pl.col(pl.Float32).cast(pl.Float64).round(_DIGITS)
    fields.with_columns(scores).write_ndjson(answers)
    return answers.getvalue()


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    r"""Whole lines, as many as have arrived, without the last \n."""
    begun: list[bytes] = []
    for piece in _arrived(pieces):
        lines, end, rest = piece.rpartition(b"\n")
        if end:
            yield b"".join([*begun, lines])
            begun = []
        begun.append(rest)
    last = b"".join(begun)
    if last:
        yield last


def _arrived(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, those that are there already joined; then what went wrong, if anything."""
    arrivals: _Arrivals = Queue(_MOST_PIECES)
    Thread(target=_fill, args=(arrivals, pieces), daemon=True).start()
    last: Exception | None = None
    is_open = True
    while is_open:
        joined = []
        for arrival in _waiting(arrivals):
            if isinstance(arrival, bytes):
                joined.append(arrival)
            else:
                last, is_open = arrival, False
        yield b"".join(joined)
    if last is not None:
        raise last


def _waiting(arrivals: _Arrivals) -> Iterator[bytes | Exception | None]:
    yield arrivals.get()
    try:
        for _ in range(_MOST_PIECES):
            yield arrivals.get_nowait()
    except Empty:
        return


def _fill(arrivals: _Arrivals, pieces: Iterable[bytes]) -> None:
    """Reads on while the model works; ends with None, or with what went wrong."""
    try:
        for piece in pieces:
            arrivals.put(piece)
    except Exception as error:
        arrivals.put(error)
    else:
        arrivals.put(None)
