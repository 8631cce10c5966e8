"""Whole documents under a policy: every field searched, and treated as one.

A value that stands in the text, the title and the address of a document becomes the same
thing in all three. Where everything becomes a placeholder there is nothing to keep together,
and the fields are masked one by one, each different value once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from governance.keys import Keyring
from governance.pii.finder import Findings
from governance.pii.masking import mask, privacy
from governance.pii.names import Finder
from governance.pii.territories import territories
from governance.pii.treatments import Value, by_name
from governance.pii.treatments.placeholder import PLACEHOLDER, placeholder
from governance.pii.untreated import find_untreated
from governance.subjects.forms import forms
from schemas.privacy import DROP, PrivacyPolicy

#: Fields that are running text, in which names are looked for.
_PROSE = ("text", "title")
_MOST_ATTEMPTS = 32


@dataclass(frozen=True)
class Plan:
    """What a run does with personal data.

    policy: treatments by type and source. keyring: for surrogates and pseudonyms. release: name
    and version, in the keys of pseudonyms. names: how names are looked for, or None.
    """

    policy: PrivacyPolicy
    keyring: Keyring
    release: str
    names: Finder | None = None

    @property
    def is_plain(self) -> bool:
        """Whether everything becomes a placeholder and names stay."""
        return self.policy.is_plain and self.names is None


@dataclass(frozen=True)
class Documents:
    """Fields of documents, `text` among them, and what is known of each; all equally long.

    language: tag or null. country: ISO 3166-1 alpha-2 or null.
    """

    fields: Mapping[str, pl.Series]
    doc_id: pl.Series
    source: pl.Series
    language: pl.Series
    country: pl.Series

    def gather(self, rows: pl.Series, fields: Mapping[str, pl.Series]) -> "Documents":
        """Some of the documents, with other fields."""
        about = (self.doc_id, self.source, self.language, self.country)
        return Documents(fields, *(values.gather(rows) for values in about))


@dataclass(frozen=True)
class Scrubbed:
    """What became of documents.

    fields: treated. privacy: counts of the text. failed: whether a recogniser failed. dropped:
    number of values for which a document goes.
    """

    fields: dict[str, pl.Series]
    privacy: pl.Series
    failed: pl.Series
    dropped: pl.Series


def scrub_documents(documents: Documents, plan: Plan) -> Scrubbed:
    """Documents with their personal data treated as the policy says.

    A value for which nothing fitting can be drawn becomes a placeholder; so do all values of a
    field in which what was written would be taken for personal data again.
    """
    rows = len(documents.doc_id)
    spans, failed = _search(documents, plan)
    spans = _treated(spans, documents, plan)
    spans = _settled(spans, documents, plan)
    fields = {
        name: mask(_readable(values, failed), _of(spans, name)).alias(name)
        for name, values in documents.fields.items()
    }
    dropped = spans.filter(pl.col("treatment") == DROP).group_by("row").len()
    every = pl.DataFrame({"row": pl.int_range(rows, dtype=pl.UInt32, eager=True)})
    counts = every.join(dropped, on="row", how="left", maintain_order="left")["len"].fill_null(0)
    return Scrubbed(fields, privacy(_of(spans, "text"), rows), failed, counts)


def _of(spans: pl.DataFrame, field: str) -> pl.DataFrame:
    return spans.filter(pl.col("field") == field)


def _readable(values: pl.Series, failed: pl.Series) -> pl.Series:
    """Emptied before it is nulled: Arrow keeps the bytes of a text under its null."""
    emptied = pl.when(failed).then(pl.lit("", dtype=pl.String)).otherwise(values)
    return pl.select(emptied.alias("value")).to_series()


def _search(documents: Documents, plan: Plan) -> tuple[pl.DataFrame, pl.Series]:
    """The spans of all fields, with value, and which documents a recogniser failed on."""
    found, failed = [], set[int]()
    for name, values in documents.fields.items():
        findings = _once(name, values, documents, plan)
        failed.update(findings.failed)
        text = pl.col("text").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
        spans = findings.spans.with_columns(
            values.gather(findings.spans["row"]).alias("text"), pl.lit(name).alias("field")
        )
        found.append(spans.with_columns(text.alias("value")).drop("text"))
    lost = pl.int_range(len(documents.doc_id), eager=True).is_in(sorted(failed))
    kept = pl.concat(found).filter(~pl.col("row").is_in(sorted(failed)))
    return kept, lost


def _once(name: str, values: pl.Series, documents: Documents, plan: Plan) -> Findings:
    """The findings of a field; fields other than the text are searched once a different value."""
    names = plan.names if name in _PROSE else None
    language, country = documents.language.alias("language"), documents.country.alias("country")
    if name == "text":
        return find_untreated(values, language, country, plan.policy, names)
    rows = pl.DataFrame([values.alias("value"), language, country])
    once = rows.unique(maintain_order=True).with_row_index("at")
    findings = find_untreated(once["value"], once["language"], once["country"], plan.policy, names)
    if findings.spans.is_empty() and not findings.failed:
        return findings
    keys = ["value", "language", "country"]
    at = rows.join(once, on=keys, how="left", nulls_equal=True, maintain_order="left")["at"]
    every = pl.DataFrame({"at": at}).with_row_index("place")
    spans = every.join(findings.spans, left_on="at", right_on="row", maintain_order="left_right")
    chosen = spans.select(pl.col("place").alias("row"), "start", "end", "type")
    return Findings(chosen, at.is_in(findings.failed).arg_true().to_list())


def _treated(spans: pl.DataFrame, documents: Documents, plan: Plan) -> pl.DataFrame:
    """The spans with their treatment and what takes their place."""
    source = documents.source.gather(spans["row"]).to_list()
    kinds = spans["type"].to_list()
    chosen = [plan.policy.treatment(*pair) for pair in zip(source, kinds, strict=True)]
    spans = spans.with_columns(pl.Series("treatment", chosen, dtype=pl.String))
    taken: dict[tuple[int, str], str] = {}
    signs: list[str] = []
    actual: list[str] = []
    for row, kind, text, treatment in spans.select("row", "type", "value", "treatment").iter_rows():
        sign = None
        if treatment not in (PLACEHOLDER, DROP):
            sign = _replacement(row, kind, text, treatment, documents, plan, taken)
        signs.append(placeholder(kind) if sign is None else sign)
        actual.append(PLACEHOLDER if sign is None and treatment != DROP else treatment)
    return spans.with_columns(
        pl.Series("replacement", signs, dtype=pl.String),
        pl.Series("treatment", actual, dtype=pl.String),
    )


def _replacement(
    row: int,
    kind: str,
    text: str,
    name: str,
    documents: Documents,
    plan: Plan,
    taken: dict[tuple[int, str], str],
) -> str | None:
    """What takes the place of a value: in one document the same for the same value only."""
    treatment = by_name(name)
    country = documents.country[row]
    lands = territories(documents.language[row], country)
    identity = next(iter(forms(kind, text, lands)), text.casefold())
    value = Value(kind, text, identity, country, str(documents.doc_id[row]),
                  plan.release, plan.keyring)  # fmt: skip
    if not treatment.is_unique:
        return treatment.replace(value)
    for attempt in range(_MOST_ATTEMPTS):
        made = treatment.replace(replace(value, attempt=attempt))
        if made is None or taken.setdefault((row, made), identity) == identity:
            return made
    return None


def _settled(spans: pl.DataFrame, documents: Documents, plan: Plan) -> pl.DataFrame:
    """The spans, with placeholders in every field that a second look would find something in."""
    other = pl.col("replacement") != pl.format("[{}]", pl.col("type"))
    for name, values in documents.fields.items():
        own = _of(spans, name)
        rows = own.filter(other)["row"].unique().sort()
        if rows.is_empty():
            continue
        treated = mask(values, own).gather(rows)
        unsure = _found_again(name, treated, rows, documents, plan)
        back = (pl.col("field") == name) & pl.col("row").is_in(unsure)
        is_drop = pl.col("treatment") == DROP
        spans = spans.with_columns(
            pl.when(back).then(pl.format("[{}]", pl.col("type"))).otherwise("replacement")
            .alias("replacement"),
            pl.when(back & ~is_drop).then(pl.lit(PLACEHOLDER)).otherwise("treatment")
            .alias("treatment"),
        )  # fmt: skip
    return spans


def _found_again(
    name: str, treated: pl.Series, rows: pl.Series, documents: Documents, plan: Plan
) -> list[int]:
    """The rows whose treated text holds something that a second look would find."""
    again = documents.gather(rows, {})
    names = plan.names if name in _PROSE else None
    findings = find_untreated(treated, again.language, again.country, plan.policy, names)
    places = {*findings.spans["row"].to_list(), *findings.failed}
    return [int(rows[place]) for place in sorted(places)]
