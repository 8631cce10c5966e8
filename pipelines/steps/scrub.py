"""Scrub: personal data is masked before the first byte is written: text, ids, URLs, titles."""

import polars as pl

from governance import pii
from schemas.decision import QUARANTINED, decide

STAGE = "scrub"
#: Fields of `source` that people write, so that personal data may stand in them.
WRITTEN_BY_PEOPLE = ("uri", "native_id", "url", "title", "date")

#: Fields of `rights` that come from records, where anything may stand.
LICENCES = ("declared", "concluded")


def scrub(frame: pl.DataFrame) -> pl.DataFrame:
    """The batch with masked text and fields, and the counts by type in `privacy`.

    A document on which a recogniser failed waits in quarantine without its text: we
    cannot tell what is still in it.
    """
    language = _likely(frame["language"])
    country = frame["source"].struct.field("jurisdiction")
    clean = pii.scrub(frame["text"], language, country)
    fields, failed = _fields(frame, language, country)
    failed = failed | clean["failed"]
    frame = frame.with_columns(
        pl.when(~failed).then(clean["text"]).alias("text"),
        clean["privacy"].alias("privacy"),
        pl.col("source").struct.with_fields(*fields[len(LICENCES) :]),
        pl.col("rights").struct.with_fields(*fields[: len(LICENCES)]),
        failed.alias("_failed"),
    )
    return decide(
        frame, pl.col("_failed"), outcome=QUARANTINED, stage=STAGE, rule="recogniser-failed"
    ).drop("_failed")


def _likely(language: pl.Series) -> pl.Series:
    """The best guess at each language, unsure or not: it says whose numbers to look for."""
    tag, second = (language.struct.field(name) for name in ("tag", "second"))
    is_unsure = tag.str.starts_with("und_") & second.is_not_null()
    return second.zip_with(is_unsure.fill_null(value=False), tag)


def _fields(
    frame: pl.DataFrame, language: pl.Series, country: pl.Series
) -> tuple[list[pl.Series], pl.Series]:
    fields, failed = [], pl.Series([False]).new_from_index(0, len(frame))
    written = [frame["rights"].struct.field(name) for name in LICENCES]
    written += [frame["source"].struct.field(name) for name in WRITTEN_BY_PEOPLE]
    for values in written:
        clean = _distinct(values, language, country)
        fields.append(clean["text"].alias(values.name))
        failed = failed | clean["failed"]
    return fields, failed


def _distinct(values: pl.Series, language: pl.Series, country: pl.Series) -> pl.DataFrame:
    """Scrubs each different value once: all rows of a file share its name."""
    keys = ["value", "language", "country"]
    rows = pl.DataFrame(
        [values.alias("value"), language.alias("language"), country.alias("country")]
    )
    once = rows.unique(maintain_order=True)
    clean = pii.scrub(once["value"], once["language"], once["country"])
    found = once.with_columns(clean["text"], clean["failed"])
    return rows.join(found, on=keys, how="left", nulls_equal=True, maintain_order="left")
