"""The keyed index of a release, from its batches."""

from types import SimpleNamespace

import polars as pl

from governance.keys import Keyring
from governance.subjects import ledger
from pipelines.steps import index_subjects as step
from schemas.policy import Policy
from schemas.privacy import PrivacyPolicy
from tests.frames import frame
from tests.runs import KEY


def _run(folder, *, wanted):
    (folder / "key").write_text(KEY)
    state = folder / ".endonym" / "staging" / "demo-1.0.0"
    return SimpleNamespace(
        policy=Policy(privacy=PrivacyPolicy(subject_index=wanted)),
        keyring=Keyring(str(folder / "key")),
        state=str(state),
        settings=SimpleNamespace(name="demo", version="1.0.0"),
        staged=lambda name: str(state / "staged" / name),
    )


def _batch():
    batch = frame({"text": "barua mari@example.org"}, {"text": "hakuna"})
    return batch.with_columns(pl.Series("doc_id", ["a" * 32, "b" * 32]))


def test_digests_travel_beside_the_batch_and_end_in_the_state_of_the_corpus(tmp_path):
    run, batch = _run(tmp_path, wanted=True), _batch()
    told = step.index_subjects(batch, run)
    assert told.drop(step.COLUMN).equals(batch)
    assert b"mari@" not in told.select(step.COLUMN).write_ipc(None).getvalue()
    step.keep("0" * 16, told, run)
    step.gather(["0" * 16, "1" * 16], run)
    path = tmp_path / ".endonym/corpus/demo/subjects/1.0.0.parquet"
    assert ledger.rows(path)["doc_id"].to_list() == [batch["doc_id"][0]]


def test_nothing_is_indexed_unless_the_policy_asks(tmp_path):
    run, batch = _run(tmp_path, wanted=False), _batch()
    assert step.index_subjects(batch, run).equals(batch)
    step.gather(["0" * 16], run)
    assert not (tmp_path / ".endonym").exists()
