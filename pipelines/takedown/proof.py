"""What can be proven of two releases: their manifests compared, and documents in their trees."""

import gzip
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from governance.integrity import merkle_proofs
from governance.integrity.merkle import Tree, released_ids
from governance.integrity.paths import file_digest
from governance.release_folder import Release, read_json
from schemas.errors import InputError

#: One line a document: that it was in the old tree, and that it is not in the new one.
_SUFFIX = ".jsonl.gz"


def write_proofs(old: Release, new: Release, ids: Collection[str], folder: Path) -> dict[str, Any]:
    """Proves of every document that left that it was in the old tree and is not in the new one.

    Args:
        old: the release that held them.
        new: the one that stands for it.
        ids: the documents that go; those that were not released stand in no tree.
        folder: of the case; the proofs are written there, one line a document, however many.

    Returns:
        Roots and sizes of both trees, `released` (how many of the documents stood in the old
        tree), and name, digest and number of lines of the file of proofs.
    """
    leaving = released_ids(old.folder)
    ours = sorted(set(ids) & {str(one) for one in leaving.to_pylist()})
    before, after = Tree(leaving), Tree(released_ids(new.folder))
    path = folder / f"merkle-{old.folder.name}{_SUFFIX}"
    partial = path.with_name(f".{path.name}.partial")
    # Without name and time in its head the file is the same whenever it is written.
    with partial.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        for name in ours:
            proof = {
                "included_in_old": before.prove(name).as_dict(),
                "missing_in_new": after.prove(name).as_dict(),
            }
            file.write(json.dumps(proof, separators=(",", ":")).encode() + b"\n")
    partial.chmod(0o600)
    partial.replace(path)
    return {
        "old_root": before.root,
        "new_root": after.root,
        "old_leaves": len(before),
        "new_leaves": len(after),
        "released": len(ours),
        "proofs": {"file": path.name, "sha256": file_digest(path), "documents": len(ours)},
    }


def all_proven(trees: dict[str, Any], ids: Collection[str], folder: Path) -> bool:
    """Whether the file of proofs is the one that was written, complete, and every proof holds.

    Args:
        trees: what `write_proofs` said.
        ids: the documents that went.
        folder: of the case.
    """
    path = folder / str(trees["proofs"]["file"])
    if not path.is_file() or file_digest(path) != trees["proofs"]["sha256"]:
        return False
    wanted, proven = set(ids), set()
    try:
        for proof in _lines(path):
            was = merkle_proofs.read_proof(proof["included_in_old"])
            now = merkle_proofs.read_proof(proof["missing_in_new"])
            holds = merkle_proofs.check(was, trees["old_root"]) and merkle_proofs.check(
                now, trees["new_root"]
            )
            is_it = was.is_included and not now.is_included and was.doc_id == now.doc_id
            if not (holds and is_it and was.doc_id in wanted):
                return False
            proven.add(was.doc_id)
    except (OSError, ValueError, KeyError, InputError):
        return False
    return len(proven) == trees["released"]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rb") as file:
        for line in file:
            yield json.loads(line)


def manifest_difference(old: Release, new: Release) -> dict[str, Any]:
    """Which files changed from one manifest to the other."""
    before, after = (
        {one["path"]: one["sha256"] for one in read_json(release.folder / "manifest.json")["files"]}
        for release in (old, new)
    )
    same = {path for path in before if after.get(path) == before[path]}
    return {
        "old_root": old.manifest_root,
        "new_root": new.manifest_root,
        "unchanged": len(same),
        "changed": sorted((set(before) & set(after)) - same),
        "gone": sorted(set(before) - set(after)),
        "added": sorted(set(after) - set(before)),
    }
