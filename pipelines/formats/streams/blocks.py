"""WARC records one after the other, as bytes: a head of named fields, and a content block.

Only documents are kept: records of the kinds `response`, `resource` and `conversion`.
`warcinfo`, `request`, `metadata` and `revisit` tell about documents and are passed over.

Source: ISO 28500:2017 (WARC 1.1), sections 4 and 5.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.formats.streams.damage import DamagedError
from pipelines.formats.streams.pull import Pull

_DOCUMENTS = frozenset((b"response", b"resource", b"conversion"))
_NO_DOCUMENTS = frozenset((b"warcinfo", b"request", b"metadata", b"revisit"))
_SHORT_HEAD_BYTES = 2_048
_START = b"WARC/1."
_HEAD_BYTES = 65_536
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_KIND = re.compile(rb"(?im)^WARC-Type[ \t]*:[ \t]*([a-z]+)")
_LENGTH = re.compile(rb"(?im)^Content-Length[ \t]*:[ \t]*([0-9]{1,18})[ \t]*\r?$")


class Block(NamedTuple):
    """One document, or a stretch that could not be read.

    Args:
        offset: its place in the stream.
        head: its named fields, with the blank line.
        content: its content block.
        failure: why there is none; then the others are empty.
    """

    offset: int
    head: bytes = b""
    content: bytes = b""
    failure: str | None = None


class Head(NamedTuple):
    """What of a head is needed to go on."""

    data: bytes
    kind: bytes
    length_bytes: int


def read_head(data: bytes) -> Head | None:
    """The head that starts here; None if it is broken or not whole."""
    found = _HEAD_END.search(data)
    if not found or not data.startswith(_START):
        return None
    head = data[: found.end()]
    kind, length = _KIND.search(head), _LENGTH.search(head)
    if not kind or not length:
        return None
    return Head(head, kind.group(1).lower(), int(length.group(1)))


def blocks(pull: Pull, limit_bytes: int) -> Iterator[Block]:
    """The documents of a stream of WARC records, each once it is known to be whole.

    What is no record is passed over up to the next one and gives one block with
    the failure `not-warc` or `warc-header`. Damage to the stream ends it, with its reason as
    the failure of the record that it cut.
    """
    held: Block | None = None
    start = end = pull.offset
    try:
        while _at_record(pull):
            if held:
                yield held
            start, held = pull.offset, None
            held = _block(pull, limit_bytes)
            end = pull.offset
    except DamagedError as damage:
        if end <= damage.since:
            start = damage.since
            if held:
                yield held
        held = Block(start, failure=damage.reason)
    if not held and not pull.offset:
        held = Block(0, failure="empty-file")
    if held:
        yield held


def _at_record(pull: Pull) -> bool:
    """Passes over the blank lines between records; False at the end."""
    while pull.peek(1) in {b"\r", b"\n"}:
        pull.skip(1)
    return not pull.is_at_end()


def _next_head(pull: Pull) -> Head | None:
    return read_head(pull.peek(_SHORT_HEAD_BYTES)) or read_head(pull.peek(_HEAD_BYTES))


def _block(pull: Pull, limit_bytes: int) -> Block | None:
    """The next record; None if it is no document."""
    offset = pull.offset
    head = _next_head(pull)
    if head is None:
        is_record = pull.peek(len(_START)) == _START
        _skip_to_record(pull)
        return Block(offset, failure="warc-header" if is_record else "not-warc")
    pull.skip(len(head.data))
    failure = _refusal(head, limit_bytes)
    if head.kind in _DOCUMENTS and not failure:
        content = pull.take(head.length_bytes)
        taken_bytes = len(content)
    else:
        content = b""
        taken_bytes = pull.skip(head.length_bytes)
    if taken_bytes < head.length_bytes:
        return Block(offset, failure="truncated")
    if head.kind in _NO_DOCUMENTS:
        return None
    return Block(offset, failure=failure) if failure else Block(offset, head.data, content)


def _refusal(head: Head, limit_bytes: int) -> str | None:
    """Why a record is not taken: it is too long, the part of another, or of no known kind."""
    if head.kind in _NO_DOCUMENTS:
        return None
    if head.kind not in _DOCUMENTS:
        return "warc-segment" if head.kind == b"continuation" else "warc-type"
    return "record-too-large" if head.length_bytes > limit_bytes else None


def _skip_to_record(pull: Pull) -> None:
    """Passes over what is no record, up to the next whole head, wherever it stands."""
    pull.skip(1)
    while pull.skip_to(_START) and _next_head(pull) is None:
        pull.skip(1)
