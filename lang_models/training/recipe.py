"""How a language model is made: every setting with its value and where that comes from.

The package has one recipe, `recipes/default.yaml`. A recipe of one's own names only what it
changes; the rest follows from the package's.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field, create_model, model_validator

from lang_models.preparation import Preparation
from lang_models.sourced import Record, Source
from schemas.errors import InputError
from schemas.yaml_files import read_record

DEFAULT = Path(__file__).parents[1] / "recipes" / "default.yaml"
Value = TypeVar("Value")
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1)]


class Setting(Record, Generic[Value]):
    """A value, and the study, paper or decision that it comes from.

    A recipe of one's own may give the bare value; then no source is known.
    """

    value: Value
    source: Source | None = None

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, given: Any) -> Any:  # noqa: ANN401  # whatever YAML can hold
        is_whole = isinstance(given, cls) or (isinstance(given, dict) and "value" in given)
        return given if is_whole else {"value": given}


class Text(Record):
    """What is done to each line, before training and whenever the model is asked."""

    lower_case: Setting[bool]
    letters_only: Setting[bool]

    @property
    def preparation(self) -> Preparation:
        """The same as it is applied."""
        return Preparation(self.lower_case.value, self.letters_only.value)


class Sampling(Record):
    """How many lines of each language and source are taken.

    Attributes:
        least_english: lines that lid.176 calls English with a greater probability, under another
            language, are left out; 1: none.
        english_kin: languages whose lines may read like English.
        fewest_lines: a language with fewer cannot be trained.
        held_out_share: of the lines, chosen by their digest; never trained on.
        most_lines: of the largest language; the others follow by `temperature`.
        temperature: 1 takes lines as there are, 0 the same number for all.
        most_repeats: how often one line may be taken.
        source_temperature: the same within a language: 1 by lines, 0 all sources alike.
        source_most_lines: the most lines of a language from a source, by name; `*` the others.
        source_weights: how much more often than others the lines of a source are taken, by
            name. Those not named: 1.
        fragment_share: of the lines, only some words of each are shown.
        fragment_words: how many, one of these; in scripts without spaces, thrice as many letters.
    """

    least_english: Setting[Share]
    english_kin: Setting[tuple[str, ...]]
    fewest_lines: Setting[Count]
    held_out_share: Setting[Annotated[float, Field(gt=0, lt=1)]]
    most_lines: Setting[Count]
    temperature: Setting[Share]
    most_repeats: Setting[Count]
    source_temperature: Setting[Share]
    source_most_lines: Setting[dict[str, Count]]
    source_weights: Setting[dict[str, Annotated[float, Field(gt=0, le=100)]]]
    fragment_share: Setting[Share]
    fragment_words: Setting[tuple[Count, ...]]


class Network(Record):
    """The fastText model: its size and how long it learns."""

    dimension: Setting[Annotated[int, Field(ge=2, le=1024)]]
    shortest_ngram: Setting[Annotated[int, Field(ge=1, le=16)]]
    longest_ngram: Setting[Annotated[int, Field(ge=0, le=16)]]
    buckets: Setting[Annotated[int, Field(ge=1, le=2**30)]]
    least_word_count: Setting[Count]
    loss: Setting[Literal["softmax", "ova"]]
    epochs: Setting[Annotated[int, Field(ge=1, le=1000)]]
    learning_rate: Setting[Annotated[float, Field(gt=0, le=10)]]
    seed: Setting[Annotated[int, Field(ge=0, le=2**31 - 1)]]


class Compression(Record):
    """How the model is made small; only where its file ends in .ftz.

    Attributes:
        kept_rows: how many n-grams stay; 0: all.
        coded_rows: of how many words and n-grams the codes are learnt, before that.
        part_width: numbers that share a code: 1 exact, 2 half the size.
        codes_norms: the length of a vector has a code of its own.
        retrain_epochs: training goes on so long with what was kept; 0: not at all.
        retrain_rate: the learning rate of that.
    """

    kept_rows: Setting[Annotated[int, Field(ge=0)]]
    coded_rows: Setting[Annotated[int, Field(ge=0)]]
    part_width: Setting[Annotated[int, Field(ge=1, le=16)]]
    codes_norms: Setting[bool]
    retrain_epochs: Setting[Annotated[int, Field(ge=0, le=1000)]]
    retrain_rate: Setting[Annotated[float, Field(gt=0, le=10)]]


class Lexicon(Record):
    """The words that weigh a model's best labels a second time.

    Attributes:
        most_words: of a language, the most frequent ones; 0: the model has no lexicon.
    """

    most_words: Setting[Annotated[int, Field(ge=0)]]


class Addition(Record):
    """How languages are added to a trained model.

    Attributes:
        fewest_lines: of a language that is added.
        most_languages: each makes the model a little slower and larger.
        invented_lines: made up of the words of each of the model's languages.
        foreign_share: of their words, so many from all languages.
        epochs: how often all lines are gone through.
        learning_rate: AdaGrad's.
        folds: parts of the new lines; each is measured by a model that does not know it.
        kept_share: of its own lines a new language should keep so many when it is held back.
        most_shift: how much it is held back at most, as a logarithm of odds.
    """

    fewest_lines: Setting[Count]
    most_languages: Setting[Count]
    invented_lines: Setting[Count]
    foreign_share: Setting[Share]
    epochs: Setting[Annotated[int, Field(ge=1, le=1000)]]
    learning_rate: Setting[Annotated[float, Field(gt=0, le=10)]]
    folds: Setting[Annotated[int, Field(ge=2, le=20)]]
    kept_share: Setting[Share]
    most_shift: Setting[Annotated[float, Field(ge=0, le=20)]]


class Origin(Record):
    """A source of training text, for the model's card.

    Attributes:
        title: what it is.
        licence: under which its text may be used.
        origin: where it was taken from.
        sha256: of the file; the licence is stated only for that very file. None: for any file
            of the name.
        collection: the evaluation set that comes from the same collection, where one does.
    """

    title: str
    licence: str
    origin: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    collection: str | None = None


class Recipe(Record):
    """All settings of a training."""

    text: Text
    sampling: Sampling
    network: Network
    compression: Compression
    lexicon: Lexicon
    addition: Addition
    sources: dict[str, Origin] = Field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Setting and value, as `network.dimension: 32`, for the model's card."""
        return {
            f"{part}.{name}": getattr(record, name).value
            for part, record in self._parts()
            for name in type(record).model_fields
        }

    def _parts(self) -> Iterator[tuple[str, Record]]:
        for part in ("text", "sampling", "network", "compression", "lexicon", "addition"):
            yield part, getattr(self, part)


def load(path: Path | None) -> Recipe:
    """The recipe of a file, over that of the package; None: that of the package.

    Raises:
        InputError: with one line per mistake: file, line, key, what is wrong.
    """
    default = read_record(DEFAULT, Recipe)
    if path is None:
        return default
    own = read_record(path, _partial(Recipe)).model_dump(exclude_unset=True)
    recipe = Recipe.model_validate(_over(default.model_dump(), own))
    network = recipe.network
    if 0 < network.longest_ngram.value < network.shortest_ngram.value:
        raise InputError(
            f"{path}: network.longest_ngram is {network.longest_ngram.value}, less than"
            f" network.shortest_ngram, {network.shortest_ngram.value}; make it as long, or 0"
        )
    return recipe


@cache
def _partial(model: type[Record]) -> type[Record]:
    """The same record, any part of which may be left out."""
    fields: dict[str, Any] = {
        name: (_partial_kind(field.annotation), None) for name, field in model.model_fields.items()
    }
    return create_model(f"Partial{model.__name__}", __base__=Record, **fields)


def _partial_kind(kind: Any) -> Any:  # noqa: ANN401  # a type, or an annotation of one
    is_part = isinstance(kind, type) and issubclass(kind, Record) and not issubclass(kind, Setting)
    return _partial(kind) if is_part and kind is not Origin else kind


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        is_part = isinstance(value, dict) and isinstance(below.get(key), dict)
        merged[key] = _over(below[key], value) if is_part and "value" not in value else value
    return merged
