"""What a run is: settings, cards, policy and key, ready to be carried to the workers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from governance.keys import Keyring
from governance.pii.names import Finder
from governance.takedown import suppression
from lang_models.cards import Aim
from lang_models.identify import Identifier
from pipelines import deciding, files, models, personal
from pipelines.decided import Decided
from pipelines.evaluation import Named
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
        state: folder of what is internal to this run, `.endonym/staging/<name>-<version>`.
        as_of: the day that cards are held against.
        opt_outs: table of what hosts reserve, named by a keyed digest of it; None without any.
        names: how names are looked for, or None.
        decided: the decisions of stewards in force.
        evaluation: the evaluation sets that it must not give away.
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
    decided: Decided = field(default_factory=Decided)
    evaluation: tuple[Named, ...] = ()

    def card(self, source: str) -> SourceCard:
        """The card of a source."""
        return self.cards[source][0]

    @cached_property
    def software(self) -> dict[str, str]:
        """Name and version of every package that decides what comes out."""
        return {name: installed_version(name) for name in DECIDING_PACKAGES}

    @cached_property
    def deciding(self) -> dict[str, dict[str, str]]:
        """For each source, digests of all that decides what its staged batches hold, by part."""
        return deciding.parts(self)

    def staged_by(self, source: str) -> str:
        """Digest of all that decides what a staged batch of a source holds."""
        return deciding.digest(self.deciding[source])

    @property
    def staging_digest(self) -> str:
        """The same of all sources."""
        return deciding.digest(self.deciding)

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
    def settings_digest(self) -> str:
        """Digest of all that decides what the release holds."""
        later = self.settings.model_dump(mode="json", include={"name", "version", "dedup", "sizes"})
        policy = self.policy.model_dump(mode="json")
        return deciding.digest(
            {
                "staging": self.staging_digest,
                "settings": later,
                "policy": policy,
                "decisions": self.decided.as_list(),
            }
        )

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
            *(f"decontaminate {one.asked.id}" for one in self.evaluation),
            f"duplicates {self.settings.dedup.threshold}",
        )

    def staged(self, name: str) -> str:
        """Path of a file among the staged batches, which all releases of a corpus share."""
        return files.join(self.batches, name)

    @property
    def batches(self) -> str:
        """Folder of the staged batches of the corpus."""
        home, _, _ = self.state.rstrip("/").rpartition("/staging/")
        return files.join(home, "batches", self.settings.name)

    def own(self, name: str) -> str:
        """Path of a file that is of this run alone: verdicts, receipts, what was written."""
        return files.join(self.state, name)
