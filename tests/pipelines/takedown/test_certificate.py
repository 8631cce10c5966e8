"""What a certificate proves, and that nothing published confirms what was taken down."""

import gzip
import hashlib
import json
import re
import subprocess

import polars as pl
import pytest

from governance.integrity import merkle
from governance.release_folder import open_release
from governance.takedown import cases, certificate
from pipelines.load import load_corpus
from pipelines.takedown import proof
from tests import runs, takedowns
from tests.documents import row
from tests.releases import make_release
from tests.takedowns import DAY, URL, locate_case, takedown

pytestmark = pytest.mark.xdist_group("takedown")


def test_the_certificate_proves_the_absence_and_is_signed(done):
    told = done["told"]
    assert told["level"] == "C"
    assert told["counts"]["hits"] == 0
    assert told["counts"]["reconciled"]
    assert told["notify"] == ["r-7"]
    assert certificate.is_signed_by(told, done["keys"].public)
    assert not certificate.is_signed_by({**told, "level": "A"}, done["keys"].public)
    for old, trees in told["merkle"].items():
        new = done["after"] / done["applied"]["versions"][old]
        assert trees["new_root"] == merkle.Tree(merkle.released_ids(new)).root
        assert trees["proofs"]["documents"] == trees["released"] > 0


def test_nothing_published_confirms_what_was_taken_down(done):
    """No address, no text, no unkeyed digest of it: not raw, not in JSON, not inside Parquet."""
    old = pl.concat([runs.documents(done["before"] / "1.1.0")])
    ids = {row["doc_id"] for row in done["located"]}
    rows = old.filter(pl.col("doc_id").is_in(list(ids)))
    texts = rows["text"].drop_nulls().to_list()
    secrets = {URL, "example.org/kept", *rows["source"].struct.field("url").to_list()}
    secrets |= {line for text in texts for line in text.split("\n") if len(line) > 60}
    secrets |= set(rows["provenance"].struct.field("text_sha256").drop_nulls())
    secrets |= {hashlib.sha256(text.encode()).hexdigest() for text in texts}
    secrets |= {hashlib.sha256(value.encode()).hexdigest() for value in list(secrets)}
    published = [
        done["after"] / "tombstones",
        *(done["after"] / name for name in ("1.0.0", "1.1.0")),
    ]
    state = done["corpus"].state
    published += [state / "audit", state / "suppression"]
    paths = [path for folder in published for path in folder.rglob("*") if path.is_file()]
    paths += list(cases.folder_of(done["corpus"], done["case"]).glob("certificate.public.*"))
    assert len(paths) > 8
    for path in paths:
        data = path.read_bytes()
        if path.suffix in {".parquet", ".arrow"}:
            frame = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_ipc(path)
            data += str(frame.rows()).encode()
        for secret in secrets:
            assert secret.encode() not in data, path.name
            assert json.dumps(secret)[1:-1].encode() not in data, path.name


def test_the_public_certificate_names_no_document(done):
    shown = (cases.folder_of(done["corpus"], done["case"]) / "certificate.public.json").read_text()
    assert not any(row["doc_id"] in shown or row["path"] in shown for row in done["located"])


@pytest.mark.slow
def test_what_the_steward_left_out_stays(corpus_run, tmp_path):
    run = takedowns.copied(corpus_run, tmp_path / "corpus")
    case, located = locate_case(run, "--url", URL)
    near = next(row["doc_id"] for row in located if (row["similarity"] or 1) < 1)
    takedown("apply", run, case, "--except", near, *DAY)
    told = takedown("certify", run, case, *DAY)
    assert told["counts"]["hits"] == 0
    left = runs.documents(run.parent / "out" / "3.0.0")["doc_id"]
    assert near in left.to_list()
    assert sum(row["doc_id"] in left.to_list() for row in located if row["doc_id"] != near) == 0


@pytest.mark.slow
def test_something_that_is_left_is_found_by_the_second_look(corpus_run, tmp_path):
    """An attempt to certify when a copy still lies in a staged batch does not pass."""
    run = takedowns.copied(corpus_run, tmp_path / "corpus")
    staged = run.parent / ".endonym/batches"
    aside = tmp_path / "aside"
    case, _ = locate_case(run, "--url", URL)
    subprocess.run(["cp", "-r", staged, aside], check=True)
    takedown("apply", run, case, *DAY)
    assert takedown("certify", run, case, *DAY)["stores"]["staged_batches_and_drafts"] == 0
    subprocess.run(["rm", "-r", staged], check=True)
    subprocess.run(["mv", aside, staged], check=True)
    told = runs.endonym("takedown", "certify", run, case, *DAY)
    assert told.returncode == 2
    assert staged.exists()


@pytest.mark.slow
def test_the_takedown_of_the_stewards_guide_runs_as_it_is_written(corpus_run, tmp_path):
    run = takedowns.copied(corpus_run, tmp_path / "corpus")
    guide = (runs.ROOT / "docs/steward.md").read_text(encoding="utf-8")
    section = guide.partition("## A whole takedown")[2].partition("\n## ")[0]
    lines = re.findall(r"^\.venv/bin/endonym (.*)$", section, re.MULTILINE)
    assert [line.split()[1] for line in lines] == [
        "open", "status", "locate", "apply", "certify", "forget",
    ]  # fmt: skip
    case = ""
    for line in lines:
        names = {"samples/run.yaml": str(run), "NATIVE_ID": "one", "CASE": case}
        done = runs.endonym(*(names.get(word, word) for word in line.split()))
        assert done.returncode == 0, (line, done.stderr[-500:])
        found = re.search(r"^id: ([0-9a-f]{16})$", done.stdout, re.MULTILINE)
        case = found.group(1) if found else case
    assert [path.name for path in load_corpus(run).live()] == ["2.0.0", "3.0.0"]


@pytest.fixture(scope="module")
def two_trees(tmp_path_factory):
    """A release of 1,400 documents, and the one that is left when 700 of them go."""
    folder = tmp_path_factory.mktemp("trees")
    rows = [row(number, text=f"Text {number}") for number in range(1400)]
    old = make_release(folder / "1.0.0", rows, version="1.0.0")
    new = make_release(folder / "2.0.0", rows[::2], version="2.0.0")
    return open_release(old), open_release(new), [one["doc_id"] for one in rows[1::2]]


def test_every_document_is_proven_absent_however_many_they_are(two_trees, tmp_path):
    old, new, gone = two_trees
    told = proof.write_proofs(old, new, [*gone, "0" * 32], tmp_path)
    assert told["released"] == told["proofs"]["documents"] == 700
    assert proof.all_proven(told, gone, tmp_path)
    again = proof.write_proofs(old, new, gone, tmp_path)
    assert again == told


@pytest.mark.parametrize("damage", ["line", "byte", "root", "stranger", "file"])
def test_proofs_that_lack_one_or_are_of_another_tree_prove_nothing(two_trees, tmp_path, damage):
    old, new, gone = two_trees
    told = proof.write_proofs(old, new, gone, tmp_path)
    path = tmp_path / told["proofs"]["file"]
    if damage == "line":
        lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
        path.write_bytes(gzip.compress(b"".join(lines[1:])))
        told["proofs"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    elif damage == "byte":
        path.write_bytes(path.read_bytes() + b" ")
    elif damage == "root":
        told["new_root"] = told["old_root"]
    elif damage == "stranger":
        gone = gone[1:]
    else:
        path.unlink()
    assert not proof.all_proven(told, gone, tmp_path)
