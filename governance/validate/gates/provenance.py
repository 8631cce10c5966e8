"""Every document can be traced to a card, a file, settings and models."""

from collections.abc import Iterator
from typing import Any

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

#: What run.json must hold, and what each entry of a list in it must state.
_STATED = ("run_id", "settings_digest", "key_id", "software")
_LISTED = {
    "sources": ("id", "title", "licence", "jurisdiction", "custodian", "rights_basis"),
    "models": ("name", "sha256", "licence"),
    "inputs": ("source", "uri", "digest"),
}


def find(evidence: Evidence) -> Finding:
    """Counts what `run.json` leaves out; whether documents fit to it, the suites judge."""
    reasons = tuple(_missing(evidence.release.run))
    return Finding(len(reasons), reasons)


def _missing(run: dict[str, Any]) -> Iterator[str]:
    for key in _STATED:
        if not run.get(key):
            yield f"run.json does not state {key}"
    for name, keys in _LISTED.items():
        entries = run.get(name) or []
        if not entries:
            yield f"run.json lists no {name}"
        for key in keys:
            without = sum(1 for entry in entries if not entry.get(key))
            if without:
                yield f"run.json: {name} without {key}: {without} of {len(entries)}"


CHECK = Check(
    id="G-PROV",
    title="Every document names a source with a card, this run, its settings and known models",
    unit="problems",
    limit=0,
    source="governance notes, gate G-PROV (2026-11)",
    find=find,
)
