"""What a run does with personal data: the plan for its documents, and what its record says."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from governance.keys import Keyring
from schemas.policy import Policy
from schemas.policy_packs import read_policy
from schemas.privacy import PLACEHOLDER, PSEUDONYM, SURROGATE, TREATMENTS, TYPES, PrivacyPolicy
from schemas.source import SourceCard
from schemas.yaml_files import read_yaml

if TYPE_CHECKING:
    from governance.pii.documents import Plan
    from governance.pii.names import Finder
    from pipelines.run import Run


def finder(policy: Policy, folder: Path) -> "Finder | None":
    """How names are looked for, with absolute paths; None where the policy does not ask for it.

    Args:
        policy: the policy.
        folder: folder of the policy file, from which its paths start.

    Raises:
        InputError: a list is missing.
    """
    chosen = policy.privacy.names
    if chosen is None:
        return None
    from governance.pii.names import Finder, lists  # noqa: PLC0415  # only if names are masked

    paths = [str((folder / path).resolve()) for path in chosen.lists]
    models = (
        model.model_copy(update={"path": str((folder / model.path).resolve())})
        for model in chosen.models
    )
    return Finder(
        tuple(models), tuple((path, lists.digest(path)) for path in paths), chosen.cues,
        tuple(chosen.entities),
    )  # fmt: skip


def unknown_sources(policy: Policy, cards: Mapping[str, tuple[SourceCard, str]]) -> list[str]:
    """What is wrong with the sources that the policy names: none, or one sentence."""
    unknown = sorted(set(policy.privacy.sources) - set(cards))
    if not unknown or not cards:
        return []
    told = f"policy: privacy.sources: {', '.join(unknown)} is the id of no source card of this run"
    return [f"{told}; cards are {', '.join(sorted(cards))}"]


def named_policy(named: str) -> PrivacyPolicy:
    """The privacy policy of a run file, of a release folder, or of a policy by file or name.

    Raises:
        InputError: there is no such thing, or it cannot be read.
    """
    path = Path(named)
    if path.is_dir():
        from governance.proof.scan import policy_of_record  # noqa: PLC0415  # slow to import
        from governance.release_folder import read_json  # noqa: PLC0415

        return policy_of_record(read_json(path / "run.json"))
    if path.is_file() and "sources" in read_yaml(path)[0]:
        from pipelines.load import load_corpus  # noqa: PLC0415  # it imports this module

        return load_corpus(path).policy.privacy
    return read_policy(named, Path.cwd()).privacy


def plan(run: "Run") -> "Plan":
    """The treatments and names of a run, ready to be carried to the workers."""
    from governance.pii.documents import Plan  # noqa: PLC0415  # compiled code

    return Plan(run.policy.privacy, run.keyring, release_name(run), run.names)


def release_name(run: "Run") -> str:
    """Name and version: pseudonyms of one release say nothing of those of another."""
    return f"{run.settings.name}-{run.settings.version}"


def deciding(run: "Run") -> list[Any]:
    """What decides about treated text beside the policy: lists of names, the release's name."""
    lists = [digest for _, digest in run.names.lists] if run.names else []
    return [lists, release_name(run) if run.policy.privacy.uses(PSEUDONYM) else None]


def check(run: "Run") -> None:
    """Makes sure that names can be looked for as the policy says, before anything is read.

    Raises:
        InputError: a model or list is missing or is not the one that was approved.
    """
    if run.names is not None:
        run.names.check()


def record(run: "Run") -> dict[str, Any]:
    """What the record of a run says: treatments by source and type, ids of keys, and of names."""
    from governance.pii.names import statement  # noqa: PLC0415

    policy = run.policy.privacy
    sources = {name: _treatments(run, name) for name in sorted(run.cards)}
    used = {treatment for types in sources.values() for treatment in types.values()}
    return {
        "default": policy.default,
        "treatments": {
            name: {kind: one for kind, one in types.items() if one != PLACEHOLDER}
            for name, types in sources.items()
        },
        "used": [name for name in TREATMENTS if name in used],
        "keys": _key_ids(run.keyring, release_name(run), sources),
        "names": statement(run.names),
    }


def _treatments(run: "Run", source: str) -> dict[str, str]:
    return {kind: run.policy.privacy.treatment(source, kind) for kind in sorted(TYPES)}


def _key_ids(
    keyring: Keyring, release: str, sources: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Ids of the keys used: of pseudonyms one a type, of surrogates one; never a key itself."""
    from governance.pii.treatments import pseudonym  # noqa: PLC0415

    used = {pair for types in sources.values() for pair in types.items()}
    ids = {
        f"{PSEUDONYM}/{kind}": pseudonym.key_id(keyring, kind, release)
        for kind, treatment in sorted(used)
        if treatment == PSEUDONYM
    }
    if any(treatment == SURROGATE for _, treatment in used):
        ids[SURROGATE] = keyring.derive(f"{SURROGATE}:id").hex()[:8]
    return ids
