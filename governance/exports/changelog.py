"""CHANGELOG.md: what entered and left since the release before, and why, in numbers."""

from typing import Any

from governance.exports import records
from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.exports.written import as_page

NAME = "CHANGELOG.md"


def make(material: Material) -> Made:
    """The changes as a page; without an earlier release it says so."""
    changes = material.changes
    facts = {
        "release": records.identity(material),
        "kept": changes.kept if changes else 0,
        "entered": changes.entered.to_dicts() if changes else [],
        "left": changes.left.to_dicts() if changes else [],
        "takedowns": _takedowns(material),
    }
    return Made({NAME: as_page("changelog.md", facts)})


def _takedowns(material: Material) -> list[dict[str, Any]]:
    """Those that stand between this release and the one before, in numbers."""
    earlier = material.earlier.version if material.earlier else None
    every = material.run.get("takedowns") or []
    versions = [one.get("from_version") for one in every]
    return every[versions.index(earlier) :] if earlier in versions else []


EXPORT = Export("changelog", "What entered, what left, and why", make)
