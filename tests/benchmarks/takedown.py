"""Times a takedown of one document in a corpus of 100,000 documents in three releases.

    python -m tests.benchmarks.takedown FOLDER [--documents 100000]

Makes the corpus in FOLDER from the declaration of human rights in the samples, curates it, and
prints the seconds of locate, apply and certify and how many files were written again.
"""

import argparse
import json
import random
import resource
import time
from pathlib import Path

from tests import runs, takedowns
from tests.made_corpus import sentences

#: One document in so many is a near copy of an earlier one.
_COPIES = 12
_WORDS = 14


def rows(count: int) -> list[dict[str, str]]:
    """Real sentences with their words in a new order; the same every time."""
    chance, material = random.Random(3), sentences()
    made: list[dict[str, str]] = []
    earlier: list[str] = []
    for number in range(count):
        if earlier and chance.random() < 1 / _COPIES:
            text = f"{chance.choice(earlier)}\n{number}"
        else:
            lines = chance.choice(material)[1]
            words = " ".join(chance.sample(lines, k=min(4, len(lines)))).split(" ")
            chance.shuffle(words)
            cuts = range(0, len(words), _WORDS)
            text = "\n".join(" ".join(words[at : at + _WORDS]) + "." for at in cuts)
            earlier.append(text)
            del earlier[1000:]
        url = f"https://site{number % 997}.example/a/{number}"
        made.append({"id": f"made-{number}", "text": text, "url": url})
    return made


def make(folder: Path, count: int) -> Path:
    """Three releases of four, four and a half, and five fifths of the documents."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "key").write_text(takedowns.KEY)
    (folder / "policy.yaml").write_text(
        "name: bench\nallowed_licences: [CC0-1.0]\nopt_outs: {unknown: keep}\n"
    )
    whole, cuts = rows(count), [0, count * 8 // 10, count * 9 // 10, count]
    names = ["first", "second", "third"]
    for name, first, last in zip(names, cuts, cuts[1:], strict=False):
        takedowns.write_source(folder, name, whole[first:last])
    for at in range(3):
        run = takedowns.write_run(folder, f"1.{at}.0", names[: at + 1])
        run.write_text(run.read_text().replace("shard_mb: 0.05", "shard_mb: 4"))
        runs.endonym("curate", run)
    return run


def timed(*arguments: object) -> dict:
    """Runs a takedown command; prints its seconds by the clock and of the processors."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    told = takedowns.takedown(*arguments)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = spent.ru_utime + spent.ru_stime - before.ru_utime - before.ru_stime
    print(f"{arguments[0]}: {time.monotonic() - began:.1f} s by the clock, {cpu:.1f} CPU s")
    return told


def main() -> None:
    """Makes the corpus and times the takedown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    given = parser.parse_args()
    run = make(given.folder, given.documents)
    case = takedowns.takedown("open", run, "--ground", "copyright", "--native-id", "made-5")["id"]
    timed("locate", run, case)
    steps = timed("apply", run, case)
    told = timed("certify", run, case)
    print(json.dumps({"reissue": steps["reissue"], "level": told["level"], **told["counts"]}))


if __name__ == "__main__":
    main()
