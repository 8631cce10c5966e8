"""The model that a command names: a file, or one of the package's by name."""

import hashlib
from dataclasses import replace
from pathlib import Path

from lang_models.cards import beside
from lang_models.identify import Identifier
from lang_models.weights import MODELS, Weights, named, packaged, verify
from schemas.errors import InputError

DEFAULT = "default"


def chosen_weights(name: str, sha256: str | None = None, labels: str | None = None) -> Weights:
    """The file of a model; `default` and the names of packaged models need no digest.

    Args:
        name: `default`, the name of a packaged model, or a path.
        sha256: that the file must have; None: whatever it has.
        labels: how it names languages; None: to be found out.

    Raises:
        InputError: there is no such file, or it is no language model or another one.
    """
    path = Path(name)
    if name == DEFAULT:
        return named(None, sha256, labels)
    if not path.exists() and (MODELS / name).exists():
        known = packaged(name)
        chosen = replace(
            known, sha256=(sha256 or known.sha256).lower(), labels=labels or known.labels
        )
        verify(chosen)
        return chosen
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"{name}: the language model cannot be read ({type(error).__name__}); give the path"
            f" of a file, or {DEFAULT}"
        ) from None
    chosen = Weights(path, (sha256 or found).lower(), labels)
    verify(chosen)
    beside(path, found)  # a card of another file is refused
    return chosen


def chosen_identifier(
    name: str, sha256: str | None = None, labels: str | None = None
) -> Identifier:
    """The model itself; see `chosen_weights`."""
    return Identifier(chosen_weights(name, sha256, labels))
