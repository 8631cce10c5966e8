"""Scrub: personal data is masked before the first byte is written: text, ids, URLs, titles."""

import polars as pl

from governance import pii
from governance.pii.choice import selected
from governance.pii.documents import Documents, Plan, Scrubbed, scrub_documents
from governance.pii.recogniser import Recogniser
from pipelines import personal
from pipelines.run import Run
from schemas.decision import QUARANTINED, REMOVED, decide

STAGE = "scrub"
#: Rule by which documents go that hold what the policy drops documents for.
DROP_RULE = "personal-data"
#: Fields of `source` that people write, so that personal data may stand in them.
WRITTEN_BY_PEOPLE = ("uri", "native_id", "url", "title", "date")
#: Those of them that are the document's own: a value becomes there what it becomes in the text.
OF_THE_DOCUMENT = ("native_id", "url", "title", "date")

#: Fields of `rights` that come from records, where anything may stand.
LICENCES = ("declared", "concluded")


def scrub(frame: pl.DataFrame, run: Run | None = None) -> pl.DataFrame:
    """The batch with treated text and fields, and the counts by type in `privacy`.

    A document on which a recogniser failed waits in quarantine without its text: we
    cannot tell what is still in it. One that holds what the policy drops documents for is
    removed, and its text goes whatever was decided before.

    Args:
        frame: the batch.
        run: has treatments and names; placeholders only when None.
    """
    plan = None if run is None else personal.plan(run)
    language = likely(frame["language"])
    country = frame["source"].struct.field("jurisdiction")
    recognisers = _recognisers(plan)
    fields, failed = _fields(frame, language, country, recognisers)
    clean = _documents(frame, language, country, plan)
    own = list(clean.fields.values())[1:]
    failed = failed | clean.failed
    gone = failed | (clean.dropped > 0)
    # Emptied before it is nulled: Arrow keeps the bytes of a text under its null.
    frame = frame.with_columns(
        pl.when(gone).then(pl.lit("")).otherwise(clean.fields["text"]).alias("text"),
        clean.privacy.alias("privacy"),
        pl.col("source").struct.with_fields(*fields[len(LICENCES) :], *own),
        pl.col("rights").struct.with_fields(*fields[: len(LICENCES)]),
        failed.alias("_failed"),
        gone.alias("_gone"),
        clean.dropped.cast(pl.Float64).alias("_dropped"),
    ).with_columns(pl.when(~pl.col("_gone")).then("text").alias("text"))
    frame = decide(
        frame, pl.col("_failed"), outcome=QUARANTINED, stage=STAGE, rule="recogniser-failed"
    )
    return decide(
        frame,
        pl.col("_dropped") > 0,
        outcome=REMOVED,
        stage=STAGE,
        rule=DROP_RULE,
        measure=pl.col("_dropped"),
        limit=0.0,
    ).drop("_failed", "_gone", "_dropped")


def _recognisers(plan: Plan | None) -> tuple[Recogniser, ...]:
    """What the policy leaves to be looked for."""
    if plan is None:
        return pii.RECOGNISERS
    return selected(plan.policy.recognisers_off, plan.policy.recognisers_only)


def _documents(
    frame: pl.DataFrame, language: pl.Series, country: pl.Series, plan: Plan | None
) -> Scrubbed:
    """Text and own fields of the documents, treated."""
    values = {name: frame["source"].struct.field(name) for name in OF_THE_DOCUMENT}
    if plan is not None and not plan.is_plain:
        source = frame["source"].struct.field("id")
        fields = {"text": frame["text"], **values}
        return scrub_documents(Documents(fields, frame["doc_id"], source, language, country), plan)
    recognisers = _recognisers(plan)
    clean = pii.scrub(frame["text"], language, country, recognisers)
    failed, fields = clean["failed"], {"text": clean["text"]}
    for name, column in values.items():
        found = _distinct(column, language, country, recognisers)
        fields[name] = found["text"].alias(name)
        failed = failed | found["failed"]
    nothing = pl.Series([0], dtype=pl.UInt32).new_from_index(0, len(frame))
    return Scrubbed(fields, clean["privacy"], failed, nothing)


def likely(language: pl.Series) -> pl.Series:
    """The best guess at each language, unsure or not: it says whose numbers to look for."""
    tag, second = (language.struct.field(name) for name in ("tag", "second"))
    is_unsure = tag.str.starts_with("und_") & second.is_not_null()
    return second.zip_with(is_unsure.fill_null(value=False), tag)


def _fields(
    frame: pl.DataFrame,
    language: pl.Series,
    country: pl.Series,
    recognisers: tuple[Recogniser, ...],
) -> tuple[list[pl.Series], pl.Series]:
    fields, failed = [], pl.Series([False]).new_from_index(0, len(frame))
    written = [frame["rights"].struct.field(name) for name in LICENCES]
    others = (name for name in WRITTEN_BY_PEOPLE if name not in OF_THE_DOCUMENT)
    written += [frame["source"].struct.field(name) for name in others]
    for values in written:
        clean = _distinct(values, language, country, recognisers)
        fields.append(clean["text"].alias(values.name))
        failed = failed | clean["failed"]
    return fields, failed


def _distinct(
    values: pl.Series,
    language: pl.Series,
    country: pl.Series,
    recognisers: tuple[Recogniser, ...],
) -> pl.DataFrame:
    """Scrubs each different value once: all rows of a file share its name."""
    keys = ["value", "language", "country"]
    rows = pl.DataFrame(
        [values.alias("value"), language.alias("language"), country.alias("country")]
    )
    once = rows.unique(maintain_order=True)
    clean = pii.scrub(once["value"], once["language"], once["country"], recognisers)
    found = once.with_columns(clean["text"], clean["failed"])
    return rows.join(found, on=keys, how="left", nulls_equal=True, maintain_order="left")
