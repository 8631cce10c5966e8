"""A small corpus in two releases with a document that has copies, for tests of takedowns."""

import gzip
import json
import shutil
from pathlib import Path

import yaml

from tests import runs

#: Real text: the declaration of human rights, as the samples have it.
SOURCES = runs.SAMPLES / "text" / "udhr"
CARD = {
    "title": "Made up", "fields": {"text": "text", "id": "id", "url": "url"},
    "licence": {"declared": "CC0-1.0", "concluded": "CC0-1.0", "evidence": "public domain",
                "verified_by": "the tests", "verified_on": "2026-11-23"},
    "rights_basis": "public-domain", "custodian": {"name": "Tests", "contact": "tests"},
    "jurisdiction": "INT", "collected": {"from": "2026-11-23", "to": "2026-11-23", "how": "made"},
    "expires": None, "trust": 3, "expected_languages": [],
    "robots": {"honoured": True, "evidence": "no crawl"},
}  # fmt: skip
DAY = ("--as-of", "2026-11-25")
URL = "https://www.example.org/kept/page-1"
KEY = "9c1f0b7e5d2a48c36e7f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f"


def texts(count: int) -> list[str]:
    """Declarations in many languages and scripts."""
    found = []
    for path in sorted(SOURCES.glob("*.jsonl.gz")):
        for line in gzip.decompress(path.read_bytes()).split(b"\n"):
            if line and len(found) < count:
                found.append(json.loads(line)["text"])
    return found


def near(text: str) -> str:
    """A near copy: one line less at the end."""
    return text.rstrip().rpartition("\n")[0]


def make_corpus(folder: Path) -> Path:
    """Two releases of a corpus; the run file of the second.

    Document `one` has an exact copy, a near copy and, in the second release, a copy in another
    source on another host.
    """
    folder.mkdir(parents=True, exist_ok=True)
    whole = texts(40)
    first = [{"id": f"doc-{at}", "text": text, "url": f"https://other.example/{at}"}
             for at, text in enumerate(whole)]  # fmt: skip
    first[1] |= {"id": "one", "url": URL}
    first.append({"id": "copy", "text": whole[1], "url": "https://mirror.example/1"})
    first.append({"id": "near", "text": near(whole[1]), "url": "https://mirror.example/2"})
    second = [{"id": "late", "text": whole[1], "url": "https://late.example/1"}]
    for name, rows in (("first", first), ("second", second)):
        write_source(folder, name, rows)
    (folder / "key").write_text(KEY)
    policy = {"name": "test", "allowed_licences": ["CC0-1.0"], "opt_outs": {"unknown": "keep"}}
    (folder / "policy.yaml").write_text(yaml.safe_dump(policy))
    one = write_run(folder, "1.0.0", ["first"])
    two = write_run(folder, "1.1.0", ["first", "second"])
    for run in (one, two):
        runs.curate(run)
    return two


def write_source(folder: Path, name: str, rows: list[dict]) -> None:
    """A source card and its file."""
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "text").mkdir(exist_ok=True)
    with (folder / "text" / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    card = {**CARD, "id": name, "paths": [f"../text/{name}.jsonl"]}
    (folder / "sources" / f"{name}.yaml").write_text(yaml.safe_dump(card))


def write_run(folder: Path, version: str, sources: list[str]) -> Path:
    """A run file of the corpus."""
    run = {"name": "made", "version": version, "policy": "policy.yaml", "key": "key",
           "sources": [f"sources/{name}.yaml" for name in sources], "output": "out",
           "as_of": "2026-11-23", "keep_staging": True, "sizes": {"shard_mb": 0.05}}  # fmt: skip
    path = folder / f"run-{version}.yaml"
    path.write_text(yaml.safe_dump(run))
    return path


def copied(run: Path, to: Path) -> Path:
    """A copy of the corpus in a folder of its own."""
    shutil.copytree(run.parent, to)
    return to / run.name


def takedown(*arguments) -> dict:
    """Runs a takedown command and gives what it prints as JSON."""
    done = runs.endonym("takedown", *arguments, "--json")
    assert done.returncode == 0, done.stderr[-1500:]
    return json.loads(done.stdout)


def locate_case(run: Path, *names: object, ground: str = "copyright") -> tuple[str, list[dict]]:
    """Opens a case and locates it: its id, and what was found."""
    case = takedown("open", run, "--ground", ground, *names, *DAY)["id"]
    return case, takedown("locate", run, case, *DAY)


def failed(release: Path) -> set[str]:
    """The gates of a release that did not pass."""
    gates = json.loads((release / "validation/results.json").read_text())["gates"]
    return {gate["id"] for gate in gates if not gate["passed"]}
