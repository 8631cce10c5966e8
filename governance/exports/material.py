"""Everything that the exports are made from, read once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from governance.books import Books, reconcile
from governance.exports.contents import Contents, read_contents
from governance.exports.earlier import Changes, Earlier, compare
from governance.release_folder import Release, open_release, read_json
from governance.tally import tally

Facts = dict[str, Any]
#: Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Standing:
    """What was decided about a release, beside its files.

    Args:
        gates: every gate as it was judged: id, title, passed, figure, limit, unit, severity.
        waivers: those that are in force, without comments.
        idle: those that are given for a gate that did not fail.
        approvals: role and signer of every sign-off that was checked.
        audit_head: count and digest of the last entry of the audit log, or nothing.
    """

    gates: tuple[Facts, ...] = ()
    waivers: tuple[Facts, ...] = ()
    approvals: tuple[Facts, ...] = ()
    audit_head: Facts = field(default_factory=dict)
    idle: tuple[Facts, ...] = ()


@dataclass(frozen=True)
class Material:
    """The records of one release.

    Args:
        release: the open release.
        tables: of `governance.tally`.
        books: its counts, made again from the files.
        contents: sizes, domains and quantiles of what is released.
        standing: gates, waivers, approvals.
        as_of: the day of publication; time never comes from the clock.
        earlier: the release that this one follows, or None.
        changes: what entered and left since then, or None.
        licence_texts: the texts of licences that are at hand, by their ids.
    """

    release: Release
    tables: dict[str, pl.DataFrame]
    books: Books
    contents: Contents
    standing: Standing
    as_of: date
    earlier: Earlier | None = None
    changes: Changes | None = None
    licence_texts: Facts = field(default_factory=dict)

    @property
    def run(self) -> Facts:
        """What `run.json` says."""
        return self.release.run

    @property
    def policy(self) -> Facts:
        """The policy that the run was held against; empty when `run.json` states none."""
        found = self.run.get("policy")
        return found if isinstance(found, dict) else {}

    @property
    def cards(self) -> list[Facts]:
        """Cards of the sources that released documents are from, ordered by id.

        A source of which nothing was released is not named: what was held back is nobody's
        business outside.
        """
        released = set(self.contents.sizes["source"].to_list())
        cards = [card for card in self.run.get("sources", []) if card.get("id") in released]
        return sorted(cards, key=lambda card: str(card.get("id")))

    def record(self, path: str) -> Facts:
        """A JSON file of the release; empty when there is none."""
        return read_json(self.release.folder / path)


def gather(
    folder: Path,
    as_of: date,
    standing: Standing,
    earlier: Earlier | None = None,
    progress: Progress | None = None,
) -> Material:
    """Reads all that the exports need: the narrow columns, and the length of every text.

    Args:
        folder: the release.
        as_of: the day of publication.
        standing: gates, waivers, approvals.
        earlier: the release that this one follows.
        progress: told what is being done, and how far.

    Raises:
        InputError: the folder is no release.
    """
    release = open_release(folder)
    tables = tally(release, _step(progress, "counting"))
    contents = read_contents(release, _step(progress, "measuring"))
    changes = compare(release, earlier) if earlier else None
    books = reconcile(release, tables)
    return Material(release, tables, books, contents, standing, as_of, earlier, changes)


def _step(progress: Progress | None, name: str) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, total: progress(name, done, total)
