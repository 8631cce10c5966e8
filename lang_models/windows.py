"""What the language model sees of a document: about a thousand characters, cut into segments.

A short document is shown whole; of a long one the head, the middle and the tail, so that the
cost does not grow with its length. Web and mail addresses are taken out, for they are English
to a language model. What is left is cut into segments at line ends: pages that mix languages
change them between lines far more often than within one.
"""

from typing import NamedTuple

import numpy as np
import polars as pl

from lang_models.fold import tables
from lang_models.signs import SIGNS
from lang_models.strings import buffers, texts

#: On 2,896 manual pages and quotations in 60 languages the model agrees with the hint as often
#: when it sees 600, 1,000, 2,000 or all characters (macro-F1 0.865 to 0.869); on 195 half
#: translated pages the error of the English share falls from 0.125 (600) to 0.100 (1,000),
#: and with all characters to 0.081. Measured with lid.176.ftz, 2026-11-23.
SHOWN_CHARS = 1000
WINDOW_CHARS = 333
#: Lines are gathered into segments of so many characters, blanks not counted; a longer line
#: stands alone, and one of twice as many as the second number is cut into parts. Shorter
#: segments find more of the mixed pages, longer ones are called more surely.
SEGMENT_CHARS, PART_CHARS = 50, 100

_LINE_FEED, _BLANK = b"\n "

#: Web addresses; mail addresses and names that begin with @; fastText's own sign for the end of
#: a line, which would hide the rest; blanks that fastText does not part words at, Ethiopia's
#: among them. Addresses are ASCII only: scripts without spaces follow them directly.
NOISE = (
    r"(?:https?://|www\.)[!-~]+|[!-~]*@[!-~]+|</s>"
    r"|[\x{a0}\x{1361}\x{2000}-\x{200b}\x{202f}\x{205f}\x{3000}]"
)


class Cut(NamedTuple):
    """The segments of a batch, in the order of the documents, and the signs of each document."""

    text: pl.Series  # String: line feeds stand as blanks
    row: np.ndarray  # int64: the document, by its place in the batch
    window: np.ndarray  # int64: the window; segments of one window follow each other unbroken
    line: np.ndarray  # int64: the line of the document that the segment begins in, from 0
    lines: np.ndarray  # int64: how many lines it touches, at least 1
    signs: np.ndarray  # int64[documents, SIGNS]: what `signs` names, of what is shown
    seen_share: np.ndarray  # float64[documents]: share of the code points shown; 1 for no text

    def only(self, kept: np.ndarray) -> "Cut":
        """The same without the segments where `kept`, bool[segments], is false."""
        return self._replace(
            text=self.text.filter(kept),
            row=self.row[kept],
            window=self.window[kept],
            line=self.line[kept],
            lines=self.lines[kept],
        )


def cut(text: pl.Series) -> Cut:
    r"""The segments that the model is shown.

    Args:
        text: a String per document, or null. Lines end in \n.

    Returns:
        Segments of about `SEGMENT_CHARS`: short lines gathered, long ones in parts. Null and
        empty documents have none.

    >>> found = cut(pl.Series(["Habari?\n\nSoma https://example.org/sw hapa", None]))
    >>> found.text.to_list(), found.line.tolist(), found.lines.tolist()
    (['Habari?  Soma   hapa'], [0], [3])
    """
    from lang_models.segments import Room, walk  # noqa: PLC0415  numba is slow to import

    chars = text.str.len_chars()
    shown = _windows(text, chars)
    data, offsets = buffers(shown["text"].str.replace_all(NOISE, " "))
    most = 2 * (len(data) // SEGMENT_CHARS + len(shown)) + 2
    room = Room(*(np.empty(most, np.int64) for _ in Room._fields))
    signs = np.zeros((len(shown), SIGNS), np.int64)
    count = walk(data, offsets, tables().kind, (SEGMENT_CHARS, PART_CHARS), room, signs)
    end, window, line, lines = (part[:count] for part in room)
    row = shown["row"].to_numpy()
    plain = np.maximum(data, (data == _LINE_FEED).view(np.uint8) * np.uint8(_BLANK))
    of_row = np.zeros((len(text), SIGNS), np.int64)
    np.add.at(of_row, row, signs)
    return Cut(
        text=texts(plain, np.concatenate([offsets[:1], end])),
        row=row[window],
        window=window,
        line=line + shown["line"].to_numpy()[window],
        lines=lines,
        signs=of_row,
        seen_share=_seen_share(chars.fill_null(0).to_numpy()),
    )


def _windows(text: pl.Series, chars: pl.Series) -> pl.DataFrame:
    """What is shown of each document: `row`, `line` (of the document, from 0) and `text`.

    A short document is one window, a long one three; null documents have none.
    """
    size = pl.lit(WINDOW_CHARS)
    frame = pl.DataFrame({"text": text, "chars": chars}).with_row_index("row").drop_nulls()
    is_long = pl.col("chars") > SHOWN_CHARS
    whole = frame.filter(~is_long).select("row", pl.lit(0).alias("place"), "text", line=0)
    long = frame.filter(is_long).with_columns(
        middle=(pl.col("chars") - size) // 2, tail=pl.col("chars") - size
    )
    parts = [whole] + [
        long.select(
            "row",
            pl.lit(place).alias("place"),
            pl.col("text").str.slice(start, size),
            line=pl.col("text").str.slice(0, start).str.count_matches("\n", literal=True),
        )
        for place, start in enumerate((pl.lit(0), pl.col("middle"), pl.col("tail")))
    ]
    kinds = pl.Schema({"row": pl.Int64, "place": pl.Int64, "text": pl.String, "line": pl.Int64})
    return pl.concat([part.cast(kinds) for part in parts]).sort("row", "place")


def _seen_share(chars: np.ndarray) -> np.ndarray:
    shown = np.where(chars > SHOWN_CHARS, 3 * WINDOW_CHARS, chars)
    return shown / np.maximum(chars, 1) + (chars == 0)
