"""The certificate of a takedown: what was done, what was looked for again, what it proves.

It states the level that its evidence reaches: A, a statement of who did what; B, manifests
compared, counts that reconcile, and a second look everywhere without a hit; C, proofs that
the documents were in the old tree and are not in the new one. Copies in other hands and
models made from them are not claimed. The public edition names no document and no content.

Source: governance notes 5.5 (2026-11).
"""

import base64
from pathlib import Path
from typing import Any

from governance.integrity import signature
from governance.integrity.canonical import canonical
from governance.takedown.stored import write_bytes, write_json

CONTEXT = b"endonym takedown certificate 1\n"
NOT_CLAIMED = (
    "copies that recipients hold; who was to be told of the takedown is listed",
    "models that were trained on a withdrawn release",
    "backups that this program does not know of",
)


def level(facts: dict[str, Any]) -> str:
    """The highest level that the facts reach.

    >>> level({"reconciled": True, "hits": 0, "trees_proven": False})
    'B'
    >>> level({"reconciled": True, "hits": 1, "trees_proven": True})
    'A'
    """
    if not facts["reconciled"] or facts["hits"]:
        return "A"
    return "C" if facts["trees_proven"] else "B"


def write(folder: Path, record: dict[str, Any], private_key: Path | None) -> dict[str, Any]:
    """Writes `certificate.json` and `.md`, and both again as `certificate.public.*`.

    Args:
        folder: of the case.
        record: the whole certificate.
        private_key: signs both, if given.

    Returns:
        The certificate with its signature.
    """
    for name, told in (("certificate", record), ("certificate.public", public(record))):
        signed = _signed(told, private_key)
        write_json(folder / f"{name}.json", signed)
        write_bytes(folder / f"{name}.md", as_text(signed).encode())
    return _signed(record, private_key)


def public(record: dict[str, Any]) -> dict[str, Any]:
    """What may be shown to all: no id of a document, no file of it, no proof that names one."""
    shown = ("certificate", "corpus", "case_ref", "ground", "day", "level", "operator_role",
             "counts", "stores", "not_claimed", "notices")  # fmt: skip
    releases = [
        {name: one[name] for name in ("old_version", "new_version", "old_manifest_root",
                                      "new_manifest_root", "reconciled", "files_unchanged")}
        for one in record["releases"]
    ]  # fmt: skip
    looked = [{"release": one["release"], "documents": one["documents"], "hits": one["hits"]}
              for one in record["rescan"]]  # fmt: skip
    return {**{name: record[name] for name in shown}, "releases": releases, "rescan": looked}


def is_signed_by(certificate: dict[str, Any], public_key: Path) -> bool:
    """True when this key signed this certificate as it is."""
    told = {name: value for name, value in certificate.items() if name != "signature"}
    found = certificate.get("signature") or {}
    signed = base64.b64decode(found.get("value", ""))
    return signature.verify(CONTEXT + canonical(told), signed, public_key)


def _signed(record: dict[str, Any], private_key: Path | None) -> dict[str, Any]:
    if private_key is None:
        return record
    value = signature.sign(CONTEXT + canonical(record), private_key)
    made = {"key": signature.fingerprint(private_key), "value": base64.b64encode(value).decode()}
    return {**record, "signature": made}


def as_text(record: dict[str, Any]) -> str:
    """The certificate for people."""
    lines = [
        f"# Certificate of takedown, level {record['level']}",
        "",
        f"Corpus {record['corpus']}, case {record['case_ref']}, ground: {record['ground']}.",
        f"Applied on {record['day']} by the {record['operator_role']}.",
        "",
        f"Documents taken down, release by release: {record['counts']['removed']}.",
        f"Counts reconcile (old less removed is new): {_yes(record['counts']['reconciled'])}.",
        f"Hits when everything was looked at again: {record['counts']['hits']}.",
        "",
        "| old release | new release | files unchanged | counts reconcile |",
        "|---|---|---|---|",
        *(
            f"| {one['old_version']} | {one['new_version']} | {one['files_unchanged']} |"
            f" {_yes(one['reconciled'])} |"
            for one in record["releases"]
        ),
        "",
        "Looked at again:",
        "",
        *(f"- release {one['release']}: {one['documents']:,} documents, {one['hits']} hits"
          for one in record["rescan"]),
        *(f"- {name.replace('_', ' ')}: {count}" for name, count in record["stores"].items()),
        "",
        "Not claimed:",
        "",
        *(f"- {one}" for one in record["not_claimed"]),
        "",
        f"To be notified: {record['notices']} recipients.",
        f"Signed: {record['signature']['key']}." if "signature" in record else "Not signed.",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
