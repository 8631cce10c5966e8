"""What decides what a staged batch holds, part by part, so that a part that changed is named.

A batch is worked on again when one of the parts of its source has another digest; so a new
card touches no other source, and a policy's clocks and signatures touch no batch at all.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from lang_models import profile
from pipelines import files, personal
from pipelines.crawls import is_crawled

if TYPE_CHECKING:
    from pipelines.run import Run

#: Of a run's settings; the others decide later, about duplicates, shards and names.
SETTINGS = {"languages", "unwanted_language"}
_MODELS = {"model", "second_model"}
#: Of a policy: what is asked only of sources, releases and people, never of a document.
LATER: dict[str, Any] = {
    "takedown": True, "retention": True, "signoff": True, "purposes": True, "extends": True,
    "residency_zones": True, "locations": True, "jurisdiction": True, "as_of": True,
    "verified_share": True, "share_alike_mix": True, "removed_text": True, "quarantine_text": True,
    "privacy": {"recall_floor": True, "residual_per_million": True, "evidence": True},
}  # fmt: skip


def parts(run: "Run") -> dict[str, dict[str, str]]:
    """For each source, the digests of all that decides about its batches, by the part's name."""
    settings = run.settings.model_dump(mode="json", include=SETTINGS)
    common = {
        "settings": {
            **settings,
            "batch_mb": run.settings.sizes.batch_mb,
            "addresses": run.settings.dedup.url_threshold is not None,
        },
        "model": [run.models, run.settings.model_dump(mode="json", include=_MODELS)],
        "profiles": profile.digest(),
        "policy": run.policy.model_dump(mode="json", exclude=LATER),
        "names": personal.deciding(run),
        "evaluation sets": [one.deciding for one in run.evaluation],
        "suppression list": run.suppression_digest,
        "software": run.software,
        "key": run.keyring.key_id,
    }
    told = {name: digest(part) for name, part in common.items()}
    opt_outs = _opt_outs(run)
    return {
        name: {
            **told,
            "card": digest([card.model_dump(mode="json"), _is_expired(run, name)]),
            "opt-outs": digest(opt_outs[name]),
            "decisions": digest(run.decided.deciding(name)),
        }
        for name, (card, _) in run.cards.items()
    }


def digest(value: Any) -> str:  # noqa: ANN401  # whatever JSON can hold
    """The sha256 of a value's JSON, in hexadecimal."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changed(now: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """The names of the parts that are not what they were, in their order.

    >>> changed({"card": "a", "policy": "b"}, {"card": "a", "policy": "c"})
    ['policy']
    """
    return [name for name in now if now[name] != before.get(name)]


def _is_expired(run: "Run", source: str) -> bool:
    last = run.card(source).last_day
    return bool(last and last < run.as_of)


def _opt_outs(run: "Run") -> dict[str, list[Any]]:
    """For each source: what its hosts and the lists for all reserve, and which is too old."""
    age = run.policy.opt_outs.max_age_days
    oldest = (run.as_of - timedelta(days=age)).isoformat() if age else ""
    said = _said(run)
    found = {}
    for name, (card, _) in run.cards.items():
        crawled = is_crawled(card, card.paths)
        old = crawled and card.collected.last.isoformat() < oldest
        mine = said.filter(pl.col("source").is_in(["", name]))
        days = mine["fetched_on"].unique().sort().to_list()
        found[name] = [digest(mine.rows()), old, [day for day in days if day < oldest]]
    return found


def _said(run: "Run") -> pl.DataFrame:
    """Which file of which host said what, by its digest; no rows where nothing was gathered."""
    names = ["source", "host", "kind", "fetched_on", "status", "digest"]
    if run.opt_outs is None:
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    with files.open_input(run.opt_outs) as file:
        return pl.read_parquet(file, columns=names).sort(names)
