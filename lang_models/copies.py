"""Lines and paragraphs that a document has already had, counted and weighed by length.

Kernels over line hashes. A copy is a line or paragraph that stood earlier in the same document;
the first one is none. Blank lines count nowhere and part the paragraphs.

Source: Rae et al. 2021, arXiv:2112.11446, appendix A1.1.
"""

import numpy as np
from numba import njit

from lang_models.repetition import EMPTY, Scratch, clear, find
from lang_models.scan import MULTIPLY, SEED, mix


@njit(cache=True, nogil=True)
def _copies(hashes: np.ndarray, chars: np.ndarray, work: Scratch, out: np.ndarray) -> None:
    """Of the units given: how many, how many copies, characters, characters of copies."""
    shift, numbers = clear(work.slot_number, len(hashes)), 0
    for unit in range(len(hashes)):
        slot = find(work.slot_key, work.slot_number, shift, hashes[unit])
        if work.slot_number[slot] == EMPTY:
            work.slot_key[slot], work.slot_number[slot] = hashes[unit], numbers
            numbers += 1
        else:
            out[1] += 1
            out[3] += chars[unit]
        out[0] += 1
        out[2] += chars[unit]


@njit(cache=True, nogil=True)
def _paragraphs(
    line_hash: np.ndarray, line_chars: np.ndarray, hashes: np.ndarray, chars: np.ndarray
) -> int:
    """Joins neighbouring lines that are not blank; returns how many paragraphs there are."""
    paragraphs, is_open = 0, False
    for line in range(len(line_hash)):
        if line_chars[line] and not is_open:
            hashes[paragraphs], chars[paragraphs] = SEED, 0
            paragraphs += 1
        is_open = line_chars[line] > 0
        if is_open:
            hashes[paragraphs - 1] = mix(hashes[paragraphs - 1] ^ line_hash[line]) * MULTIPLY
            chars[paragraphs - 1] += line_chars[line]
    return paragraphs


@njit(cache=True, nogil=True)
def line_copies(
    line_start: np.ndarray, line_hash: np.ndarray, line_chars: np.ndarray, work: Scratch
) -> np.ndarray:
    """Copies among the lines and paragraphs of each document; blank lines part paragraphs.

    Returns:
        int64[documents, 8]: lines, copied lines, characters of lines, of copied lines; then
        the same four of paragraphs.
    """
    out = np.zeros((len(line_start) - 1, 8), np.int64)
    longest = 0
    for document in range(len(line_start) - 1):
        longest = max(longest, line_start[document + 1] - line_start[document])
    hashes, chars = np.empty(longest, np.uint64), np.empty(longest, np.int64)
    for document in range(len(line_start) - 1):
        begin, end = line_start[document], line_start[document + 1]
        lines = 0
        for line in range(begin, end):
            if line_chars[line]:
                hashes[lines], chars[lines] = line_hash[line], line_chars[line]
                lines += 1
        _copies(hashes[:lines], chars[:lines], work, out[document, :4])
        paragraphs = _paragraphs(line_hash[begin:end], line_chars[begin:end], hashes, chars)
        _copies(hashes[:paragraphs], chars[:paragraphs], work, out[document, 4:])
    return out
