"""What can be proven of two releases: their manifests compared, and documents in their trees."""

from collections.abc import Collection
from typing import Any

from governance.integrity.merkle import Tree, released_ids
from governance.release_folder import Release, read_json

#: Documents of a release that are proven one by one; a takedown of whole sites is proven by its
#: manifests, its counts and the second look, and its certificate claims level B.
MOST_PROOFS = 500


def merkle_proofs(old: Release, new: Release, ids: Collection[str]) -> dict[str, Any]:
    """Roots of both trees, and for each document that it was in the old and is not in the new.

    Returns:
        `released`, how many of them stood in the old tree at all (the others were removed or in
        quarantine), and the `proofs` of the first `MOST_PROOFS` of those by their ids.
    """
    before_ids = {str(one) for one in released_ids(old.folder).to_pylist()}
    before, after = Tree(released_ids(old.folder)), Tree(released_ids(new.folder))
    ours = sorted(set(ids) & before_ids)
    return {
        "old_root": before.root,
        "new_root": after.root,
        "old_leaves": len(before),
        "new_leaves": len(after),
        "released": len(ours),
        "proofs": {
            name: {
                "included_in_old": before.prove(name).as_dict(),
                "missing_in_new": after.prove(name).as_dict(),
            }
            for name in ours[:MOST_PROOFS]
        },
    }


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
