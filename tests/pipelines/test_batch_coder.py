"""Batches between steps: weighed without being packed, and whole when they must travel."""

import apache_beam as beam
import polars as pl
from polars.testing import assert_frame_equal

from pipelines.batch import Batch
from pipelines.batch_coder import BatchCoder
from pipelines.runners import make_pipeline

FRAME = pl.DataFrame({"text": ["Habari ya asubuhi", "আজ ভালো দিন", None]})


def test_a_batch_that_travels_arrives_whole():
    sent = Batch("00", FRAME, 17)
    arrived = BatchCoder().decode(BatchCoder().encode(sent))
    assert (arrived.name, arrived.read_bytes, arrived.tokens) == ("00", 17, None)
    assert_frame_equal(arrived.frame, FRAME)


def test_a_batch_weighs_what_its_columns_weigh_and_one_that_is_staged_nothing():
    assert BatchCoder().estimate_size(Batch("00", FRAME, 17)) == FRAME.estimated_size() > 0
    assert BatchCoder().estimate_size(Batch("00", None, 17)) == 0


def test_beam_packs_no_batch_that_stays_with_its_worker(monkeypatch):
    def refuse(*_):
        raise AssertionError("a batch was packed")

    monkeypatch.setattr(Batch, "__reduce_ex__", refuse)

    def made(_: int) -> Batch:
        return Batch("00", FRAME, 17)

    def rows(batch: Batch) -> int:
        return len(batch.frame)

    with make_pipeline("local", 1, []) as pipeline:
        pipeline | beam.Create([1, 2]) | beam.Map(made) | beam.Map(rows)
