"""The whole job, top to bottom: raw text in, governed shards out.

The elements are batches of documents (`pipelines.batch.Batch`). A step judges rows but
never drops one, so that every record read ends exactly once. Only descriptions of files,
keys, fingerprints and verdicts cross a shuffle; text never does.
"""

from collections.abc import Sequence

import apache_beam as beam
from apache_beam.pvalue import AsList, PCollection

from pipelines.inputs import InputFile, split
from pipelines.run import Run
from pipelines.steps.addresses import addresses
from pipelines.steps.admit import admit
from pipelines.steps.batchwise import over_rows
from pipelines.steps.decontaminate import decontaminate
from pipelines.steps.digest import digest_input, record_input
from pipelines.steps.find import find_duplicates
from pipelines.steps.fingerprint import digest
from pipelines.steps.finish import finish
from pipelines.steps.identify import identify
from pipelines.steps.index_subjects import index_subjects
from pipelines.steps.measure import measure, screen
from pipelines.steps.normalise import normalise
from pipelines.steps.plan import plan
from pipelines.steps.read import read
from pipelines.steps.scrub import scrub
from pipelines.steps.spell import spell
from pipelines.steps.stage import stage
from pipelines.steps.suppress import suppress_copies, suppress_places
from pipelines.steps.write import write


def curate(pipeline: beam.Pipeline, run: Run, inputs: Sequence[InputFile]) -> None:
    """Builds the graph of a run over some files, on any runner."""
    files = pipeline | "input files" >> beam.Create(list(inputs))
    once = pipeline | "once" >> beam.Create([run])
    shared = files | "share files" >> beam.Reshuffle()
    digested = shared | "digest inputs" >> beam.Map(digest_input, run)
    receipts = _staged(digested | "split" >> beam.FlatMap(split, run), run)
    told = find_duplicates(pipeline, once, receipts, run)
    written = (
        once
        | "plan shards" >> beam.FlatMap(plan, AsList(receipts), told)
        | "share shards" >> beam.Reshuffle()
        | "write shards" >> beam.Map(write, run)
    )
    digests = digested | "record inputs" >> beam.Map(record_input, run)
    records = AsList(written), AsList(receipts), AsList(digests), told
    once | "finish" >> beam.Map(finish, *records)


def _staged(splits: PCollection, run: Run) -> PCollection:
    """From parts of files to the receipts of staged batches."""
    return (
        splits
        | "share splits" >> beam.Reshuffle()  # one big file is read by several workers
        | "read" >> beam.FlatMap(read, run)
        | "suppress places" >> beam.Map(suppress_places, run)
        | "admit" >> beam.Map(admit, run)
        | "normalise" >> beam.Map(over_rows(normalise))
        | "identify" >> beam.Map(over_rows(identify, run))
        | "spell" >> beam.Map(over_rows(spell))
        | "index subjects" >> beam.Map(over_rows(index_subjects, run))
        | "addresses" >> beam.Map(over_rows(addresses, run))
        | "scrub" >> beam.Map(over_rows(scrub, run))  # from here on nothing holds personal data
        | "measure" >> beam.Map(measure)
        | "screen" >> beam.Map(over_rows(screen, run))
        | "digest" >> beam.Map(over_rows(digest))
        | "suppress copies" >> beam.Map(suppress_copies, run)
        | "decontaminate" >> beam.Map(decontaminate, run)
        | "stage" >> beam.Map(stage, run)
    )
