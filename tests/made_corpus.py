"""Makes as much text as asked for out of the sample corpus: real sentences in a new order."""

import gzip
import json
import random
from pathlib import Path

from tests.runs import SAMPLES


def sentences() -> list[tuple[str, list[str]]]:
    """Language hint and lines of the declaration in every language of the samples."""
    found = []
    for path in sorted((SAMPLES / "text" / "udhr").glob("*.jsonl.gz")):
        for line in gzip.decompress(path.read_bytes()).split(b"\n"):
            if line:
                text = json.loads(line)["text"]
                lines = [part.strip() for part in text.split("\n") if len(part.strip()) > 20]
                found.append((str(json.loads(line).get("id")), lines))
    return [(name, lines) for name, lines in found if len(lines) > 3]


def make_corpus(path: Path, megabytes: float, seed: int = 1) -> int:
    """Writes JSONL of about this size; one document in twelve is a near copy of an earlier one.

    Returns:
        How many documents were written.
    """
    chance = random.Random(seed)
    material = sentences()
    size = count = 0
    earlier: list[list[str]] = []
    with path.open("w", encoding="utf-8", newline="\n") as file:
        while size < megabytes * 1e6:
            if earlier and chance.random() < 1 / 12:
                lines = [*chance.choice(earlier), str(count)]
            else:
                lines = _mixed(chance, chance.choice(material)[1], count)
                if len(earlier) < 1000:
                    earlier.append(lines)
            text = "\n".join(lines)
            size += file.write(
                json.dumps({"id": f"made-{count}", "text": text}, ensure_ascii=False) + "\n"
            )
            count += 1
    return count


def _mixed(chance: random.Random, lines: list[str], count: int) -> list[str]:
    words = " ".join(chance.choices(lines, k=min(12, len(lines)))).split(" ")
    chance.shuffle(words)
    cuts = range(0, len(words), 14)
    return [" ".join(words[cut : cut + 14]) + "." for cut in cuts] or [str(count)]
