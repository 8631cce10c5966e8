"""A request is taken down with all its mistakes told, and finds the documents and their copies."""

import json
import subprocess

import polars as pl
import pytest

from governance.takedown import cases
from pipelines.load import load_corpus
from tests import runs, takedowns
from tests.takedowns import DAY, URL, locate_case, takedown

pytestmark = pytest.mark.xdist_group("takedown")


def test_a_document_is_located_with_its_copies_in_every_release(done):
    found = {(row["release"], row["why"]) for row in done["located"]}
    assert {release for release, _ in found} == {"1.0.0", "1.1.0"}
    counts = pl.DataFrame(done["located"]).group_by("release").len().sort("release")
    assert counts["len"].to_list() == [3, 4]
    assert ("1.0.0", "url") in found


def test_an_opt_out_takes_the_place_and_leaves_other_copies(corpus_run):
    _, located = locate_case(corpus_run, "--host", "example.org", ground="opt-out")
    assert {row["why"] for row in located} == {"host"}
    assert len(located) == 2


def test_a_passage_and_a_file_find_the_document_and_its_copies(corpus_run, tmp_path):
    text = takedowns.texts(2)[1]
    words = text.split()
    (tmp_path / "passage.txt").write_text(" ".join(words[10:40]))
    (tmp_path / "whole.txt").write_text(text)
    for option in ("--passage-file", "--file"):
        path = tmp_path / ("passage.txt" if "passage" in option else "whole.txt")
        _, located = locate_case(corpus_run, option, path)
        counts = pl.DataFrame(located).group_by("release").len().sort("release")
        assert counts["len"].to_list() == [3, 4], option


def test_the_value_can_be_read_so_that_no_shell_remembers_it(corpus_run):
    done = subprocess.run(
        [runs.COMMAND, "takedown", "open", corpus_run, "--ground", "copyright", "--url", "-",
         "--json", *DAY], input=URL + "\n", capture_output=True, text=True, check=True,
        env=runs.environment(),
    )  # fmt: skip
    case = json.loads(done.stdout)["id"]
    assert URL not in done.stdout
    assert len(takedown("locate", corpus_run, case, *DAY)) == 7


def test_who_asked_is_never_in_the_audit_log_and_can_be_erased(corpus_run, tmp_path):
    run = takedowns.copied(corpus_run, tmp_path / "corpus")
    (tmp_path / "request.yaml").write_text(
        "ground: erasure\nreceived: 2026-01-31\nmatch:\n- {native_id: one}\n"
        "requester: {name: Invented Person, contact: somebody@example.org}\n"
    )
    case = takedown("open", run, "--request", tmp_path / "request.yaml", *DAY)
    assert case["deadline"] == "2026-02-28"
    corpus = load_corpus(run)
    folder = cases.folder_of(corpus, case["id"])
    assert folder.stat().st_mode & 0o077 == 0
    log = (corpus.state / "audit" / "log.jsonl").read_text()
    assert "takedown.open" in log
    assert "example.org" not in log
    assert runs.endonym("takedown", "forget", run, case["id"]).returncode == 0
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"Invented" not in held
    assert b'"one"' not in held
    assert takedown("status", run, case["id"])["forgotten"]


def test_all_mistakes_of_a_request_are_told_at_once(corpus_run, tmp_path):
    bad = tmp_path / "request.yaml"
    bad.write_text("ground: whim\nmatch:\n- {doc_id: short}\n- {url: x, host: y}\nwho: me\n")
    told = runs.endonym("takedown", "open", corpus_run, "--request", bad)
    assert told.returncode == 1
    for line in (":1", ":3", ":4", ":5"):
        assert f"request.yaml{line}" in told.stderr
    assert "Traceback" not in told.stderr
