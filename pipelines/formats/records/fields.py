"""Which keys or columns of a record hold its text, id, address, title, date, licence, country."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.formats.model import Reading, Record

#: The role on a source card, and the field of a Record that it fills.
_ATTRIBUTES = {
    "text": "text",
    "id": "native_id",
    "url": "url",
    "title": "title",
    "date": "date",
    "licence": "licence",
    "country": "country",
}


def named_fields(reading: Reading) -> dict[str, str]:
    """Field of a Record -> key or column, for all that the card names; `text` always.

    >>> named_fields(Reading(fields={"id": "doc_id"}))
    {'text': 'text', 'native_id': 'doc_id'}
    """
    roles = {"text": "text", **reading.fields}
    return {_ATTRIBUTES[role]: key for role, key in roles.items()}


def pick(values: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401 (JSON holds anything)
    """What stands under a key; `a.b` is key b inside a, unless there is a key called `a.b`.

    >>> pick({"meta": {"url": "u"}}, "meta.url"), pick({"a.b": 1}, "a.b"), pick({}, "text")
    ('u', 1, None)
    """
    if key in values:
        return values[key]
    outer, _, inner = key.partition(".")
    found = values.get(outer) if inner else None
    return pick(found, inner) if isinstance(found, Mapping) else None


def as_string(value: object) -> str | None:
    """A value as text: strings, numbers and dates as they are, anything else as none.

    >>> as_string(12), as_string("a"), as_string(date(2026, 11, 23)), as_string(["a"])
    ('12', 'a', '2026-11-23', None)
    """
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return str(value) if is_number else None


def joined_surrogates(value: str) -> str | None:
    r"""Text whose characters beyond the first 65,536 are whole; None if it has half ones.

    >>> joined_surrogates("\ud83d\ude00") == "😀", joined_surrogates("\ud83d") is None
    (True, True)
    """
    try:
        value.encode()
    except UnicodeEncodeError:
        try:
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            return None
    return value


def as_record(
    values: Mapping[str, Any], names: Mapping[str, str], known: Record, *, is_checked: bool
) -> Record:
    """The record of one JSON object or row.

    Args:
        values: the object or row.
        names: field of a Record -> key, as `named_fields` gives them.
        known: what is known already: offset, raw bytes, encoding.
        is_checked: the parser has refused halves of surrogate pairs already.

    Returns:
        The record. Failures: no-text (there is none, or it is empty), bad-unicode (half
        of a surrogate pair), bad-utf-8 (the text is bytes that are no UTF-8).
    """
    text = pick(values, names["text"])
    if isinstance(text, bytes):
        text = decoded(text)
        if text is None:
            return Record(known.offset, None, known.raw, failure="bad-utf-8")
    found = {field: as_string(pick(values, key)) for field, key in names.items()}
    found["text"] = text if isinstance(text, str) else None
    if not is_checked:
        whole = {field: value and joined_surrogates(value) for field, value in found.items()}
        if any(found[field] and whole[field] is None for field in found):
            return Record(known.offset, None, known.raw, failure="bad-unicode")
        found = whole
    failure = None if found["text"] else "no-text"
    found["text"] = found["text"] or None
    return Record(known.offset, raw=known.raw, encoding=known.encoding, failure=failure, **found)


def decoded(raw: bytes) -> str | None:
    """UTF-8 bytes as text; None if they are none."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None
