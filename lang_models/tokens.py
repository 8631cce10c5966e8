"""Cuts a batch into words and lines, once for all who count, compare or hash them.

A word is a run of letters, marks and numbers. In scripts that do not part words by spaces
(Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan …) each letter with its marks is one.
"""

import unicodedata
from dataclasses import dataclass

import numpy as np
import polars as pl

from lang_models.fold import HALFWIDTH_VOICING, HAN_ZERO, JOINERS, fold, tables
from lang_models.strings import buffers

SHINGLE_WORDS = 5  # design: 5-grams of words, as FineWeb has them (arXiv:2406.17557)


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words and lines of a batch as flat arrays; document `i` owns a slice of each.

    Its words are `doc_start[i]` to `doc_start[i + 1]`, its lines `line_start[i]` to
    `line_start[i + 1]`. A null document has no words and no characters.

    Attributes:
        doc_start: int64, documents + 1.
        word_hash: uint64, a word: of the folded word, the same in every batch and process.
        word_chars: int32, a word: code points as written, invisible joiners left out.
        word_kind: uint8, a word: 1 it has a letter, 8 it is one character of an unspaced script,
            16 it has a character of a dense script (Han, Kana, Hangul, Yi).
        line_start: int64, documents + 1.
        line_word: int64, lines + 1: the first word of each line.
        line_hash: uint64, a line: of the line without the blanks around it.
        line_chars: int32, a line: code points without the blanks around them; 0 when blank.
        line_kind: uint8, a line: 1 bullet, 2 ends a sentence, 4 trails off, 8 short.
        doc_chars: int64, a document: code points.
        doc_signs: int64, documents x 3: number signs, ellipses, curly brackets.
    """

    doc_start: np.ndarray
    word_hash: np.ndarray
    word_chars: np.ndarray
    word_kind: np.ndarray
    line_start: np.ndarray
    line_word: np.ndarray
    line_hash: np.ndarray
    line_chars: np.ndarray
    line_kind: np.ndarray
    doc_chars: np.ndarray
    doc_signs: np.ndarray

    def __len__(self) -> int:
        """How many documents."""
        return len(self.doc_start) - 1


def tokenise(text: pl.Series) -> Tokens:
    """Words and lines of a column of texts, in one walk over its UTF-8 bytes.

    Words are hashed as folded by `fold.fold`: NFKC, case folding, ASCII digits, combining
    marks kept, invisible joiners left out. Lines end at a line feed and nowhere else.

    Args:
        text: strings; null counts as no text.

    Returns:
        One `Tokens` for the whole column; no rows give empty arrays.

    >>> tokens = tokenise(pl.Series(["Habari ya asubuhi", None, "สวัสดี"]))
    >>> tokens.doc_start.tolist(), tokens.word_chars.tolist()
    ([0, 3, 3, 7], [6, 2, 7, 1, 2, 1, 2])
    """
    from lang_models.lines import Lines, describe  # noqa: PLC0415  # numba is slow to import
    from lang_models.scan import Room, walk  # noqa: PLC0415

    text = text.cast(pl.String).fill_null("")
    data, offsets = buffers(text)
    kinds = tables()
    size, rows = int(offsets[-1] - offsets[0]), len(text)
    most_words = size // 2 + rows + 1  # two words need a byte between them, or one of two bytes
    most_lines = int(np.count_nonzero(data == ord("\n"))) + rows
    room = Room(
        np.empty(rows + 1, np.int64),
        np.empty(most_words, np.uint64),
        np.empty(most_words, np.int32),
        np.empty(most_words, np.uint8),
        np.empty(rows + 1, np.int64),
        np.empty(most_lines + 1, np.int64),
        np.empty(most_lines + 1, np.int64),
        np.zeros((rows, 3), np.int64),
    )
    words, lines = walk(data, offsets, kinds, room)
    out = Lines(np.empty(lines, np.uint64), np.empty(lines, np.int32), np.empty(lines, np.uint8))
    describe(data, room.line_byte[: lines + 1], kinds.kind, out)
    return Tokens(
        room.start,
        room.hash[:words],
        room.chars[:words],
        room.kind[:words],
        room.line_start,
        room.line_word[: lines + 1],
        *out,
        text.str.len_chars().to_numpy().astype(np.int64),
        room.signs,
    )


def shingle_hashes(tokens: Tokens, n: int = SHINGLE_WORDS) -> tuple[np.ndarray, np.ndarray]:
    """One 32-bit hash for every `n` consecutive words, document after document.

    Args:
        tokens: of a batch.
        n: words in a shingle, at least 1.

    Returns:
        The hashes, uint32, in the order of the text, and where each document's begin,
        int64[documents + 1]. A document of fewer than `n` words has none.

    >>> hashes, starts = shingle_hashes(tokenise(pl.Series(["a b c d e f", "a b", "A B C D E"])))
    >>> starts.tolist(), bool(hashes[0] == hashes[2])
    ([0, 2, 2, 3], True)
    """
    from lang_models.shingles import shingle  # noqa: PLC0415

    starts = np.zeros(len(tokens) + 1, np.int64)
    np.cumsum(np.maximum(np.diff(tokens.doc_start) - n + 1, 0), out=starts[1:])
    hashes = np.empty(starts[-1], np.uint32)
    shingle(tokens.doc_start, tokens.word_hash, starts, n, hashes)
    return hashes, starts


def reference_words(text: str) -> list[str]:
    """The words of a text in their folded form: the definition in plain Python.

    Too slow for a corpus; tests hold `tokenise` against it.

    >>> reference_words("L’Été ２０２６, ภาษาไทย")
    ['l', 'été', '2026', 'ภ', 'า', 'ษ', 'า', 'ไ', 'ท', 'ย']
    """
    words, word, is_solo = [], "", False
    for letter in text:
        if ord(letter) in JOINERS:
            continue
        category = "M" if ord(letter) in HALFWIDTH_VOICING else unicodedata.category(letter)[0]
        starts_solo = ord(letter) in HAN_ZERO or (category == "L" and _is_unspaced(letter))
        if word and (category not in "LMN" or starts_solo or (is_solo and category != "M")):
            words.append(word)
            word, is_solo = "", False
        if category in "LMN":
            word += fold(letter)
            is_solo |= starts_solo
    return [*words, word] if word else words


#: How the Unicode names of the letters of unspaced scripts begin.
_UNSPACED_NAMES = (
    "CJK ", "OLD CHINESE ", "IDEOGRAPHIC ", "VERTICAL IDEOGRAPHIC ", "HIRAGANA ", "HENTAIGANA ",
    "KATAKANA", "HALFWIDTH KATAKANA", "VERTICAL KANA ", "MASU MARK", "THAI ", "LAO ", "KHMER ",
    "MYANMAR ", "TIBETAN ", "YI ", "JAVANESE ", "BALINESE ", "TAI THAM ", "TAI LE ",
    "NEW TAI LUE ",
)  # fmt: skip


def _is_unspaced(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_UNSPACED_NAMES)
