"""The language models of a run: the one that calls, and the one that may be asked as well."""

from dataclasses import replace
from typing import Any

from lang_models import cards
from lang_models.cards import Aim, Card
from lang_models.identify import Identifier
from lang_models.weights import Weights, named, packaged, verify
from schemas.errors import InputError
from schemas.policy import Policy
from schemas.settings import Model, RunSettings


def weights(model: Model | None) -> Weights:
    """The file of a model, the default one in the package for None.

    Raises:
        InputError: there is no such model in the package, or one that is not has no licence.
    """
    if model is None:
        return packaged()
    if model.sha256 is None:
        return packaged(model.path)
    if model.licence is None:
        raise InputError(
            f"{model.path}: the run file does not say under which licence this language model may"
            " be used (licence: …), and the record of a release must"
        )
    return replace(named(model.path, model.sha256, model.labels), licence=model.licence)


def identifier(model: Model | None) -> Identifier:
    """The model itself, read once in a process.

    Raises:
        InputError: it cannot be used.
    """
    return Identifier.load() if model is None else Identifier.of(weights(model))


def aim(policy: Policy) -> Aim | None:
    """How sure the policy wants to be of its languages; None: it does not say."""
    if policy.language_recall is not None:
        return Aim("recall", policy.language_recall)
    if policy.language_precision is not None:
        return Aim("precision", policy.language_precision)
    return None


def used(settings: RunSettings) -> list[dict[str, Any]]:
    """The models of a run with digest, licence and card, for its record; the first one calls."""
    chosen = [weights(settings.model)]
    if settings.second_model is not None:
        chosen.append(weights(settings.second_model))
    return [_record(one, cards.beside(one.path, one.sha256)) for one in chosen]


def _record(model: Weights, card: Card) -> dict[str, Any]:
    return {
        "name": model.name,
        "sha256": model.sha256,
        "licence": model.licence,
        "card": card.name,
        "card_sha256": card.sha256,
    }


def check(settings: RunSettings, policy: Policy) -> None:
    """Makes sure that the models can be used, before anything is read.

    Raises:
        InputError: a model is missing, is no model, has another digest, its card is broken, or
            says nothing of so high a precision as the policy asks for.
    """
    first = weights(settings.model)
    verify(first)
    card, wanted = cards.beside(first.path, first.sha256), aim(policy)
    if wanted is not None:
        card.check(wanted)
    if settings.second_model is not None:
        second = weights(settings.second_model)
        verify(second)
        cards.beside(second.path, second.sha256)
