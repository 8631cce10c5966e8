"""What a policy lets nobody keep is listed, and goes when told so; what stays can still be proven."""

import hashlib
import json
import os
from datetime import date

import polars as pl
import pytest
from typer.testing import CliRunner

from governance.corpus import Corpus
from governance.integrity.audit import AuditLog
from governance.keys import find_keyring
from governance.manifest import verify
from governance.release_folder import read_json
from governance.takedown import cases
from pipelines import retention
from pipelines.cli import app
from schemas.policy import Policy
from schemas.takedown import TakedownRequest
from tests.documents import decision, row
from tests.releases import make_release

DAY = date(2026, 11, 25)
DAYS = {"raw_days": 30, "withheld_days": 30, "staging_days": 10, "superseded_days": 60,
        "case_days": 30, "subject_index_days": 30}  # fmt: skip
SHORT = decision("removed", "screen", "short", measure=3.0, limit=20.0)


@pytest.fixture
def corpus(tmp_path):
    """Two releases, a staged batch, an index of persons and a certified case; all made up."""
    for version, as_of in (("1.0.0", "2026-08-01"), ("1.1.0", "2026-10-01")):
        rows = [row(0), row(1, "amh_Ethi", "ሰላም ለዓለም"), row(9, text="Siri ya mtu", decision=SHORT)]
        settings = {"name": "demo", "version": version, "as_of": as_of, "dedup": {}}
        make_release(tmp_path / "out" / version, rows, version=version, settings=settings)
    state = tmp_path / ".endonym" / "corpus" / "demo"
    (state / "subjects").mkdir(parents=True)
    (state / "subjects" / "1.0.0.parquet").write_bytes(b"made up")
    staged = tmp_path / ".endonym" / "staging" / "demo-1.0.0" / "batch.arrow"
    staged.parent.mkdir(parents=True)
    staged.write_bytes(b"made up")
    os.utime(staged, (1_790_000_000, 1_790_000_000))  # 2026-09-21
    key = tmp_path / "key"
    key.write_text("9c" * 32)
    policy = Policy.model_validate({"retention": DAYS})
    made = Corpus("demo", tmp_path / "out", state, find_keyring("key", tmp_path), policy)
    request = TakedownRequest.model_validate(
        {"ground": "copyright", "match": [{"native_id": "one"}],
         "requester": {"name": "Invented Person", "contact": "somebody@example.org"}}
    )  # fmt: skip
    case = cases.open_case(made, request, date(2026, 9, 1))
    cases.save(made, case, status=cases.CERTIFIED, applied_on="2026-09-02")
    return made


def _apply(corpus, day=DAY):
    items = retention.over(corpus, day)
    at = day.isoformat()
    return retention.remove(corpus, items, day=at, role="privacy-officer", at=at)


def test_everything_that_is_over_is_listed_and_nothing_is_changed(corpus):
    before = sorted(path.name for path in corpus.state.parent.parent.rglob("*"))
    kinds = [one.kind for one in retention.over(corpus, DAY) if one.kind != "raw"]
    assert kinds == ["case-contact", "staged-batches", "subject-index", "superseded-release",
                     "withheld-text", "withheld-text"]  # fmt: skip
    assert sorted(path.name for path in corpus.state.parent.parent.rglob("*")) == before


@pytest.mark.parametrize(("day", "is_over"), [("2026-08-31", False), ("2026-09-01", True)])
def test_the_last_day_is_still_allowed(corpus, day, is_over):
    found = [one for one in retention.over(corpus, date.fromisoformat(day))
             if one.object == "index:demo-1.0.0"]  # fmt: skip
    assert bool(found) is is_over


def test_a_policy_that_names_no_days_keeps_everything(corpus):
    keeps = Corpus(corpus.name, corpus.releases, corpus.state, corpus.keyring, Policy())
    assert retention.over(keeps, date(2099, 1, 1)) == []


def test_what_is_over_goes_and_each_removal_stands_in_the_audit_log(corpus):
    done = _apply(corpus)
    assert not (corpus.state / "subjects" / "1.0.0.parquet").exists()
    assert not (corpus.state.parent.parent / "staging" / "demo-1.0.0").exists()
    held = b"".join(path.read_bytes() for path in (corpus.state / "cases").rglob("*.json"))
    assert b"Invented" not in held
    assert [path.name for path in corpus.live()] == ["1.1.0"]
    assert read_json(corpus.releases / "1.0.0" / "withdrawn.json")["superseded_by"] == "1.1.0"
    entries = AuditLog(corpus.state / "audit").entries()
    assert sum(one.action == "retention.remove" for one in entries) == done
    left = {one.kind for one in retention.over(corpus, DAY)}
    assert left <= {"raw"}
    assert _apply(corpus) == 0


def test_withheld_text_goes_and_the_release_is_still_the_one_that_was_signed(corpus):
    release = corpus.releases / "1.1.0"
    root = read_json(release / "manifest.json")["root"]
    _apply(corpus)
    rows = pl.concat([pl.read_parquet(path) for path in (release / "removed").rglob("*.parquet")])
    assert rows["text"].null_count() == len(rows) == 1
    assert rows["decision"].struct.field("rule").to_list() == ["short"]
    assert verify(release) == []
    assert read_json(release / "manifest.json")["root"] == root


def test_nothing_else_hides_behind_retention(corpus):
    release = corpus.releases / "1.1.0"
    _apply(corpus)
    path = next((release / "removed").rglob("*.parquet"))
    name = path.relative_to(release).as_posix()
    frame, bare = pl.read_parquet(path), path.read_bytes()
    frame.with_columns(pl.lit("put in").alias("text")).write_parquet(path)
    record = read_json(release / "retention.json")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    record["files"] = [{"path": name, "sha256": digest, "bytes": path.stat().st_size, "rows": 1}]
    (release / "retention.json").write_text(json.dumps(record))
    assert verify(release) == [f"{name}: has changed"]
    path.write_bytes(bare)
    shard = next((release / "documents").rglob("*.parquet"))
    released = shard.relative_to(release).as_posix()
    pl.read_parquet(shard).clear().write_parquet(shard)
    record["files"] = [{"path": released, "sha256": "0" * 64, "bytes": 1, "rows": 0}]
    (release / "retention.json").write_text(json.dumps(record))
    assert any(released in one for one in verify(release))


def test_the_command_lists_and_removes(corpus, tmp_path):
    (tmp_path / "policy.yaml").write_text(json.dumps({"name": "p", "retention": DAYS}))
    run = tmp_path / "run.yaml"
    run.write_text("name: demo\nversion: 1.1.0\nsources: [x.yaml]\noutput: out\nkey: key\n"
                   "policy: policy.yaml\n")  # fmt: skip
    done = CliRunner().invoke(app, ["retention", str(run), "--as-of", "2026-11-25", "--json"])
    told = json.loads(done.output)
    assert told["removed"] == 0
    assert len(told["over"]) >= 5
    assert str(tmp_path) not in done.output
    done = CliRunner().invoke(app, ["retention", str(run), "--as-of", "2026-11-25", "--apply"])
    assert done.exit_code == 0
    assert [path.name for path in corpus.live()] == ["1.1.0"]
