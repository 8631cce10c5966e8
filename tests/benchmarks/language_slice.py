"""What the packaged models score on the texts of `tests/cases/language`, and the pins of that.

usage: python -m tests.benchmarks.language_slice

Writes `pinned.json` anew. Do so only when a model has changed, and look at what fell.
"""

import json
from pathlib import Path

from lang_models.weights import MODELS
from pipelines.chosen_model import chosen_identifier
from schemas.yaml_files import read_yaml
from tests.benchmarks.language_goals import gold_of, macro_f1, of_identifier

FOLDER = Path(__file__).parents[1] / "cases" / "language"
PINNED = FOLDER / "pinned.json"
PARTS = ("udhr", "manuals")


def models() -> dict[str, str]:
    """The names of the packaged models, and the sha256 of each."""
    entries = read_yaml(MODELS / "weights.yaml")[0]
    return {name: entry["sha256"] for name, entry in entries.items()}


def scores(model: str) -> dict[str, float]:
    """Macro-F1 on each part, rounded down to four places."""
    call = of_identifier(chosen_identifier(model))
    found = {}
    for part in PARTS:
        lines, gold = gold_of(FOLDER / f"{part}.jsonl")
        found[part] = int(macro_f1(gold, call(lines)) * 10_000) / 10_000
    return found


def pinned() -> dict[str, dict[str, object]]:
    """The pins: by model its sha256 and the least score on each part."""
    return json.loads(PINNED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    whole = {name: {"sha256": sha256, **scores(name)} for name, sha256 in models().items()}
    PINNED.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    print(PINNED.read_text(encoding="utf-8"))
