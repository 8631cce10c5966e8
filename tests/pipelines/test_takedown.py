"""A takedown from the request to the certificate, over two releases of a small corpus."""

import hashlib
import json
import re
import signal
import subprocess
import sys

import polars as pl
import pytest

from governance.books import reconcile
from governance.integrity import merkle
from governance.integrity.signature import new_keys
from governance.manifest import verify
from governance.takedown import cases, certificate, tombstones
from pipelines.load import load_corpus
from pipelines.takedown import apply as application
from schemas.errors import InputError
from tests import runs, takedowns
from tests.takedowns import URL, takedown

pytestmark = pytest.mark.xdist_group("takedown")
DAY = ("--as-of", "2026-11-25")


@pytest.fixture(scope="session")
def corpus_run(tmp_path_factory):
    return takedowns.make_corpus(tmp_path_factory.mktemp("takedown") / "corpus")


def _located(run, *names, ground="copyright"):
    case = takedown("open", run, "--ground", ground, *names, *DAY)["id"]
    return case, takedown("locate", run, case, *DAY)


@pytest.fixture(scope="session")
def done(corpus_run, tmp_path_factory):
    """The corpus before and after; the case was applied and certified with a key."""
    folder = tmp_path_factory.mktemp("done")
    run = takedowns.copied(corpus_run, folder / "corpus")
    case, located = _located(run, "--url", URL)
    applied = takedown("apply", run, case, *DAY)
    keys = new_keys(folder / "officer.pem")
    (folder / "register.csv").write_text("recipient,release\nr-7,1.0.0\nr-8,9.9.9\n")
    told = takedown("certify", run, case, "--key", keys.private, *DAY,
                    "--register", folder / "register.csv")  # fmt: skip
    return {"run": run, "case": case, "located": located, "applied": applied, "told": told,
            "keys": keys, "before": corpus_run.parent / "out", "after": run.parent / "out",
            "corpus": load_corpus(run)}  # fmt: skip


def test_a_document_is_located_with_its_copies_in_every_release(done):
    found = {(row["release"], row["why"]) for row in done["located"]}
    assert {release for release, _ in found} == {"1.0.0", "1.1.0"}
    counts = pl.DataFrame(done["located"]).group_by("release").len().sort("release")
    assert counts["len"].to_list() == [3, 4]
    assert ("1.0.0", "url") in found


def test_only_the_files_that_held_something_are_written_again(done):
    listed = {}
    for row in done["located"]:
        listed.setdefault(row["release"], set()).add(row["path"])
    for old, new in done["applied"]["versions"].items():
        before = {one["path"]: one["sha256"] for one in _manifest(done["before"] / old)["files"]}
        after = {one["path"]: one["sha256"] for one in _manifest(done["after"] / new)["files"]}
        changed = {path for path in before if after.get(path) != before[path]}
        shards = {path for path in changed if path.split("/")[0] != "duplicates"} - {"run.json"}
        assert shards == listed[old]
        indexes = {path for path in changed if path.startswith("duplicates/index")}
        assert len(indexes) == sum(path.startswith("documents/") for path in shards)
        assert len(set(before) - changed) > 3 * len(changed)


def _manifest(release):
    return json.loads((release / "manifest.json").read_text())


def test_the_books_of_the_new_release_balance_and_state_what_went(done):
    for old, new in done["applied"]["versions"].items():
        before, after = runs.record(done["before"] / old), runs.record(done["after"] / new)
        assert reconcile(done["after"] / new).is_balanced
        assert verify(done["after"] / new, later=("tombstones",)) == []
        (taken,) = after["takedowns"]
        gone = taken["released"] + taken["removed"] + taken["quarantined"]
        assert before["counts"]["read"] - gone == after["counts"]["read"]
        assert gone == sum(row["release"] == old for row in done["located"])
        assert after["supersedes"] == old


def test_books_that_hide_a_takedown_do_not_balance(done, tmp_path):
    new = done["after"] / done["applied"]["versions"]["1.1.0"]
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", new, copy], check=True)
    record = runs.record(copy)
    record["read_by_run"]["first"] += 1
    (copy / "run.json").write_text(json.dumps(record))
    assert any("takedowns" in one for one in reconcile(copy).imbalances)


def test_every_gate_passes_as_before(done):
    for old, new in done["applied"]["versions"].items():
        failed = [_failed(folder) for folder in (done["before"] / old, done["after"] / new)]
        assert failed[1] <= failed[0]
        assert (done["after"] / new / "report/index.html").exists()


def _failed(release):
    gates = json.loads((release / "validation/results.json").read_text())["gates"]
    return {gate["id"] for gate in gates if not gate["passed"]}


def test_the_old_releases_lose_their_content_and_keep_their_record(done):
    for old, new in done["applied"]["versions"].items():
        left = {path.name for path in (done["after"] / old).iterdir()}
        assert left == {"manifest.json", "run.json", "withdrawn.json"}
        told = json.loads((done["after"] / old / "withdrawn.json").read_text())
        assert told["superseded_by"] == new
    assert [path.name for path in done["corpus"].live()] == ["2.0.0", "3.0.0"]
    latest = json.loads((done["after"] / "tombstones/latest_usable.json").read_text())
    assert latest["latest_usable"] == "3.0.0"


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
        assert trees["proofs"]


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


def test_the_list_of_what_is_gone_is_chained(done):
    listed = tombstones.read(done["after"] / "tombstones")
    assert tombstones.broken_links(listed) == []
    assert set(listed["doc_id"]) == {row["doc_id"] for row in done["located"]}
    swapped = listed[[1, 0, *range(2, len(listed))]]
    assert tombstones.broken_links(swapped)


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


@pytest.fixture(scope="session")
def came_back(done, tmp_path_factory):
    """A later run that meets the text, the address, a near copy and something new."""
    run = takedowns.copied(done["run"], tmp_path_factory.mktemp("back") / "corpus")
    whole = takedowns.texts(42)
    rows = [
        {"id": "same-text", "text": whole[1], "url": "https://fresh.example/1"},
        {"id": "near-text", "text": takedowns.near(whole[1]), "url": "https://fresh.example/2"},
        {"id": "spaced", "text": whole[1].replace(" ", "  "), "url": "https://fresh.example/4"},
        {"id": "same-page", "text": whole[41], "url": "http://example.org/kept/page-1/#top"},
        {"id": "new", "text": whole[40], "url": "https://fresh.example/3"},
    ]  # fmt: skip
    takedowns.write_source(run.parent, "third", rows)
    return runs.curate(takedowns.write_run(run.parent, "4.0.0", ["third"]))


def test_what_was_taken_down_does_not_come_back_and_that_is_recorded(came_back):
    counts = runs.record(came_back)["counts"]
    assert counts["removed_by_rule"]["admit/suppressed"] == 1
    assert counts["removed_by_rule"]["admit/suppressed-copy"] == 3
    assert counts["released"] == 1
    assert reconcile(came_back).is_balanced


def test_what_is_left_of_a_suppressed_document_confirms_nothing(came_back):
    rows = runs.documents(came_back, "removed")
    assert rows["text"].null_count() == len(rows) == 4
    for name in ("url", "native_id", "title", "date"):
        assert rows["source"].struct.field(name).null_count() == len(rows)
    assert rows["provenance"].struct.field("text_sha256").null_count() == len(rows)
    measures = rows["quality"].struct.unnest()
    assert all(measures[name].null_count() == len(rows) for name in measures.columns)


def test_a_second_look_with_the_list_is_part_of_the_validation(came_back):
    look = json.loads((came_back / "validation/suppression.json").read_text())
    assert look["documents"] == 1
    assert look["hits"] == 0
    assert "G-OPT-2" not in _failed(came_back)


def test_an_opt_out_takes_the_place_and_leaves_other_copies(corpus_run):
    _, located = _located(corpus_run, "--host", "example.org", ground="opt-out")
    assert {row["why"] for row in located} == {"host"}
    assert len(located) == 2


def test_a_passage_and_a_file_find_the_document_and_its_copies(corpus_run, tmp_path):
    text = takedowns.texts(2)[1]
    words = text.split()
    (tmp_path / "passage.txt").write_text(" ".join(words[10:40]))
    (tmp_path / "whole.txt").write_text(text)
    for option in ("--passage-file", "--file"):
        path = tmp_path / ("passage.txt" if "passage" in option else "whole.txt")
        _, located = _located(corpus_run, option, path)
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


#: Applies a case and kills itself at the n-th file that becomes whole, by whatever means.
KILLED = """
import os, signal, sys
from pathlib import Path
run, case, at = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
from pipelines.takedown import apply
from governance.takedown import cases, stored
from pipelines.load import load_corpus
seen = 0
replace, link, rmtree = Path.replace, os.link, apply.withdrawal.shutil.rmtree
def counted(real):
    def call(*values, **named):
        global seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*values, **named)
    return call
Path.replace = counted(replace)
apply.withdrawal.shutil.rmtree = counted(rmtree)
apply._judge = lambda draft, shown: None
corpus = load_corpus(run)
work = apply.begin(corpus, cases.load(corpus, case), day="2026-11-25", role="rights-officer",
                   at="2026-11-25")
apply.take_down(work)
print(seen)
"""


def _kill(run, case, at):
    return subprocess.run([sys.executable, "-c", KILLED, run, case, str(at)], check=False,
                          capture_output=True, text=True, env=runs.environment())  # fmt: skip


def _state(run, versions):
    out = run.parent / "out"
    return {
        "roots": [runs.root(out / name) for name in versions],
        "tombstones": tombstones.read(out / "tombstones")["tombstone_id"].to_list(),
        "old": [
            sorted(path.name for path in (out / name).iterdir()) for name in ("1.0.0", "1.1.0")
        ],
    }


def test_a_takedown_killed_anywhere_ends_as_if_it_was_not(located_run, tmp_path):
    located, case = located_run
    calm = takedowns.copied(located, tmp_path / "calm")
    whole = _kill(calm, case, 0)
    assert whole.returncode == 0, whole.stderr[-800:]
    steps, versions = int(whole.stdout), ("2.0.0", "3.0.0")
    killed = takedowns.copied(located, tmp_path / "killed")
    # Killed again and again, ever later: each attempt goes on where the last one stopped.
    for at in (1, 5, 13, 6, 2):
        done = _kill(killed, case, at)
        assert done.returncode in {-signal.SIGKILL, 0}
    final = _kill(killed, case, 0)
    assert final.returncode == 0, final.stderr[-800:]
    assert steps > 20
    assert _state(killed, versions) == _state(calm, versions)
    again = _kill(killed, case, 0)
    assert again.returncode == 0
    assert _state(killed, versions) == _state(calm, versions)


@pytest.fixture(scope="session")
def located_run(corpus_run, tmp_path_factory):
    run = takedowns.copied(corpus_run, tmp_path_factory.mktemp("located") / "corpus")
    return run, _located(run, "--url", URL)[0]


@pytest.mark.parametrize("at", range(len(application.STEPS)))
def test_a_takedown_stopped_before_any_step_goes_on(located_run, tmp_path, monkeypatch, at):
    located, case = located_run
    run = takedowns.copied(located, tmp_path / "corpus")
    corpus = load_corpus(run)
    monkeypatch.setattr(application, "_judge", lambda *_, **__: None)
    steps = list(application.STEPS)
    name = steps[at][0]

    def stop(_):
        raise InputError(f"stopped before {name}")

    monkeypatch.setattr(application, "STEPS", (*steps[:at], (name, stop), *steps[at + 1 :]))
    work = application.begin(corpus, cases.load(corpus, case), day="2026-11-25",
                             role="rights-officer", at="2026-11-25")  # fmt: skip
    with pytest.raises(InputError, match="stopped"):
        application.take_down(work)
    monkeypatch.setattr(application, "STEPS", tuple(steps))
    application.take_down(work)
    assert [path.name for path in corpus.live()] == ["2.0.0", "3.0.0"]


@pytest.mark.slow
def test_what_the_steward_left_out_stays(corpus_run, tmp_path):
    run = takedowns.copied(corpus_run, tmp_path / "corpus")
    case, located = _located(run, "--url", URL)
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
    staged = run.parent / ".endonym/staging"
    aside = tmp_path / "aside"
    case, _ = _located(run, "--url", URL)
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
