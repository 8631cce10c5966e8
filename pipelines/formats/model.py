"""What a format is, what it is told, and what it gives: records, each with its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

#: A stream that unpacks to more than this is looked at for a decompression bomb.
RATIO_FLOOR_BYTES = 64_000_000

#: Why there is no text: every code that a `Record.failure` may hold, and what it means.
FAILURES = {
    "empty-file": "there is nothing in the file, or nothing but blank lines or column names",
    "no-document": "there is no document in the archive, only records about its making",
    "truncated": "the file or the packed stream ends in the middle",
    "corrupt": "the packed stream is damaged, or something else stands behind it",
    "decompression-ratio": "the stream unpacks to more than 64 MB and 250 times its size",
    "record-too-large": "the record, unpacked, is longer than the card's max_record_bytes",
    "undecodable": "no encoding fits, or two fit equally well, or the bytes are damaged",
    "bad-utf-8": "UTF-8 with bytes that are not valid",
    "bad-unicode": "half of a surrogate pair, which is no character",
    "no-text": "there is no text, or it is empty",
    "json-syntax": "the line is no JSON",
    "json-not-object": "the line is JSON, but no object with keys",
    "csv-quotes": "a quote is opened and not closed",
    "csv-syntax": "text stands behind a closing quote",
    "csv-columns": "the row has more or fewer fields than the first row",
    "csv-no-header": "the first row, which names the columns, cannot be read",
    "parquet-unreadable": "the file is no Parquet, or its footer is damaged",
    "parquet-row-group": "the rest of the row group is damaged",
    "not-warc": "no WARC record starts here; all up to the next one is passed over",
    "warc-header": "the head of the WARC record is damaged",
    "warc-type": "the WARC record is of no known type",
    "warc-segment": "the WARC record is a later part of another one",
    "http-header": "the response has no HTTP head",
    "http-status": "the server sent no page but an error or a redirection",
    "empty-body": "the response has no content",
    "robots-txt": "the file robots.txt, which is written for machines",
    "not-text": "neither HTML nor plain text, by its media type",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One document as it was found, or the reason why it could not be read.

    Args:
        offset: its place: byte in the file (in the unpacked stream for compressed files,
            in the packed file for WARC), row number for Parquet.
        text: the text; None when `failure` is set.
        raw: the bytes that it was read from, for a keyed digest. May be empty when
            the record could not be read.
        native_id: the record's id in its source. Likewise url, title, date, licence and country;
            None when the source has none.
        encoding: what the text was in before it became Unicode.
        failure: why there is no text, one of the codes in FAILURES.
        signals: what the page says of its own use (governance/optouts/page.py); mostly nothing.
    """

    offset: int
    text: str | None
    raw: bytes
    native_id: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None
    licence: str | None = None
    country: str | None = None
    encoding: str = "utf-8"
    failure: str | None = None
    signals: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a file: bytes, or row groups of Parquet, from `start` to before `end`.

    (0, -1) is the whole file.
    """

    start: int
    end: int


WHOLE = Split(0, -1)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the files of a source are read; most of it stands on the source card.

    Args:
        fields: for each role (text, id, url, title, date, licence, country) the key or column
            that holds it; `a.b` is key b inside a. Without an entry, `text` is called text
            and the other roles are empty.
        unit: plain text is one record a file, a paragraph (between blank lines) or a line.
        max_record_bytes: a longer record (unpacked) is a failure.
        max_ratio: a stream that unpacks to more than 64 MB and to more than so many times
            its size is given up. Text packs 3 to 20 times smaller, logs up to about 100.
        encoding: the encoding of the files if it is known; otherwise it is found.
        multiline: CSV and TSV: quoted fields may hold line ends, so files are not split.
    """

    fields: dict[str, str] = field(default_factory=dict)
    unit: Literal["file", "paragraph", "line"] = "file"
    max_record_bytes: int = 16_000_000
    max_ratio: int = 250
    encoding: str | None = None
    multiline: bool = True


#: Finds the parts of a file: (file, size in bytes, wanted size of a part, reading).
Splitter = Callable[[BinaryIO, int, int, Reading], list[Split]]
#: Reads one part of a file.
Reader = Callable[[BinaryIO, Split, Reading], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format that can be read.

    Args:
        name: as it stands in a source card.
        suffixes: how the names of its files end, without .gz, .zst or .bz2.
        reader: gives every record of a part, in order, exactly once. What cannot be
            read is a record with a failure, never an exception.
        description: what a record is, in one line for people.
        splitter: gives parts that together hold every record exactly once.
        nothing: the failure of a file without any record.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: Reader
    description: str
    splitter: Splitter
    nothing: str = "empty-file"

    def splits(
        self,
        file: BinaryIO,
        size_bytes: int,
        target_bytes: int,
        reading: Reading | None = None,
    ) -> list[Split]:
        """The parts of a file, each about `target_bytes` long; one when it cannot be split.

        Plain text, CSV and TSV can only be split when `reading` says how they are read.
        """
        return self.splitter(file, size_bytes, max(target_bytes, 1), reading or Reading())

    def records(self, file: BinaryIO, split: Split, reading: Reading) -> Iterator[Record]:
        """The records of one part of a file; never none of a whole file.

        A file in which nothing is found, in this part and all others, gives one failure
        with the first part, so that it is not passed over in silence.

        Raises:
            InputError: the file has no column for the text.
        """
        found = False
        for record in self.reader(file, split, reading):
            found = True
            yield record
        if not (found or split.start or self._goes_on(file, split, reading)):
            yield Record(0, None, b"", failure=self.nothing)

    def _goes_on(self, file: BinaryIO, split: Split, reading: Reading) -> bool:
        """Whether there is a record behind the first part."""
        behind = Split(split.end, -1)
        return split.end >= 0 and any(True for _ in self.reader(file, behind, reading))


def one_part(
    _file: BinaryIO, _size_bytes: int, _target_bytes: int, _reading: Reading
) -> list[Split]:
    """The splitter of formats whose files are read whole."""
    return [WHOLE]
