"""What all protocols together say of a batch of pages, and on what evidence.

Any denial wins. Of a host's files those count that were fetched while the source was collected
(or last before that), and the newest one: what a host says today binds text of yesterday.
Robots rules are asked once for each distinct path, not once for each page.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from governance.optouts.agents import agents_of
from governance.optouts.model import ALLOW, DENY, EXEMPT, NATIONAL, UNKNOWN, Answer, Ask
from governance.optouts.page import answers
from governance.optouts.places import places, wildcards
from governance.optouts.protocols import PROTOCOLS
from schemas.opt_outs import DECISION, EVIDENCE
from schemas.rights_policy import OptOutRules
from schemas.source import SourceCard

STALE = "stale"
_ANSWERS = {
    "host": pl.String, "path": pl.String, "protocol": pl.String, "value": pl.String,
    "said": pl.String, "fetched_on": pl.String, "http_status": pl.Int32, "digest": pl.String,
}  # fmt: skip
_KEYS = ("protocol", "value", "said", "fetched_on", "http_status", "digest")


@dataclass(frozen=True)
class Judged:
    """The judgement of a batch.

    Args:
        verdicts: for each page its `host`, `value` (allow, deny, unknown, stale, exempt, or
            null where nobody need be asked) and the `protocol` that denied.
        evidence: rows of `EVIDENCE`, counted.
    """

    verdicts: pl.DataFrame
    evidence: pl.DataFrame


def judge(
    pages: pl.DataFrame,
    statements: pl.DataFrame,
    card: SourceCard,
    rules: OptOutRules,
    as_of: date,
    *,
    is_crawled: bool,
) -> Judged:
    """Judges the pages of one source.

    Args:
        pages: `url`, `date` and `signals` (of `governance.optouts.page`) of each.
        statements: rows of `STATEMENTS` for this source; those of other hosts do no harm.
        card: of the source.
        rules: of the policy.
        as_of: the day that ages are held against.
        is_crawled: whether an unknown answer matters.

    Returns:
        A verdict for every page, in order, and the evidence. No pages: none.
    """
    placed = pl.concat([pages, places(pages["url"])], how="horizontal").with_row_index("row")
    is_exempt = card.opt_outs.route in rules.exempt_routes
    told = _by_path(placed, statements, card, rules)
    own = _by_page(placed, rules)
    final = _final(placed, told, own, card, rules, as_of)
    binding = pl.col("protocol") == NATIONAL if is_exempt else pl.lit(value=True)
    denied = (pl.col("value") == DENY) & binding.fill_null(value=False)
    other = pl.lit(EXEMPT) if is_exempt else pl.col("value")
    needed = pl.lit(is_crawled) | pl.col("value").is_in([DENY] if not is_exempt else [])
    value = pl.when(denied).then(pl.lit(DENY)).when(needed).then(other)
    verdicts = final.select(
        "host", value.alias("value"), pl.when(denied).then("protocol").alias("protocol")
    )
    evidence = _evidence(placed, told, own, verdicts, card)
    return Judged(verdicts, _dated(evidence, rules))


def _by_path(
    placed: pl.DataFrame, statements: pl.DataFrame, card: SourceCard, rules: OptOutRules
) -> pl.DataFrame:
    """What the files of hosts say of each distinct path."""
    rows = []
    kept = _counting(statements, card)
    by_name: dict[str, list[dict[str, object]]] = {}
    for row in kept.iter_rows(named=True):
        by_name.setdefault(str(row["host"]), []).append(row)
    agents = _agents(card, rules)
    paths = placed.select("host", "path").drop_nulls().unique()
    for host, path in paths.iter_rows():
        for statement in (one for name in wildcards(host) for one in by_name.get(name, ())):
            for name, answer in _asked(statement, path, agents, rules):
                facts = (statement["fetched_on"], statement["status"], statement["digest"])
                rows.append((host, path, name, *answer, *facts))
    return pl.DataFrame(rows, schema=_ANSWERS, orient="row")


def _counting(statements: pl.DataFrame, card: SourceCard) -> pl.DataFrame:
    """The statements that count: as at collection, and the newest."""
    first, last = card.collected.first.isoformat(), card.collected.last.isoformat()
    day, key = pl.col("fetched_on"), ["host", "kind"]
    before = day.filter(day <= last).max().over(key)
    during = (day >= first) & (day <= last)
    return statements.filter(during | (day == before) | (day == day.max().over(key)))


def _agents(card: SourceCard, rules: OptOutRules) -> tuple[str, ...]:
    own = (card.crawler.user_agent,) if card.crawler else ()
    return tuple(dict.fromkeys((*agents_of(rules.agent_kinds), *rules.agents, *own)))


def _asked(
    statement: dict[str, object], path: str, agents: tuple[str, ...], rules: OptOutRules
) -> list[tuple[str, Answer]]:
    found: list[tuple[str, Answer]] = []
    for protocol in PROTOCOLS:
        if protocol.name not in rules.protocols or protocol.file != statement["kind"]:
            continue
        answer = _answer(protocol.name, statement, path, agents)
        if answer:
            found.append((protocol.name, answer))
    return found


def _answer(
    name: str, statement: dict[str, object], path: str, agents: tuple[str, ...]
) -> Answer | None:
    """RFC 9309: what is not there (4xx) forbids nothing; what could not be had is unknown."""
    status = int(str(statement["status"] or 200))
    if status in range(400, 500) and status != 429:  # noqa: PLR2004  # too many requests
        return Answer(ALLOW, f"no robots.txt ({status})") if name == "robots-txt" else None
    if status not in range(200, 300):
        return Answer(UNKNOWN, f"answered {status}")
    return _opened(name, str(statement["body"] or ""), agents)(path)


@lru_cache(maxsize=4096)
def _opened(name: str, body: str, agents: tuple[str, ...]) -> Ask:
    protocol = next(one for one in PROTOCOLS if one.name == name)
    if protocol.opened is None:
        return lambda _path: None
    return protocol.opened(body, agents)


def _by_page(placed: pl.DataFrame, rules: OptOutRules) -> pl.DataFrame:
    """What pages say of themselves; few distinct ones, so each is read once."""
    rows = []
    for signals in placed["signals"].unique().drop_nulls().to_list():
        for name, answer in answers(signals).items():
            if name in rules.protocols:
                rows.append((signals, name, *answer))
    schema = {"signals": pl.String, **dict.fromkeys(("protocol", "value", "said"), pl.String)}
    own = pl.DataFrame(rows, schema=schema, orient="row")
    day = pl.col("date").cast(pl.String).str.extract(r"^(\d{4}-\d{2}-\d{2})").alias("fetched_on")
    return placed.select("row", "host", "signals", day).join(own, on="signals")


def _final(
    placed: pl.DataFrame,
    told: pl.DataFrame,
    own: pl.DataFrame,
    card: SourceCard,
    rules: OptOutRules,
    as_of: date,
) -> pl.DataFrame:
    rows = placed.select("row", "host", "path")
    files = rows.join(told.select("host", "path", *_KEYS[:4]), on=["host", "path"])
    # The page's own TDM reservation overrides that of the host's file.
    spoken = own.filter(pl.col("protocol") == "tdmrep").select("row", "protocol")
    files = files.join(spoken, on=["row", "protocol"], how="anti")
    columns = ["row", "protocol", "value", "fetched_on"]
    collected = pl.col("fetched_on").fill_null(card.collected.last.isoformat())
    every = pl.concat([files.select(columns), own.with_columns(collected).select(columns)])
    order = {protocol.name: place for place, protocol in enumerate(PROTOCOLS)}
    place = pl.col("protocol").replace_strict(order, return_dtype=pl.Int32)
    known = pl.col("value").is_in([ALLOW, DENY])
    summed = every.with_columns(place.alias("place")).group_by("row").agg(
        (pl.col("value") == DENY).any().alias("denied"),
        (pl.col("value") == ALLOW).any().alias("allowed"),
        pl.col("place").filter(pl.col("value") == DENY).min().alias("place"),
        pl.col("fetched_on").filter(known).max().alias("newest"),
    )  # fmt: skip
    oldest = as_of - timedelta(days=rules.max_age_days) if rules.max_age_days else date.min
    value = (
        pl.when(pl.col("denied")).then(pl.lit(DENY))
        .when(pl.col("allowed") & (pl.col("newest") < oldest.isoformat())).then(pl.lit(STALE))
        .when(pl.col("allowed")).then(pl.lit(ALLOW))
        .otherwise(pl.lit(UNKNOWN))
    )  # fmt: skip
    names = {place: name for name, place in order.items()}
    return rows.join(summed, on="row", how="left", maintain_order="left").select(
        "host",
        value.alias("value"),
        pl.col("place").replace_strict(names, return_dtype=pl.String).alias("protocol"),
    )


def _evidence(
    placed: pl.DataFrame,
    told: pl.DataFrame,
    own: pl.DataFrame,
    verdicts: pl.DataFrame,
    card: SourceCard,
) -> pl.DataFrame:
    judged = verdicts["value"].is_not_null()
    files = placed.filter(judged).select("host", "path").join(told, on=["host", "path"])
    pages = own.join(placed.filter(judged).select("row"), on="row", how="semi").with_columns(
        pl.lit(None, dtype=pl.Int32).alias("http_status"),
        pl.lit(None, dtype=pl.String).alias("digest"),
    )
    said = pl.when(pl.col("value") == EXEMPT).then(pl.lit(f"held by {card.opt_outs.route}"))
    decided = verdicts.filter(judged).select(
        "host", "value", pl.coalesce("protocol", said).alias("said")
    )
    blank = {"protocol": DECISION, "fetched_on": None, "http_status": None, "digest": None}
    decided = decided.with_columns(
        pl.lit(value, dtype=_ANSWERS[name]).alias(name) for name, value in blank.items()
    )
    columns = ["host", *_KEYS]
    every = pl.concat([part.select(columns) for part in (files, pages, decided)])
    counted = every.group_by(columns).agg(pl.len().cast(pl.Int64).alias("documents"))
    return counted.with_columns(pl.lit(card.id).alias("source"))


def _dated(evidence: pl.DataFrame, rules: OptOutRules) -> pl.DataFrame:
    day = pl.col("fetched_on").str.to_date("%Y-%m-%d", strict=False)
    due = day.dt.offset_by(f"{rules.max_age_days}d").dt.strftime("%Y-%m-%d")
    if not rules.max_age_days:
        due = pl.lit(None, dtype=pl.String)
    return summed([evidence.with_columns(due.alias("recheck_due"))])


def summed(parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Evidence of many batches as one table, sorted. No parts: no rows."""
    empty = pl.DataFrame(schema=EVIDENCE)
    names = [name for name in EVIDENCE if name != "documents"]
    whole = pl.concat([empty, *(part.select(list(EVIDENCE)) for part in parts)])
    return (
        whole.group_by(names)
        .agg(pl.col("documents").sum())
        .select(list(EVIDENCE))
        .sort(names, nulls_last=True)
    )
