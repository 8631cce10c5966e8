"""Find duplicates: the part of the graph in which staged batches meet (docs/duplicates.md)."""

import apache_beam as beam
from apache_beam.pvalue import AsList, PCollection

from pipelines.dedup.components import condense
from pipelines.run import Run
from pipelines.steps import duplicates, meet


def find_duplicates(
    pipeline: beam.Pipeline, once: PCollection, receipts: PCollection, run: Run
) -> AsList:
    """From the receipts of staged batches to what is told of those that hold copies.

    Args:
        pipeline: the graph.
        once: a collection of the run alone.
        receipts: of all staged batches.
        run: the run.
    """
    new_blocks = receipts | "band blocks" >> beam.Map(meet.staged_block, run)
    earlier = pipeline | "earlier indexes" >> beam.Create(meet.earlier_parts(run))
    old_blocks = earlier | "earlier blocks" >> beam.Map(meet.earlier_block, run)
    blocks = AsList((new_blocks, old_blocks) | "all blocks" >> beam.Flatten())
    edges = (
        once
        | "band space" >> beam.FlatMap(meet.parts, blocks)
        | "share parts" >> beam.Reshuffle()
        | "pairs" >> beam.Map(meet.meet, blocks, run)
        | "condense pairs" >> beam.CombineGlobally(condense)
    )
    return AsList(
        edges
        | "groups" >> beam.FlatMap(duplicates.groups)
        | "share groups" >> beam.Reshuffle()
        | "settle" >> beam.FlatMap(duplicates.settle, run)
        | "by staged files" >> beam.GroupByKey()
        | "record verdicts" >> beam.FlatMap(duplicates.record, blocks, run)
    )
