"""Proofs about single documents of a release, by its Merkle root."""

from pathlib import Path

from governance.integrity import merkle
from governance.integrity.merkle import Tree
from governance.integrity.merkle_proofs import Proof
from governance.integrity.paths import STATEMENT
from governance.integrity.statement import read_statement
from governance.release_folder import read_json
from schemas.errors import InputError, ValidationFailedError


def root_of_release(release: Path, public_key: Path | None = None) -> str:
    """The Merkle root that a release states; with a key, the one in its signed statement.

    With the key nothing but the statement is needed: the documents may be gone.

    Raises:
        InputError: there is no root, or the key file is no key.
        ValidationFailedError: the statement is not signed with this key.
    """
    if public_key is None:
        root = read_json(release / merkle.NAME).get("root")
    else:
        signed = read_statement(release)
        if signed is None or not signed.is_signed_by(public_key):
            raise ValidationFailedError(f"{release}: {STATEMENT} is not signed with this key")
        root = (signed.content["predicate"].get("doc_ids") or {}).get("root")
    if not isinstance(root, str):
        raise InputError(f"{release}: states no Merkle root; endonym release writes it")
    return root


def prove(release: Path, doc_id: str, root: str) -> Proof:
    """Proof that a document is in a release, or is not, made from its documents.

    Args:
        release: the folder.
        doc_id: 32 hexadecimal characters.
        root: that the release states.

    Raises:
        InputError: it is no id, or a shard cannot be read.
        ValidationFailedError: the documents are not those of this root.
    """
    proof = Tree(merkle.released_ids(release)).prove(doc_id)
    if proof.root != root:
        raise ValidationFailedError(f"{release}: its documents are not those of its Merkle root")
    return proof
