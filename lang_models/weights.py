"""Model files: which are pinned, and the checks that a file passes before it is opened.

fastText answers nonsense, or takes all memory, when it is given a broken file. So its layout
and its digest are looked at first.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from lang_models import fasttext_file
from schemas.errors import InputError
from schemas.yaml_files import read_yaml

MODELS = Path(__file__).parent / "models"
DEFAULT = "endonym-lid.ftz"


@dataclass(frozen=True)
class Weights:
    """A model file and what it must be.

    Attributes:
        path: where the file lies.
        sha256: 64 hexadecimal digits that its bytes must have.
        labels: how its labels name languages (see `lang_models.labels`); None: to be found out.
        licence: SPDX expression of the packaged model; None where nobody said.
    """

    path: Path
    sha256: str
    labels: str | None
    licence: str | None = None

    @property
    def name(self) -> str:
        """The name that stands in every row called with this model.

        >>> packaged("lid.176.ftz").name
        'lid.176.ftz@8f3472cf'
        """
        return f"{self.path.name}@{self.sha256[:8]}"


def packaged(name: str = DEFAULT) -> Weights:
    """A model that comes with the package.

    Raises:
        InputError: there is none of that name.
    """
    models = read_yaml(MODELS / "weights.yaml")[0]
    if name not in models:
        raise InputError(
            f"{name}: no such model; the package has {', '.join(sorted(models))}, and any other one"
            " needs the sha256 of its file beside its path"
        )
    entry = models[name]
    return Weights(MODELS / name, entry["sha256"], entry["labels"], entry["licence"])


def named(path: str | None, sha256: str | None, labels: str | None) -> Weights:
    """The model that a user names, or the packaged one when no path is given.

    Raises:
        InputError: a path without a sha256 or the other way round, or a sha256 that is none.
    """
    if path is None:
        if sha256 or labels:
            raise InputError(
                "language model: a sha256 or labels without a path; name the file they belong to"
            )
        return packaged()
    if not re.fullmatch(r"[0-9a-fA-F]{64}", sha256 or ""):
        raise InputError(
            f"{path}: a language model needs the sha256 of its file, 64 hexadecimal digits;"
            " take it from where the model is published, or from sha256sum"
        )
    return Weights(Path(path), str(sha256).lower(), labels)


def verify(weights: Weights) -> None:
    """Makes sure that the file is there, a whole fastText classifier, and has its sha256.

    Raises:
        InputError: it is not; the message says what is wrong.
    """
    try:
        fault = fasttext_file.fault(weights.path)
        if fault is not None:
            refuse(weights.path, fault)
        with weights.path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            f"{weights.path}: the language model cannot be read ({type(error).__name__})"
        ) from None
    if found != weights.sha256:
        raise InputError(
            f"{weights.path}: the language model has sha256 {found}, not {weights.sha256};"
            " get the file again, or give the right sha256 if you mean this one"
        )


def refuse(path: Path, fault: str) -> NoReturn:
    """Ends with the one sentence on a file that is no language model.

    Raises:
        InputError: always.
    """
    raise InputError(f"{path}: this file {fault}; give a .bin or .ftz of a language model")
