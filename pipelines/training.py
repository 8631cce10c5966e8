"""Trains a language model and leaves it with its card where the user wants it."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import orjson

from lang_models.training import recipe, words
from lang_models.training.add import add
from lang_models.training.gather import Wish
from lang_models.training.make import Made, Tell, make
from pipelines import files
from pipelines.chosen_model import chosen_weights
from schemas.errors import InputError

SUFFIXES = (".ftz", ".bin")


class Written(NamedTuple):
    """Where a trained model lies.

    Attributes:
        model: the fastText file.
        card: JSON, beside it.
        page: Markdown, beside it.
        words: the commonest of each language, beside it.
        made: what stands in them.
    """

    model: Path
    card: Path
    page: Path
    words: Path
    made: Made


def train(  # as many as the command has
    wish: Wish, recipe_file: Path | None, base: str | None, out: Path, day: date, tell: Tell
) -> Written:
    """Trains, measures and writes a model.

    Args:
        wish: what to train on.
        recipe_file: YAML; None: the package's recipe.
        base: the model that languages are added to, see `chosen_model`; None: a new model.
        out: the model file, .ftz (quantised) or .bin; an existing one is replaced.
        day: for the card.
        tell: is given a sentence at each stage.

    Raises:
        InputError: the text, the recipe or the name cannot be used.
    """
    if out.suffix not in SUFFIXES:
        raise InputError(f"--out {out}: a model file ends in .ftz (quantised) or .bin (whole)")
    settings = recipe.load(recipe_file)
    if base is None:
        return write(make(wish, settings, out, day, tell), out)
    return write(add(chosen_weights(base), wish, settings, out, day, tell), out)


def write(made: Made, out: Path) -> Written:
    """Writes a model, its card and its page; the model last, so that it never lacks them."""
    card, page = out.with_suffix(".card.json"), out.with_suffix(".card.md")
    files.write_bytes(str(card), card_bytes(made))
    files.write_bytes(str(page), made.readable.encode())
    files.write_bytes(str(words.path_of(out)), made.words)
    files.write_bytes(str(out), made.content)
    return Written(out, card, page, words.path_of(out), made)


def card_bytes(made: Made) -> bytes:
    """A card as JSON, with a line for each entry of its tables."""
    parts = [f"{_json(key)}: {_value(value)}" for key, value in made.card.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _value(value: object) -> str:
    if isinstance(value, dict) and any(isinstance(it, dict | list) for it in value.values()):
        inner = ",\n".join(f" {_json(key)}: {_value(it)}" for key, it in value.items())
        return "{\n" + inner + "\n}"
    if isinstance(value, list) and any(isinstance(it, dict) for it in value):
        return "[\n" + ",\n".join(f"  {_json(it)}" for it in value) + "\n]"
    return _json(value)


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
