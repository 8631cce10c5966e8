"""How it was made: inputs, settings, software, models, digests."""

from collections import defaultdict
from typing import Any

from governance.report.page import Facts, Material


def facts(material: Material) -> Facts:
    """What `run.json` states, in an order for people."""
    run = material.release.run
    return {
        "name": run.get("name"),
        "version": run.get("version"),
        "run_id": run.get("run_id"),
        "settings_digest": run.get("settings_digest"),
        "key_id": run.get("key_id"),
        "schema_version": run.get("schema_version"),
        "manifest_root": material.release.manifest_root,
        "shards": len(material.release.shards),
        "settings": _flat(run.get("settings") or {}),
        "software": run.get("software") or {},
        "models": run.get("models") or [],
        "inputs": _inputs(run.get("inputs") or []),
    }


def _flat(settings: dict[str, Any], before: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in sorted(settings.items()):
        if isinstance(value, dict):
            flat |= _flat(value, f"{before}{key}.")
        elif isinstance(value, list):
            flat[before + key] = ", ".join(map(str, value)) or "none"
        else:
            flat[before + key] = "none" if value is None else str(value)
    return flat


def _inputs(inputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Files and bytes by source; the files themselves stand in run.json."""
    sums: dict[str, list[int]] = defaultdict(list)
    for entry in inputs:
        sums[str(entry.get("source"))].append(int(entry.get("bytes") or 0))
    return [
        {"source": source, "files": len(sizes), "bytes": sum(sizes)}
        for source, sizes in sorted(sums.items())
    ]
