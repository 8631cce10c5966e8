"""A Merkle tree over the ids of the released documents: one digest that stands for all of them.

With the root alone anyone can check that an id is in a release, or that it is not: the ids
are sorted, so an absent one is proven by the two neighbours between which it would lie.

Source: leaf and node prefixes, and the shape of a tree whose leaves are no power of two,
after RFC 6962 (2013), section 2.1. The leaves are the ids as ASCII, sorted, each once.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from governance.integrity.merkle_ids import ID, ID_CHARS, shown_id, sorted_ids
from governance.integrity.merkle_proofs import ALGORITHM, EMPTY, Leaf, Proof
from schemas.errors import InputError

NAME = "doc_ids.merkle.json"
#: Leaves that are hashed together; a power of two, so that a block is a subtree.
_BLOCK = 1 << 16


class Tree:
    """The tree of some ids; memory is 16 bytes an id.

    Args:
        doc_ids: 32 hexadecimal characters each, in any order.

    Raises:
        InputError: an id is none, or stands there twice.
    """

    def __init__(self, doc_ids: Iterable[str] | pa.Array | pa.ChunkedArray) -> None:
        self._ids = sorted_ids(doc_ids)
        blocks = range(0, len(self._ids), _BLOCK)
        roots = [_levels(self._leaf_digests(start))[-1][0] for start in blocks]
        self._above = _levels(roots)
        self._last: tuple[int, list[list[bytes]]] = (-1, [])

    def __len__(self) -> int:  # noqa: D105
        return len(self._ids)

    @property
    def root(self) -> str:
        """The root digest, 64 hexadecimal characters."""
        return self._above[-1][0].hex() if len(self) else EMPTY

    def prove(self, doc_id: str) -> Proof:
        """Proof that an id is in the tree when it is, and that it is not when it is not.

        Raises:
            InputError: it is no id.
        """
        if not ID.fullmatch(doc_id):
            raise InputError(f"{shown_id(doc_id)}: a document id is 32 hexadecimal characters")
        place = self._place(doc_id)
        if place < len(self) and self._id(place) == doc_id:
            return Proof(doc_id, is_included=True, root=self.root, leaves=(self._leaf(place),))
        around = [near for near in (place - 1, place) if 0 <= near < len(self)]
        leaves = tuple(self._leaf(near) for near in around)
        return Proof(doc_id, is_included=False, root=self.root, leaves=leaves)

    def _place(self, doc_id: str) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._id(middle) < doc_id:
                low = middle + 1
            else:
                high = middle
        return low

    def _id(self, place: int) -> str:
        return self._ids[place].tobytes().hex()

    def _leaf(self, place: int) -> Leaf:
        start = place - place % _BLOCK
        inside = _path(self._inside(start), place - start)
        above = _path(self._above, place // _BLOCK)
        return Leaf(self._id(place), (*inside, *above))

    def _inside(self, start: int) -> list[list[bytes]]:
        """The levels of a block; those of the last one are held, as proofs come in order."""
        if self._last[0] != start:
            self._last = (start, _levels(self._leaf_digests(start)))
        return self._last[1]

    def _leaf_digests(self, start: int) -> list[bytes]:
        text = self._ids[start : start + _BLOCK].tobytes().hex().encode("ascii")
        ends = range(0, len(text), ID_CHARS)
        return [sha256(b"\0" + text[at : at + ID_CHARS]).digest() for at in ends]


def root(doc_ids: Iterable[str]) -> str:
    """The root digest of some ids.

    >>> root([]) == EMPTY
    True
    """
    return Tree(doc_ids).root


def inclusion_proof(doc_ids: Iterable[str], doc_id: str) -> Proof:
    """Proof that an id is among them.

    Raises:
        InputError: it is not.
    """
    proof = Tree(doc_ids).prove(doc_id)
    if not proof.is_included:
        raise InputError(f"{doc_id}: is not among the released documents")
    return proof


def non_inclusion_proof(doc_ids: Iterable[str], doc_id: str) -> Proof:
    """Proof that an id is not among them.

    Raises:
        InputError: it is.
    """
    proof = Tree(doc_ids).prove(doc_id)
    if proof.is_included:
        raise InputError(f"{doc_id}: is among the released documents")
    return proof


def released_ids(release: Path) -> pa.ChunkedArray:
    """The ids of all released documents, shard by shard.

    Raises:
        InputError: a shard cannot be read, or has no ids.
    """
    parts: list[pa.Array] = []
    for path in sorted((release / "documents").rglob("*.parquet")):
        try:
            with pq.ParquetFile(path) as file:
                parts += file.read(columns=["doc_id"]).column("doc_id").chunks
        except (OSError, KeyError, pa.ArrowException):
            name = path.relative_to(release)
            raise InputError(f"{name}: the ids of its documents cannot be read") from None
    return pa.chunked_array([part.cast(pa.string()) for part in parts], pa.string())


def write_tree(release: Path) -> Path:
    """Writes `doc_ids.merkle.json`: root, number of leaves, algorithm.

    Raises:
        InputError: a shard cannot be read, or an id stands there twice.
    """
    tree = Tree(released_ids(release))
    record = {"algorithm": ALGORITHM, "leaves": len(tree), "root": tree.root}
    path = release / NAME
    path.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="ascii")
    return path


def _levels(digests: list[bytes]) -> list[list[bytes]]:
    """The digests of every level from the leaves to the root; one without a pair moves up."""
    levels = [digests]
    while len(levels[-1]) > 1:
        low = levels[-1]
        pairs = zip(low[::2], low[1::2], strict=False)
        high = [sha256(b"\1" + left + right).digest() for left, right in pairs]
        levels.append(high + low[-1:] * (len(low) % 2))
    return levels


def _path(levels: list[list[bytes]], place: int) -> list[tuple[str, str]]:
    steps = []
    for level in levels[:-1]:
        beside = place ^ 1
        if beside < len(level):
            steps.append(("left" if beside < place else "right", level[beside].hex()))
        place //= 2
    return steps
