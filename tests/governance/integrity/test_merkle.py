import hashlib
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.integrity import merkle
from governance.integrity.merkle import Tree
from governance.integrity.merkle_proofs import EMPTY, Leaf, Proof, check, read_proof
from schemas.errors import InputError
from tests.documents import doc_id

IDS = [doc_id(number) for number in range(40)]


def _by_hand(leaves):
    """RFC 6962, section 2.1, as it is written there."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    pair = _by_hand(leaves[:split]) + _by_hand(leaves[split:])
    return hashlib.sha256(b"\1" + pair).digest()


@pytest.mark.parametrize("size", range(18))
def test_the_root_is_the_one_of_the_rfc(size):
    leaves = sorted(one.encode() for one in IDS[:size])
    assert merkle.root(IDS[:size]) == _by_hand(leaves).hex()


def test_the_root_is_the_same_when_leaves_are_hashed_in_many_blocks(monkeypatch):
    whole, proof = merkle.root(IDS), Tree(IDS).prove(IDS[7])
    for size in (2, 4, 8):
        monkeypatch.setattr(merkle, "_BLOCK", size)
        assert merkle.root(IDS) == whole
        assert Tree(IDS).prove(IDS[7]) == proof


@given(st.sets(st.sampled_from(IDS), max_size=20), st.sampled_from(IDS))
def test_every_id_is_proven_in_or_out_by_the_root_alone(ids, one):
    proof = Tree(ids).prove(one)
    assert proof.is_included == (one in ids)
    assert check(proof, merkle.root(ids))
    assert not check(proof, "0" * 64)
    assert not check(replace(proof, is_included=not proof.is_included), merkle.root(ids))


@given(st.sets(st.sampled_from(IDS), min_size=3, max_size=20), st.data())
def test_a_document_that_is_there_cannot_be_proven_absent_by_any_two_leaves(ids, data):
    """Every pair of true leaves is tried, and every leaf alone."""
    tree, there = Tree(ids), data.draw(st.sampled_from(sorted(ids)))
    leaves = [tree.prove(one).leaves[0] for one in sorted(ids)]
    claims = [(one, other) for one in leaves for other in leaves]
    for claim in [(), *((one,) for one in leaves), *claims]:
        assert not check(Proof(there, False, tree.root, tuple(claim)), tree.root)


def test_neighbours_with_an_inner_node_for_a_leaf_prove_nothing():
    tree = Tree(IDS[:4])
    proof = tree.prove(IDS[5])
    cut = replace(proof, leaves=tuple(Leaf(one.doc_id, one.path[1:]) for one in proof.leaves))
    assert not check(cut, tree.root)


def test_a_changed_proof_proves_nothing():
    tree = Tree(IDS)
    proof = tree.prove(IDS[3])
    (leaf,) = proof.leaves
    for place, (side, digest) in enumerate(leaf.path):
        for step in (
            ("left" if side == "right" else "right", digest),
            (side, digest[::-1]),
            ("up", digest),
        ):
            path = (*leaf.path[:place], step, *leaf.path[place + 1 :])
            assert not check(replace(proof, leaves=(Leaf(leaf.doc_id, path),)), tree.root)


def test_an_empty_tree_proves_every_id_absent():
    assert merkle.root([]) == EMPTY
    assert check(Tree([]).prove(IDS[0]), EMPTY)


def test_proofs_come_back_from_json():
    proof = Tree(IDS).prove("0" * 32)
    assert read_proof(json.loads(json.dumps(proof.as_dict()))) == proof


@pytest.mark.parametrize("record", [[], {}, {"doc_id": 1, "is_included": "yes", "root": "", "leaves": []},
                                    {"doc_id": "", "is_included": True, "root": "", "leaves": [{}]}])  # fmt: skip
def test_what_is_no_proof_is_refused(record):
    with pytest.raises(InputError, match="proof"):
        read_proof(record)


@pytest.mark.parametrize(
    "ids", [["x" * 32], ["0" * 31], ["0" * 31, "0" * 33], ["0" * 32, None], ["é" * 16]]
)
def test_what_is_no_id_has_no_tree(ids):
    with pytest.raises(InputError, match="32 hexadecimal"):
        Tree(ids)


def test_an_id_that_stands_there_twice_has_no_tree():
    with pytest.raises(InputError, match="two documents"):
        Tree([IDS[0], IDS[1], IDS[0]])


def test_a_url_given_for_an_id_is_not_repeated():
    with pytest.raises(InputError) as error:
        Tree(IDS).prove("https://example.org/page")
    assert "example.org" not in str(error.value)


def test_proofs_that_are_asked_for_and_cannot_be_given_are_refused():
    with pytest.raises(InputError, match="is not among"):
        merkle.inclusion_proof(IDS[1:], IDS[0])
    with pytest.raises(InputError, match="is among"):
        merkle.non_inclusion_proof(IDS, IDS[0])
    assert merkle.inclusion_proof(IDS, IDS[0]).is_included
    assert not merkle.non_inclusion_proof(IDS[1:], IDS[0]).is_included
