"""`run.json` of a release that was written again: the old one, less what went."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.tally import SEPARATOR, Tally, merged
from schemas.decision import QUARANTINED, RELEASED, REMOVED


def record(
    run: dict[str, Any],
    gone: Sequence[Tally],
    shifts: Sequence[tuple[Tally, Tally]],
    entries: Mapping[str, dict[str, Any] | None],
    told: Mapping[str, Any],
) -> dict[str, Any]:
    """`run.json` of the new release, which states what went and what was promoted.

    Args:
        run: that of the old release.
        gone: counts of what was taken out.
        shifts: counts of what changed its outcome, before and after.
        entries: what is said of the shards that were written; None for one that is gone.
        told: `version`, `case`, `day`, and `promoted`, how many documents.
    """
    out, moved = merged(gone), _moved(shifts)
    by_source: dict[str, dict[str, int]] = {}
    for key, count in out["decisions"].items():
        source, outcome = key.split(SEPARATOR)[:2]
        row = by_source.setdefault(source, dict.fromkeys((RELEASED, REMOVED, QUARANTINED), 0))
        row[outcome] += count
    for name, counter in out.items():
        moved[name].update(counter)
    counts = _less(run["counts"], moved["decisions"], moved["languages"], moved["privacy"])
    went = {source: sum(row.values()) for source, row in by_source.items()}
    takedown = {
        "case_ref": told["case"], "day": told["day"], "from_version": run["version"],
        "by_source": by_source, "promoted": told.get("promoted", 0),
        **{name: sum(row[name] for row in by_source.values())
           for name in (RELEASED, REMOVED, QUARANTINED)},
    }  # fmt: skip
    listed = {one["path"]: one for one in run["files"]} | dict(entries)
    return {
        **run,
        "version": told["version"],
        "supersedes": run["version"],
        "counts": counts,
        "read_by_run": run.get("read_by_run", run["read"]),
        "read": _reduced(run["read"], went),
        "takedowns": [*run.get("takedowns", []), takedown],
        "files": [one for path in sorted(listed) if (one := listed[path])],
    }


def _moved(shifts: Sequence[tuple[Tally, Tally]]) -> dict[str, Counter[str]]:
    """What leaves each count by a change of outcome; negative where it gains."""
    before, after = merged(one for one, _ in shifts), merged(other for _, other in shifts)
    for name, counter in before.items():
        counter.subtract(after[name])
    return before


def _reduced(counts: dict[str, int], gone: dict[str, int]) -> dict[str, int]:
    names = sorted({*counts, *gone})
    left = {name: counts.get(name, 0) - gone.get(name, 0) for name in names}
    return {name: number for name, number in left.items() if number}


def _less(
    counts: dict[str, Any],
    decisions: Mapping[str, int],
    languages: Mapping[str, int],
    privacy: Mapping[str, int],
) -> dict[str, Any]:
    """The counts of a run without some rows; an independent recount must agree (gate G-REC)."""
    left = json.loads(json.dumps(counts))
    rules: dict[str, dict[str, int]] = {REMOVED: {}, QUARANTINED: {}}
    stages: dict[tuple[str, str], int] = {}
    for key, number in decisions.items():
        source, outcome, stage, rule = (*key.split(SEPARATOR), "")[:4]
        for row in (left, left["by_source"][source]):
            row["read"] -= number
            row[outcome] -= number
        stages[stage, outcome] = stages.get((stage, outcome), 0) + number
        if outcome in rules:
            name = "/".join(part for part in (stage, rule) if part)
            rules[outcome][name] = rules[outcome].get(name, 0) + number
    left["by_source"] = {name: row for name, row in left["by_source"].items() if row["read"]}
    for name, outcome in (("removed_by_rule", REMOVED), ("quarantined_by_rule", QUARANTINED)):
        left[name] = _reduced(left[name], rules[outcome])
    left["languages"] = _reduced(left["languages"], dict(languages))
    left["privacy"] = _reduced(left["privacy"], dict(privacy))
    waiting = left["read"]
    for row in left["by_stage"]:
        for outcome in (REMOVED, QUARANTINED):
            row[outcome] -= stages.get((row["stage"], outcome), 0)
        row["in"], row["out"] = waiting, waiting - row[REMOVED] - row[QUARANTINED]
        waiting = row["out"]
    for kind in ("exact", "near", "url"):
        went = rules[REMOVED].get(f"duplicates/{kind}-duplicate", 0)
        left[f"{kind}_duplicates"] = left.get(f"{kind}_duplicates", 0) - went
    return left
