"""What all formats promise about a whole file: it is never passed over in silence."""

from collections.abc import Iterator

from pipelines.formats.model import WHOLE, Record, Split


def never_silent(
    records: Iterator[Record], split: Split, failure: str = "empty-file"
) -> Iterator[Record]:
    """The records; a failure if a whole file gave none."""
    found = False
    for record in records:
        found = True
        yield record
    if not found and split == WHOLE:
        yield Record(0, None, b"", failure=failure)
