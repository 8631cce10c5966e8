"""A shard is written from staged groups: its rows by doc_id, its last columns, its counts."""

import json
from types import SimpleNamespace

import polars as pl
import pyarrow.parquet as pq
import pytest

from pipelines.staging import write_groups
from pipelines.steps.plan import Piece, Shard
from pipelines.steps.write import write
from schemas.decision import QUARANTINED, REMOVED
from schemas.settings import Sizes
from tests.frames import frame

DECIDED = dict.fromkeys(("measure", "limit", "kept_doc_id", "similarity"))
TEXTS = {"a": "ሰላም ለሁሉም", "b": "Habari ya asubuhi", "c": "สวัสดี", "d": None}


@pytest.fixture
def run(tmp_path):
    """What the step asks of a run, over two staged files of the same language."""
    for name, ids in (("one", "bd"), ("two", "ca")):
        write_groups(str(tmp_path / f"{name}.arrow"), _staged(ids), [2])
    return SimpleNamespace(
        state=str(tmp_path / "state"),
        output=str(tmp_path / "out"),
        settings_digest="5" * 64,
        run_id="radio-1-5555",
        steps=("read endonym-1", "identify model"),
        policy=SimpleNamespace(removed_text="keep", quarantine_text="drop"),
        settings=SimpleNamespace(sizes=Sizes(row_group_mb=20e-6)),
        staged=lambda name: str(tmp_path / name),
    )


def _staged(ids):
    masked = [{"type": "EMAIL_ADDRESS", "count": 2, "treatment": "placeholder"}]
    return frame(
        *({"doc_id": name, "text": TEXTS[name]} for name in ids),
        source__id="radio", language__tag="swh_Latn", privacy=masked,
        provenance__encoding="utf-8", provenance__repairs=["nfc"],
        decision={**DECIDED, "outcome": REMOVED, "stage": "screen", "rule": "too-few-words"},
    )  # fmt: skip


def _shard(outcome=REMOVED):
    pieces = (Piece("one", 0), Piece("two", 0))
    return Shard("removed/part-00000.parquet", outcome, None, pieces, (), "0" * 16)


def test_rows_of_many_files_stand_by_their_ids_with_all_that_was_staged(run, tmp_path):
    told = write(_shard(), run)
    rows = pl.read_parquet(tmp_path / "out/removed/part-00000.parquet")
    assert rows["doc_id"].to_list() == list("abcd")
    assert rows["text"].to_list() == list(TEXTS.values())
    staged = pl.concat([_staged("bd"), _staged("ca")]).sort("doc_id")
    same = [name for name in staged.columns if name not in {"provenance", "duplicates"}]
    assert rows.select(same).equals(staged.select(same))
    assert (told["min_doc_id"], told["max_doc_id"], told["rows"]) == ("a", "d", 4)
    assert told["bytes_text"] == sum(len((text or "").encode()) for text in TEXTS.values())


def test_the_provenance_keeps_what_was_done_and_says_which_run_it_was(run, tmp_path):
    write(_shard(), run)
    rows = pl.read_parquet(tmp_path / "out/removed/part-00000.parquet")
    (only,) = rows["provenance"].unique().to_list()
    assert only["repairs"] == ["nfc"]
    assert only["encoding"] == "utf-8"
    assert only["steps"] == list(run.steps)
    assert (only["run_id"], only["settings_digest"]) == (run.run_id, run.settings_digest)


def test_the_counts_are_those_of_the_rows(run):
    assert write(_shard(), run)["tally"] == {
        "decisions": {"radio\tremoved\tscreen\ttoo-few-words": 4},
        "languages": {},
        "privacy": {"EMAIL_ADDRESS": 8},
    }


def test_row_groups_end_where_their_text_is_enough(run, tmp_path):
    write(_shard(), run)
    file = pq.ParquetFile(tmp_path / "out/removed/part-00000.parquet")
    sizes = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
    assert sizes == [2, 2]  # of 22, 17, 18 and no bytes: 39 are in the second twenty


def test_text_that_the_policy_drops_is_null_in_the_file(run, tmp_path):
    run.policy.removed_text = "drop"
    told = write(_shard(), run)
    path = tmp_path / "out/removed/part-00000.parquet"
    assert pl.read_parquet(path)["text"].to_list() == [None] * 4
    assert told["bytes_text"] == 0


def test_no_row_with_the_outcome_leaves_no_file_but_a_receipt(run, tmp_path):
    told = write(_shard(QUARANTINED), run)
    assert (told["rows"], "sha256" in told) == (0, False)
    assert not (tmp_path / "out").exists()
    (receipt,) = (tmp_path / "state").rglob("*.json")
    assert json.loads(receipt.read_bytes()) == told
