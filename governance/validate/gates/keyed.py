"""Names that stand for something are keyed: no plain digest, and no key that anyone knows."""

import hashlib

from governance.keys import well_known_key_ids
from governance.release_folder import Release, read_rows
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_PLAIN = ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s")
#: Documents of each file whose names are tried.
_ROWS = 50
_TRIED = ("native_id", "url", "title", "uri")
_COLUMNS = ["doc_id", "text", "provenance.raw_hmac", *(f"source.{name}" for name in _TRIED)]


def find(evidence: Evidence) -> Finding:
    """Tries names of documents against plain digests of what anyone could guess."""
    reasons = []
    if evidence.release.run.get("key_id") in well_known_key_ids():
        reasons.append(
            "run.json: the key is a test key that anyone can guess; make one with 64 random"
            " hexadecimal characters and curate again"
        )
    plain = _plain(evidence.release)
    if plain:
        reasons.append(f"documents whose id or raw digest is a plain digest: {plain:,}")
    return Finding(len(reasons), tuple(reasons))


def _plain(release: Release) -> int:
    found = 0
    for shard in release.shards:
        for rows in read_rows(release, shard, _COLUMNS, size=_ROWS):
            found += sum(map(_is_plain, rows.iter_rows(named=True)))
            break
    return found


def _is_plain(row: dict[str, object]) -> bool:
    source, provenance = row["source"], row["provenance"]
    assert isinstance(source, dict) and isinstance(provenance, dict)  # noqa: S101, PT018  # structs
    names = [name for name in (row["doc_id"], provenance["raw_hmac"]) if name]
    written = [row["text"], *(source[name] for name in _TRIED)]
    guesses = {digest for value in written if value for digest in _digests(str(value))}
    return any(guess.startswith(str(name)) for name in names for guess in guesses)


def _digests(value: str) -> list[str]:
    data = value.encode()
    return [hashlib.new(name, data, usedforsecurity=False).hexdigest() for name in _PLAIN]


CHECK = Check(
    id="G-PII-4",
    title="Names of documents and digests of raw records are made with a key nobody can guess",
    unit="problems",
    limit=0,
    source="decision D6: identifiers are keyed; plain digests of numbers are tried in minutes (2026-11)",  # noqa: E501
    find=find,
)
