"""Certify: looks everywhere again and writes the proof that a takedown is complete."""

import csv
from pathlib import Path
from typing import Any

import polars as pl

from governance.books import reconcile
from governance.release_folder import open_release, read_json
from governance.takedown import cases, certificate, suppression
from governance.takedown.cases import APPLIED, CERTIFIED
from governance.takedown.grounds import ground
from pipelines.takedown import rescan
from pipelines.takedown.apply import Takedown, audit
from pipelines.takedown.locate import locate
from pipelines.takedown.proof import all_proven, manifest_difference
from schemas.errors import InputError

_LOOKS = ("ids", "texts", "near_copies", "index_ids", "excerpts", "mentions", "named")


def certify(
    work: Takedown, private_key: Path | None = None, register: Path | None = None
) -> dict[str, Any]:
    """Writes the certificate of a takedown that was applied.

    Args:
        work: the takedown.
        private_key: signs the certificate, if given.
        register: CSV of recipients with `recipient` and `release`, if there is one.

    Returns:
        The certificate. Its `counts.hits` are 0 when nothing of the documents is left.

    Raises:
        InputError: the case is not applied yet, or the register cannot be read.
    """
    if work.case.status not in {APPLIED, CERTIFIED}:
        raise InputError(f"case {work.case.id}: apply it first (endonym takedown apply)")
    again = _named_again(work)
    looked = _looked_again(work, again)
    stores = rescan.stores(work.corpus, work.ids)
    releases = [_compared(work, version) for version in work.plan["versions"]]
    hits = sum(one["hits"] for one in looked) + sum(stores.values())
    facts = {
        "removed": sum(one["removed"] for one in releases),
        "reconciled": all(one["reconciled"] for one in releases),
        "hits": hits,
        "trees_proven": all(one["trees_proven"] for one in releases),
    }
    told = _notices(register, set(work.plan["versions"]))
    record = {
        "certificate": "endonym-takedown-1",
        "corpus": work.corpus.name,
        "case_ref": work.case.id,
        "ground": ground(work.case.ground).public_code,
        "day": work.plan["day"],
        "operator_role": work.role,
        "level": certificate.level(facts),
        "counts": facts,
        "releases": releases,
        "rescan": looked,
        "named_again": "looked for" if not work.case.forgotten else
                       "not possible: the request was erased",
        "stores": stores,
        "suppression_key_id": suppression.key_id(work.corpus.keyring),
        "not_claimed": list(certificate.NOT_CLAIMED),
        "notify": told,
        "notices": len(told),
        "merkle": read_json(work.folder / "merkle.json"),
    }  # fmt: skip
    made = certificate.write(work.folder, record, private_key)
    audit(work, "takedown.certify", {"level": record["level"].lower(), "hits": hits,
                                     "removed": facts["removed"]})  # fmt: skip
    if not hits and facts["reconciled"]:
        cases.save(work.corpus, work.case, status=CERTIFIED)
    return made


def _looked_again(work: Takedown, again: dict[str, int]) -> list[dict[str, Any]]:
    """What a second look at each release found, with what the request itself finds there."""
    looked = rescan.releases(work.corpus, _own_entries(work), work.ids)
    for one in looked:
        one["named"] = again.get(one["release"], 0)
        one["hits"] = sum(one[name] for name in _LOOKS)
    return looked


def _own_entries(work: Takedown) -> suppression.SuppressionList:
    """The entries of this case alone; other cases have certificates of their own."""
    folder = work.corpus.state / suppression.PURPOSE
    listed = suppression.load(folder, str(suppression.digest_of(folder)), work.corpus.keyring)
    own = pl.read_ipc(folder / f"{work.case.id}.arrow")
    return suppression.SuppressionList(listed.digest, own, listed.keyring)


def _named_again(work: Takedown) -> dict[str, int]:
    """What the request itself still finds, by release, less what the steward left out."""
    if work.case.forgotten:
        return {}
    request = cases.request_of(work.corpus, work.case)
    found = locate(work.corpus, request, "place")
    left = found.filter(~pl.col("doc_id").is_in(list(work.case.excepted)))
    return dict(left.group_by("release").len().iter_rows())


def _compared(work: Takedown, version: str) -> dict[str, Any]:
    """An old release and the one that stands for it, from their records."""
    old, new = open_release(work.corpus.releases / version), open_release(work.new(version))
    difference = manifest_difference(old, new)
    taken = new.run["takedowns"][-1]
    removed = sum(sum(row.values()) for row in taken["by_source"].values())
    before, after = old.run["counts"]["read"], reconcile(new)
    trees = read_json(work.folder / "merkle.json")[version]
    return {
        "old_version": old.run["version"],
        "new_version": new.run["version"],
        "old_manifest_root": difference["old_root"],
        "new_manifest_root": difference["new_root"],
        "files_unchanged": difference["unchanged"],
        "files_changed": difference["changed"],
        "files_gone": difference["gone"],
        "files_added": difference["added"],
        "documents_before": before,
        "removed": removed,
        "documents_after": after.counts["read"],
        "reconciled": before - removed == after.counts["read"] and after.is_balanced,
        "trees_proven": all_proven(trees, work.ids_in(version), work.folder),
    }


def _notices(register: Path | None, versions: set[str]) -> list[str]:
    """Recipients of a release that was withdrawn, each once, sorted."""
    if register is None:
        return []
    try:
        with register.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return sorted({row["recipient"] for row in rows if row["release"] in versions})
    except (OSError, UnicodeDecodeError, KeyError, csv.Error):
        raise InputError(
            f"{register}: cannot be read as CSV with the columns recipient and release"
        ) from None
