"""What a run is: settings, cards, policy and key, ready to be carried to the workers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from governance.keys import Keyring
from governance.pii.names import Finder
from governance.takedown import suppression
from lang_models import profile
from lang_models.cards import Aim
from lang_models.identify import Identifier
from pipelines import files, models, personal
from pipelines.crawls import is_crawled
from schemas.policy import Policy
from schemas.settings import RunSettings
from schemas.source import SourceCard

#: Packages whose versions decide what comes out.
DECIDING_PACKAGES = (
    "endonym", "polars", "pyarrow", "numpy", "fasttext-numpy2-wheel", "datasketch", "ftfy",
    "resiliparse", "fastwarc", "phonenumbers", "python-stdnum",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One run, as every worker sees it.

    Args:
        settings: the run file, checked.
        cards: source cards with the folder that their paths start from.
        policy: what may be held.
        keyring: the secret, by path.
        release: folder of the release, `<output>/<version>`; it appears when all is done.
        state: folder of what is internal: staged batches, verdicts, receipts.
        as_of: the day that cards are held against.
        opt_outs: table of what hosts reserve, named by a keyed digest of it; None without any.
        names: how names are looked for, or None.
    """

    settings: RunSettings
    cards: Mapping[str, tuple[SourceCard, str]]
    policy: Policy
    keyring: Keyring
    release: str
    state: str
    as_of: date
    opt_outs: str | None = None
    names: Finder | None = None

    def card(self, source: str) -> SourceCard:
        """The card of a source."""
        return self.cards[source][0]

    @cached_property
    def software(self) -> dict[str, str]:
        """Name and version of every package that decides what comes out."""
        return {name: installed_version(name) for name in DECIDING_PACKAGES}

    @cached_property
    def staging_digest(self) -> str:
        """Digest of all that decides what a staged batch holds: cards, policy, model, versions."""
        expired = sorted(
            name
            for name, (card, _) in self.cards.items()
            if card.last_day and card.last_day < self.as_of
        )
        deciding = self.settings.model_dump(
            mode="json", include={"languages", "unwanted_language", "model"}
        )
        cards = {name: card.model_dump(mode="json") for name, (card, _) in self.cards.items()}
        return _digest(
            {
                "settings": {**deciding, "batch_mb": self.settings.sizes.batch_mb},
                "models": self.models,
                "profiles": profile.digest(),
                "cards": cards,
                "policy": self.policy.model_dump(mode="json"),
                "expired": expired,
                "opt_outs": self._opt_outs,
                "personal": personal.deciding(self),
                "suppression": self.suppression_digest,
                "software": self.software,
                "key": self.keyring.key_id,
            }
        )

    @property
    def suppression_folder(self) -> Path:
        """Where the keyed list of what was taken down lies, if anything was."""
        corpus = Path(self.state).parent.parent / "corpus" / self.settings.name
        return corpus / suppression.PURPOSE

    @cached_property
    def suppression_digest(self) -> str | None:
        """Digest of that list as it was when the run began; None when there is none."""
        return suppression.digest_of(self.suppression_folder)

    @property
    def suppression(self) -> suppression.SuppressionList | None:
        """That list, read once in a process.

        Raises:
            InputError: it has changed since the run began, or is of another key.
        """
        if self.suppression_digest is None:
            return None
        return suppression.load(self.suppression_folder, self.suppression_digest, self.keyring)

    @cached_property
    def _opt_outs(self) -> list[Any]:
        """What decides about opt-outs: the table by its name, and the answers that are too old."""
        age = self.policy.opt_outs.max_age_days
        oldest = (self.as_of - timedelta(days=age)).isoformat() if age else ""
        days = {
            name: card.collected.last.isoformat()
            for name, (card, _) in self.cards.items()
            if is_crawled(card, card.paths)
        }
        old = sorted(name for name, day in days.items() if day < oldest)
        if self.opt_outs is None:
            return [None, old]
        with files.open_input(self.opt_outs) as file:
            told = set(pq.read_table(file, columns=["fetched_on"])["fetched_on"].to_pylist())
        return [self.opt_outs.rpartition("/")[2], old, sorted(day for day in told if day < oldest)]

    @cached_property
    def settings_digest(self) -> str:
        """Digest of all that decides what the release holds."""
        later = self.settings.model_dump(mode="json", include={"name", "version", "dedup", "sizes"})
        return _digest({"staging": self.staging_digest, "settings": later})

    @property
    def run_id(self) -> str:
        """Name of the run, the same whenever it is repeated with the same settings."""
        return f"{self.settings.name}-{self.settings.version}-{self.settings_digest[:12]}"

    @property
    def output(self) -> str:
        """Folder that is written to; its name has the settings in it, so nothing stale mixes in.

        It lies beside the release on a disk. A release on another filesystem is made among
        what is staged and sent at the end (docs/decisions/0009-releases-elsewhere.md).
        """
        folder, _, version = self.release.rpartition("/")
        place = folder if files.is_local(folder) else self.state
        return files.join(place, f".{version}.{self.settings_digest[:12]}.draft")

    @cached_property
    def models(self) -> list[dict[str, Any]]:
        """The language models used, with digest, licence and card; the first one calls."""
        return models.used(self.settings)

    @property
    def identifier(self) -> Identifier:
        """The run's language model, the one in the package when none is named."""
        return models.identifier(self.settings.model)

    @property
    def second_identifier(self) -> Identifier | None:
        """The model that is asked as well, if there is one."""
        second = self.settings.second_model
        return None if second is None else models.identifier(second)

    @property
    def aim(self) -> Aim | None:
        """How sure the policy wants to be of the languages."""
        return models.aim(self.policy)

    def check_models(self) -> None:
        """Makes sure that the models can be used, before anything is read.

        Raises:
            InputError: one of them cannot, or its card says less than the policy asks for.
        """
        models.check(self.settings, self.policy)
        personal.check(self)

    @property
    def earlier(self) -> tuple[str, ...]:
        """The earlier releases that are compared with, as folder and version."""
        return tuple(
            "/".join(path.rstrip("/").split("/")[-2:]) for path in self.settings.dedup.against
        )

    @cached_property
    def steps(self) -> tuple[str, ...]:
        """What was done to every document, in order, with the versions that did it."""
        software = self.software
        return (
            f"read endonym-{software['endonym']}",
            f"admit {self.policy.name}",
            f"normalise ftfy-{software['ftfy']}",
            " ".join(("identify", *(model["name"] for model in self.models))),
            f"spell endonym-{software['endonym']}",
            f"scrub phonenumbers-{software['phonenumbers']}",
            f"measure endonym-{software['endonym']}",
            f"duplicates {self.settings.dedup.threshold}",
        )

    def staged(self, name: str) -> str:
        """Path of a file among the staged batches."""
        return files.join(self.state, "staged", name)


def _digest(value: Any) -> str:  # noqa: ANN401  # whatever JSON can hold
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
