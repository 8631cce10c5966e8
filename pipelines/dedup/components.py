"""Pairs joined into groups: all documents that a chain of pairs leads to.

A document is named by its reference: file id and row. A group says nothing yet
about who is a copy of whom; `leaders` decides that.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numba import njit, types

from pipelines.dedup.ragged import offsets_of

#: A pair of references.
EDGE = np.dtype([("file_a", "<u8"), ("row_a", "<u4"), ("file_b", "<u8"), ("row_b", "<u4")])
#: One reference.
REFERENCE = np.dtype([("file", "<u8"), ("row", "<u4")])
_ROW_BITS = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of two documents or more.

    Args:
        members: `REFERENCE`, ascending within a group; groups by their first.
        starts: int64, one more than there are groups; group g is
            members[starts[g]:starts[g + 1]].
    """

    members: np.ndarray
    starts: np.ndarray

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self.starts) - 1

    def part(self, first: int, last: int) -> "Groups":
        """The groups from first up to, not with, last."""
        low, high = self.starts[first], self.starts[last]
        return Groups(self.members[low:high], self.starts[first : last + 1] - low)


def edges_of(
    file_a: np.ndarray, row_a: np.ndarray, file_b: np.ndarray, row_b: np.ndarray
) -> np.ndarray:
    """Edges from four columns of one length."""
    edges = np.empty(len(file_a), EDGE)
    edges["file_a"], edges["row_a"] = file_a, row_a
    edges["file_b"], edges["row_b"] = file_b, row_b
    return edges


def condense(parts: Iterable[np.ndarray]) -> np.ndarray:
    """The fewest edges that join the same documents.

    Each document is joined to the smallest reference of its group. The result
    may be condensed again with others, in any grouping, so a runner can combine
    the edges of all partitions as a tree.

    This is the one place where all pairs of a run come together. It takes 68 to 80
    bytes a pair beside the pairs themselves, 24 of them for the result
    (measured, 2026-11: `python -m tests.benchmarks.duplicates pairs`).

    Args:
        parts: arrays of `EDGE`; none, or empty ones, are allowed.

    Returns:
        `EDGE`, by the second reference; one fewer for each group than it has members.
    """
    files, keys, roots = _joined(parts)
    others = np.flatnonzero(roots != np.arange(len(roots)))
    hub, other = _references(files, keys[roots[others]]), _references(files, keys[others])
    return edges_of(hub["file"], hub["row"], other["file"], other["row"])


def components(parts: Iterable[np.ndarray]) -> Groups:
    """The groups that edges make.

    Args:
        parts: arrays of `EDGE`, in any order; the order does not matter.

    Returns:
        All groups; no edge: none.
    """
    files, keys, roots = _joined(parts)
    order = np.argsort(roots, kind="stable")
    sizes = np.bincount(roots)
    starts = offsets_of(sizes[sizes > 0])
    return Groups(_references(files, keys[order]), starts)


def chunks(groups: Groups, documents: int = 20_000) -> list[Groups]:
    """Groups in shares of about so many documents, to spread the work.

    Args:
        groups: all groups.
        documents: a share has at most so many, unless a single group has more;
            then it stands alone.

    Returns:
        Shares in the order of the groups; no groups: none.
    """
    shares = []
    first = 0
    while first < len(groups):
        limit = groups.starts[first] + documents
        last = int(np.searchsorted(groups.starts, limit, side="right")) - 1
        last = max(last, first + 1)
        shares.append(groups.part(first, last))
        first = last
    return shares


def _joined(parts: Iterable[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    # References as keys that sort as they do: place of the file, then row.
    held = list(parts)
    files = _distinct([np.unique(part[name]) for part in held for name in ("file_a", "file_b")])
    ends = [_keys(files, part[f"file_{end}"], part[f"row_{end}"]) for end in "ab" for part in held]
    keys = np.concatenate([np.empty(0, np.uint64), *ends])
    del ends  # this is where memory peaks, so nothing is held twice
    nodes = _distinct([keys])
    roots = np.arange(len(nodes), dtype=np.uint32)
    _unite(keys, nodes, roots)
    return files, nodes, roots


def _distinct(parts: list[np.ndarray]) -> np.ndarray:
    # Ascending and each once. `numpy.unique` takes four times the memory.
    values = np.concatenate([np.empty(0, np.uint64), *parts])
    values.sort()
    return values[: _squeeze(values)].copy()


def _keys(files: np.ndarray, names: np.ndarray, rows: np.ndarray) -> np.ndarray:
    keys = np.searchsorted(files, names).astype(np.uint64)
    keys <<= _ROW_BITS
    keys |= rows
    return keys


def _references(files: np.ndarray, keys: np.ndarray) -> np.ndarray:
    references = np.empty(len(keys), REFERENCE)
    references["file"] = files[(keys >> _ROW_BITS).astype(np.int64)]
    references["row"] = keys & np.uint64(0xFFFFFFFF)
    return references


@njit(types.int64(types.uint64[::1]), cache=True, nogil=True)
def _squeeze(ascending: np.ndarray) -> int:
    # Moves the distinct values to the front; how many there are.
    count = 0
    for value in ascending:
        if count == 0 or value != ascending[count - 1]:
            ascending[count] = value
            count += 1
    return count


@njit(types.int64(types.uint32[::1], types.int64), cache=True, nogil=True)
def _root(roots: np.ndarray, node: int) -> int:
    while roots[node] != node:
        roots[node] = roots[roots[node]]  # halves the way for the next search
        node = roots[node]
    return node


@njit(types.void(types.uint64[::1], types.uint64[::1], types.uint32[::1]), cache=True, nogil=True)
def _unite(keys: np.ndarray, nodes: np.ndarray, roots: np.ndarray) -> None:
    # The first half of the keys is joined to the second, one to one. The smaller
    # root wins, so the root of a group is its smallest reference.
    half = keys.size // 2
    for i in range(half):
        a = _root(roots, np.searchsorted(nodes, keys[i]))
        b = _root(roots, np.searchsorted(nodes, keys[half + i]))
        roots[max(a, b)] = min(a, b)
    for node in range(roots.size):
        roots[node] = _root(roots, node)
