"""The same articles in two dozen scripts, for tests of what holds whatever the script."""

import gzip
import json
from functools import cache

from tests import runs

#: Language as the samples hint at it, one or more of each script.
HINTS = (
    "sw", "mk", "ar", "ti", "ne", "hi", "ta", "ml", "sa-Gran", "yi", "dv", "zh", "nan", "ja", "ii",
    "lo", "km", "mnw", "jv-Java", "kkh-Lana", "chr", "csw", "vai", "zgh",
)  # fmt: skip
#: Characters of an article; a few say much in some scripts.
_SHORTEST, _SHORTEST_OF = 90, {"zh": 36, "nan": 36, "ii": 40}
#: Those of them that write no spaces between words.
UNSPACED = ("zh", "nan", "ja", "ii", "lo", "km", "mnw", "jv-Java", "kkh-Lana")


def _least(hint: str) -> int:
    return _SHORTEST_OF.get(hint, _SHORTEST)


@cache
def articles() -> dict[str, tuple[str, ...]]:
    """For each language the lines of its text that are articles, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((runs.SAMPLES / "text" / "udhr").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                row = json.loads(line)
                if row["hint"] in HINTS and row["hint"] not in found:
                    lines = (one.strip() for one in row["text"].split("\n"))
                    found[row["hint"]] = tuple(
                        one for one in lines if len(one) > _least(row["hint"])
                    )
    return {hint: found[hint] for hint in HINTS}
