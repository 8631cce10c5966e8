"""Reads a run: the run file with its cards and policy, every path made absolute."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from governance.corpus import Corpus
from governance.integrity.signers import with_fingerprints
from governance.keys import find_keyring
from pipelines import decided, evaluation, files, personal, residency
from pipelines.run import Run
from schemas.errors import InputError
from schemas.policy import Policy
from schemas.policy_packs import read_policy
from schemas.settings import Model, RunSettings
from schemas.source import SourceCard
from schemas.yaml_files import read_record


def load_run(
    path: Path,
    overrides: dict[str, Any] | None = None,
    out: str | None = None,
    beam_options: Sequence[str] = (),
) -> Run:
    """Reads the run file with its cards and policy; every mistake is told at once.

    Args:
        path: the run file.
        overrides: settings that replace those of the file, by dotted key.
        out: folder or URI that replaces the file's `output`, relative to where the command runs.
        beam_options: as they are given to Beam, for the places that they name.

    Raises:
        InputError: anything in the files is wrong or missing, or the run may not take place:
            its purpose, a source's last day, or a place that text would lie in.
    """
    settings = read_record(path, RunSettings, overrides)
    folder = path.resolve().parent
    problems: list[str] = []
    cards = _cards(settings, folder, problems)
    policy = _policy(settings, folder, problems)
    output = _place(out, Path.cwd()) if out else _place(settings.output, folder)
    as_of = settings.as_of or datetime.now(UTC).date()
    ruled = _decided(folder / settings.decisions, as_of, problems)
    cards = decided.with_licences(cards, ruled.changes)
    named = evaluation.find_sets(settings, folder, problems)
    paths = {"output": output, "staging": str(folder / ".endonym")}
    problems += residency.sources(cards, policy)
    problems += residency.purposes(settings, cards, policy)
    problems += residency.expired(cards, policy, as_of)
    problems += residency.places(cards, policy, paths, beam_options)
    problems += personal.unknown_sources(policy, cards)
    if problems:
        raise InputError("\n".join(problems))
    policy_folder = (folder / settings.policy).parent if settings.policy else folder
    return Run(
        settings=_absolute(settings, folder),
        cards=cards,
        policy=policy,
        keyring=find_keyring(settings.key, folder),
        release=files.join(output, settings.version),
        state=str(folder / ".endonym" / "staging" / f"{settings.name}-{settings.version}"),
        as_of=as_of,
        names=personal.finder(policy, policy_folder),
        decided=ruled,
        evaluation=named,
    )


def load_corpus(path: Path, out: str | None = None) -> Corpus:
    """Reads of a run what stewardship needs: where the releases lie, their state, key and policy.

    Cards and input files may be gone by then; they are not looked at.

    Args:
        path: the run file.
        out: folder that replaces the file's `output`, relative to where the command runs.

    Raises:
        InputError: the run file or the policy is wrong, or the releases lie on another filesystem.
    """
    settings = read_record(path, RunSettings)
    folder = path.resolve().parent
    problems: list[str] = []
    policy = _policy(settings, folder, problems)
    if problems:
        raise InputError("\n".join(problems))
    releases = _place(out, Path.cwd()) if out else _place(settings.output, folder)
    if not files.is_local(releases):
        raise InputError(f"{releases}: lies on another filesystem; copy the releases to this disk")
    return Corpus(
        name=settings.name,
        releases=Path(releases),
        state=folder / ".endonym" / "corpus" / settings.name,
        keyring=find_keyring(settings.key, folder),
        policy=policy,
    )


def _place(path: str, folder: Path) -> str:
    return str((folder / path).resolve()) if files.is_local(path) else path.rstrip("/")


def _absolute(settings: RunSettings, folder: Path) -> RunSettings:
    against = [_place(path, folder) for path in settings.dedup.against]
    dedup = settings.dedup.model_copy(update={"against": against})
    chosen = {
        name: model.model_copy(update={"path": _place(model.path, folder)})
        for name in ("model", "second_model")
        if isinstance(model := getattr(settings, name), Model) and model.sha256
    }
    return settings.model_copy(update={"dedup": dedup, **chosen})


def _cards(
    settings: RunSettings, folder: Path, problems: list[str]
) -> dict[str, tuple[SourceCard, str]]:
    paths = sorted({path for pattern in settings.sources for path in folder.glob(pattern)})
    if not paths:
        problems.append(f"sources: no card matches {', '.join(settings.sources)} in {folder}")
    cards: dict[str, tuple[SourceCard, str]] = {}
    for path in paths:
        try:
            card = read_record(path, SourceCard)
        except InputError as error:
            problems.append(str(error))
            continue
        if card.id in cards:
            problems.append(f"{path}: the id {card.id!r} is on another card too; ids are unique")
        cards[card.id] = (card, str(path.parent))
    return cards


def _decided(path: Path, as_of: date, problems: list[str]) -> decided.Decided:
    try:
        found = decided.read_decided(path, as_of)
    except InputError as error:
        problems.append(str(error))
        return decided.Decided()
    problems += decided.unknown_limits(found)
    return found if not problems else decided.Decided()


def _policy(settings: RunSettings, folder: Path, problems: list[str]) -> Policy:
    if settings.policy is None:
        return Policy()
    try:
        policy = read_policy(settings.policy, folder)
        return with_fingerprints(policy) if policy.signoff.keys else policy
    except InputError as error:
        problems.append(str(error))
        return Policy()
