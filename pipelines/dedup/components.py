"""Pairs joined into groups: all documents that a chain of pairs leads to.

A document is named by its reference: file id and row. A group says nothing yet
about who is a copy of whom; `leaders` decides that.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numba import njit, types

from pipelines.dedup.ragged import offsets_of
from pipelines.dedup.signature import READ_I64

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
    sizes = np.unique(roots, return_counts=True)[1]
    starts = offsets_of(sizes)
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
    edges = np.concatenate([np.empty(0, EDGE), *parts])
    both = np.concatenate([edges["file_a"], edges["file_b"]])
    rows = np.concatenate([edges["row_a"], edges["row_b"]])
    files, places = np.unique(both, return_inverse=True)
    keys, nodes = np.unique(
        places.astype(np.uint64) << _ROW_BITS | rows.astype(np.uint64), return_inverse=True
    )
    roots = np.arange(len(keys))
    nodes = nodes.astype(np.int64)
    _unite(nodes[: len(edges)], nodes[len(edges) :], roots)
    return files, keys, roots


def _references(files: np.ndarray, keys: np.ndarray) -> np.ndarray:
    references = np.empty(len(keys), REFERENCE)
    references["file"] = files[(keys >> _ROW_BITS).astype(np.int64)]
    references["row"] = keys & np.uint64(0xFFFFFFFF)
    return references


@njit(types.int64(types.int64[::1], types.int64), cache=True, nogil=True)
def _root(roots: np.ndarray, node: int) -> int:
    while roots[node] != node:
        roots[node] = roots[roots[node]]  # halves the way for the next search
        node = roots[node]
    return node


@njit(types.void(READ_I64, READ_I64, types.int64[::1]), cache=True, nogil=True)
def _unite(left: np.ndarray, right: np.ndarray, roots: np.ndarray) -> None:
    # The smaller root wins, so the root of a group is its smallest reference.
    for i in range(left.size):
        a, b = _root(roots, left[i]), _root(roots, right[i])
        roots[max(a, b)] = min(a, b)
    for node in range(roots.size):
        roots[node] = _root(roots, node)
