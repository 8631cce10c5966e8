"""Everything that the gates look at, gathered from the narrow columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from governance import manifest
from governance.books import Books, reconcile
from governance.release_folder import CLUSTERS, Release, open_release
from governance.rights import ALLOWED, standing
from governance.tally import tally
from governance.validate.expectations import Expectation, Judge
from governance.validate.identity import Digests
from governance.validate.overlaps import Compare, Compared, compare_all
from governance.validate.recheck import Find, Recheck, recheck
from governance.validate.shard_facts import FACTS, ShardFacts
from schemas.decision import QUARANTINED, RELEASED, REMOVED, STAGES
from schemas.errors import InputError
from schemas.waivers import Waiver

#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]
Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Evidence:
    """What is known of a release before its gates are judged.

    Args:
        release: the open release.
        tables: of `governance.tally`.
        books: counts and imbalances.
        changed: sentences about files that the manifest does not vouch for.
        shards: a row of facts per shard.
        expectations: of all suites, judged.
        ids: every doc_id of the release.
        kept: the doc_ids of released documents.
        texts: the text digests of released documents.
        rechecked: what a second look for personal data found.
        as_of: the day that ages are held against; None when a run ends without one.
        waivers: those that are given for the release; None when nobody was asked for any.
        compared: released documents that hold passages of evaluation sets; None if nobody looked.
    """

    release: Release
    tables: Tables
    books: Books
    changed: tuple[str, ...]
    shards: pl.DataFrame
    expectations: tuple[Expectation, ...]
    ids: Digests
    kept: Digests
    texts: Digests
    rechecked: Recheck
    as_of: date | None = None
    waivers: tuple[Waiver, ...] | None = None
    compared: Compared | None = None


def policy_of(release: Release) -> dict[str, Any]:
    """The policy that the run was held against; empty when `run.json` does not state it."""
    policy = release.run.get("policy")
    return policy if isinstance(policy, dict) else {}


def gather(
    folder: Path,
    find: Find | None,
    progress: Progress | None,
    as_of: date | None = None,
    compare: Compare | None = None,
) -> Evidence:
    """Looks at a release for all gates together.

    Args:
        folder: the release.
        find: finds personal data; the project's own recognisers when None.
        progress: told what is being done, and how far.
        as_of: the day that ages are held against.
        compare: looks for passages of evaluation sets in texts.

    Raises:
        InputError: the folder is no release.
    """
    release = open_release(folder)
    tables = tally(release, _step(progress, "counting"))
    look = _Look(release, _step(progress, "checking"))
    return Evidence(
        release,
        tables,
        reconcile(release, tables),
        _changed(folder, _step(progress, "verifying")),
        *look.judge(_parameters(release, tables)),
        look.ids,
        look.kept,
        look.texts,
        recheck(release, find, _step(progress, "looking again for personal data")),
        as_of or _stated_day(release),
        compared=compare_all(release, compare, _step(progress, "comparing with evaluation sets")),
    )


def _stated_day(release: Release) -> date | None:
    stated = (release.run.get("settings") or {}).get("as_of")
    return date.fromisoformat(stated) if isinstance(stated, str) else None


class _Look:
    """One pass over the narrow columns of every shard."""

    def __init__(self, release: Release, progress: Callable[[int, int], None] | None) -> None:
        self._release, self._progress = release, progress
        self._said = {file.get("path"): file for file in release.run.get("files", [])}
        self._rows: list[dict[str, Any]] = []
        self.ids = Digests(release, "doc_id")
        self.kept = Digests(release, "doc_id")
        self.texts = Digests(release, "text_sha256")

    def judge(
        self, parameters: dict[str, list[str]]
    ) -> tuple[pl.DataFrame, tuple[Expectation, ...]]:
        """The facts of all shards, and every expectation of the three suites."""
        results: list[Expectation] = []
        for suite, outcomes in (("released", (RELEASED,)), ("withheld", (REMOVED, QUARANTINED))):
            judge = Judge(suite, parameters)
            judge.judge(self._frames(outcomes))
            results += judge.results()
        shards = pl.DataFrame(self._rows, schema=FACTS)
        judge = Judge("release", parameters)
        judge.judge([shards])
        return shards, (*results, *judge.results())

    def _frames(self, outcomes: tuple[str, ...]) -> Iterator[pl.DataFrame]:
        for shard in self._release.shards:
            if shard.outcome not in outcomes:
                continue
            said = self._said.get(shard.path, {})
            facts = ShardFacts(self._release, shard, said)
            for part in facts.parts():
                self.ids.add(shard, part)
                if shard.outcome == RELEASED:
                    self.kept.add(shard, part)
                    self.texts.add(shard, part)
                yield part
            self._rows.append(facts.row())
            if self._progress:
                self._progress(len(self._rows), len(self._release.shards))


def clusters(release: Release, columns: list[str]) -> pl.DataFrame:
    """Columns of the list of duplicates; no rows when there is no such list."""
    path = release.folder / CLUSTERS
    if not path.is_file():
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    return pl.read_parquet(path, columns=columns, hive_partitioning=False)


def copies(release: Release) -> pl.DataFrame:
    """Similarity of each copy, and whether it was removed for its address; false in old lists."""
    listed = clusters(release, ["similarity"]).cast({"similarity": pl.Float64})
    try:
        told = clusters(release, ["same_address"])["same_address"].cast(pl.Boolean)
    except pl.exceptions.ColumnNotFoundError:
        told = pl.Series([False]).new_from_index(0, len(listed))
    return listed.with_columns(told.alias("same_address"))


def _parameters(release: Release, tables: Tables) -> dict[str, list[str]]:
    run, policy = release.run, policy_of(release)
    allowed, own = (frozenset(policy.get(key, ())) for key in ("allowed_licences", "licence_refs"))
    licences = tables["rights"]["concluded"].unique().drop_nulls().sort().to_list()
    return {
        "sources": [str(card.get("id")) for card in run.get("sources", [])],
        "models": [str(model.get("name")) for model in run.get("models", [])],
        "run_ids": [str(run.get("run_id"))],
        "settings_digests": [str(run.get("settings_digest"))],
        "licences": [name for name in licences if standing(name, allowed, own) == ALLOWED],
        "stages": list(STAGES),
    }


def _changed(folder: Path, progress: Callable[[int, int], None] | None) -> tuple[str, ...]:
    try:
        return tuple(manifest.verify(folder, progress, later=manifest.EXPORTED))
    except InputError:
        return ("manifest.json: is missing or cannot be read",)


def _step(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, total: progress(name, done, total)
