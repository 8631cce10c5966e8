"""The card beside a model: what its scores are worth, language by language.

`lid.ftz` has its card in `lid.card.json`. Of all that stands there two keys decide what a run
does, and both hold the model's own score, `raw_score`, of text that it was not trained on:

    calibration   {tag: {"x": [raw scores, ascending], "y": [share of calls that were right]}}
    thresholds    {tag: {"for_precision": {"0.95": raw score}, "for_recall": {"0.9": raw score}}}

The tag `*` stands for every language that has no entry of its own. A model without a card is
taken at its word.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from schemas.errors import InputError

ANY = "*"
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Stated = Annotated[str, Field(pattern=r"^(0\.\d+|1(\.0+)?)$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Curve(_Part):
    """How often calls with a given raw score were right; straight between the points."""

    x: tuple[Share, ...] = Field(min_length=1)
    y: tuple[Share, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rises(self) -> "Curve":
        if len(self.x) != len(self.y):
            raise ValueError("x and y must be of the same length")
        if list(self.x) != sorted(set(self.x)) or list(self.y) != sorted(self.y):
            raise ValueError("x must rise, and y must not fall")
        return self

    def at(self, raw: np.ndarray) -> np.ndarray:
        """The share of right calls at raw scores; beyond the ends that of the end."""
        return np.interp(raw, self.x, self.y)


class Aim(NamedTuple):
    """How sure a programme wants to be of its languages.

    Attributes:
        kind: `precision`, of the documents called by a language the share that are in it; or
            `recall`, of the documents in it the share that are believed.
        share: which of it is wanted.
    """

    kind: Literal["precision", "recall"]
    share: float

    def among(self, stated: Iterable[str]) -> str | None:
        """The least of the stated shares that is enough; None: none is.

        >>> Aim("precision", 0.92).among(["0.9", "0.95", "0.99"])
        '0.95'
        """
        return min((key for key in stated if float(key) >= self.share), key=float, default=None)


class Thresholds(_Part):
    """The least raw score with which a share was reached; null where none was enough."""

    for_precision: dict[Stated, Share | None] = {}
    for_recall: dict[Stated, Share | None] = {}

    def reached(self, kind: Literal["precision", "recall"]) -> dict[str, float | None]:
        """Those of one kind."""
        return self.for_precision if kind == "precision" else self.for_recall


class Card(_Part):
    """What a model's card says of its scores; keys that are for readers only are passed over.

    Attributes:
        name: file and first digits of its sha256; None where the model has no card.
        sha256: of the card's file; in the file itself, where it may stand, of the model.
    """

    calibration: dict[str, Curve] = {}
    thresholds: dict[str, Thresholds] = {}
    date: str = "no date"
    name: str | None = None
    sha256: str | None = None

    def calibrated(self, tags: Iterable[str], number: np.ndarray, raw: np.ndarray) -> np.ndarray:
        """The probabilities that calls are right.

        Args:
            tags: by number.
            number: int64[n], the tag of each call.
            raw: float64[n], the model's scores.

        Returns:
            float64[n]; `raw` itself for languages that the card says nothing of.
        """
        if not self.calibration or not len(raw):
            return raw
        names, score = list(tags), raw.copy()
        order = np.argsort(number, kind="stable")
        present, first = np.unique(number[order], return_index=True)
        for tag, calls in zip(present, np.split(order, first[1:]), strict=True):
            curve = self._curve(names[tag])
            if curve is not None:
                score[calls] = curve.at(raw[calls])
        return score

    def _curve(self, tag: str) -> Curve | None:
        return self.calibration.get(tag) or self.calibration.get(ANY)

    def least_score(self, tag: str, aim: Aim) -> float | None:
        """The raw score from which calls of a language are believed; None: the card has none.

        A language that never was called so well is never believed: 1.
        """
        own = self.thresholds.get(tag) or self.thresholds.get(ANY)
        known = own.reached(aim.kind) if own else {}
        if not known and ANY in self.thresholds:
            known = self.thresholds[ANY].reached(aim.kind)
        if not known:
            return None
        key = aim.among(known)
        return 1.0 if key is None or known[key] is None else known[key]

    def check(self, aim: Aim) -> None:
        """Makes sure that the card can serve an aim, if it has thresholds at all.

        Raises:
            InputError: it states none for so high a precision or recall.
        """
        stated = {key for one in self.thresholds.values() for key in one.reached(aim.kind)}
        if self.thresholds and aim.among(stated) is None:
            known = ", ".join(sorted(stated)) or "none"
            raise InputError(
                f"{self.name}: the model's card has no thresholds for a {aim.kind} of"
                f" {aim.share:g}; it has them for {known}. Ask for less in the policy"
                f" (language_{aim.kind}), or train and measure the model anew"
            )


def beside(model: Path, model_sha256: str | None = None) -> Card:
    """The card of a model, from the file beside it; an empty one where there is none.

    Args:
        model: the model file.
        model_sha256: of the model; a card that names another one is refused. None: not looked at.

    Raises:
        InputError: the file is no such card, and where; or the card of another model.
    """
    path = model.with_suffix(".card.json")
    if not path.exists():
        return Card()
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        card = Card.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        message = first["msg"].removeprefix("Value error, ")
        raise InputError(f"{path}: {place}: {message[:1].lower()}{message[1:]}") from None
    if model_sha256 and card.sha256 not in (None, model_sha256):
        raise InputError(
            f"{path}: this is the card of a model with sha256 {card.sha256}, but {model.name} has"
            f" {model_sha256}; put its own card there, or take this one away"
        )
    return card.model_copy(update={"name": f"{path.name}@{sha256[:8]}", "sha256": sha256})
