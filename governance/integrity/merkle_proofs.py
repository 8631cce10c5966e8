"""Proofs that an id is in a Merkle tree or is not, checked with the root alone."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from governance.integrity.merkle_ids import ID
from schemas.errors import InputError

ALGORITHM = "sha256, RFC 6962 section 2.1, leaves: doc_id in ASCII, sorted"
#: What a tree without leaves has for a root.
EMPTY = sha256(b"").hexdigest()
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: No tree has more levels: 2**64 leaves.
_MOST_LEVELS = 64


@dataclass(frozen=True)
class Leaf:
    """A leaf with the digests that lead from it to the root.

    Args:
        doc_id: the id in the leaf.
        path: from the leaf upwards, the side on which the other subtree lies (`left` or
            `right`) and its digest.
    """

    doc_id: str
    path: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Proof:
    """Proof that an id is in a tree, or is not.

    Args:
        doc_id: the id.
        is_included: what is proven.
        root: of the tree that it is about.
        leaves: the leaf itself; or the neighbours between which it would lie: two, one
            where it would be the first or the last, none in an empty tree.
    """

    doc_id: str
    is_included: bool
    root: str
    leaves: tuple[Leaf, ...]

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"algorithm": ALGORITHM, **asdict(self)}


def check(proof: Proof, expected_root: str) -> bool:
    """True when the proof proves what it says of the tree with this root.

    Nothing but the root is believed: neither a number of leaves nor a place. Two leaves are
    neighbours when one is the last of a left subtree and the other the first of the right one.
    """
    if proof.root != expected_root or not ID.fullmatch(proof.doc_id):
        return False
    if not all(_root_from(leaf) == expected_root for leaf in proof.leaves):
        return False
    ids = [leaf.doc_id for leaf in proof.leaves]
    if proof.is_included:
        return ids == [proof.doc_id]
    return _leave_no_room(proof, ids, expected_root)


def read_proof(record: object) -> Proof:
    """A proof from its JSON.

    Raises:
        InputError: it is none.
    """
    try:
        found: Any = record
        leaves = tuple(
            Leaf(
                str(leaf["doc_id"]),
                tuple((str(side), str(digest)) for side, digest in leaf["path"]),
            )
            for leaf in found["leaves"]
        )
        is_included = found["is_included"]
        proof = Proof(str(found["doc_id"]), is_included, str(found["root"]), leaves)
    except (KeyError, TypeError, ValueError):
        raise InputError("the proof is not as endonym verify --doc-id prints it") from None
    if not isinstance(is_included, bool):
        raise InputError("the proof does not say whether the document is included")
    return proof


def _leave_no_room(proof: Proof, ids: list[str], expected_root: str) -> bool:
    """True when the leaves are all that there can be around the absent id."""
    if not ids:
        return expected_root == EMPTY
    if len(ids) == 1:
        is_before = proof.doc_id < ids[0]
        side = "right" if is_before else "left"
        return proof.doc_id != ids[0] and _all_on(side, proof.leaves[0].path)
    left, right = proof.leaves[0], proof.leaves[-1]
    is_between = len(ids) == 2 and left.doc_id < proof.doc_id < right.doc_id  # noqa: PLR2004
    return is_between and _are_neighbours(left.path, right.path)


Path_ = Sequence[tuple[str, str]]


def _are_neighbours(left: Path_, right: Path_) -> bool:
    """True when the paths part at one node, to its left and right, and touch below it."""
    shared = 0
    for one, other in zip(reversed(left), reversed(right), strict=False):
        if one[0] != other[0]:
            break
        shared += 1
    rest_left, rest_right = left[: len(left) - shared], right[: len(right) - shared]
    if not rest_left or not rest_right:
        return False
    parts = rest_left[-1][0] == "right" and rest_right[-1][0] == "left"
    return parts and _all_on("left", rest_left[:-1]) and _all_on("right", rest_right[:-1])


def _all_on(side: str, path: Path_) -> bool:
    return all(step[0] == side for step in path)


def _root_from(leaf: Leaf) -> str | None:
    if not ID.fullmatch(leaf.doc_id) or len(leaf.path) > _MOST_LEVELS:
        return None
    digest = sha256(b"\0" + leaf.doc_id.encode("ascii")).digest()
    for side, other in leaf.path:
        if side not in {"left", "right"} or not _DIGEST.fullmatch(other):
            return None
        beside = bytes.fromhex(other)
        pair = beside + digest if side == "left" else digest + beside
        digest = sha256(b"\1" + pair).digest()
    return digest.hex()
