"""Puts invented values into real texts."""

import unicodedata
from dataclasses import dataclass

from tests.tools.sample_parts.plan import Planned, Plant


@dataclass(frozen=True, slots=True)
class Planted:
    """A finished document. `url` and `title` are empty unless something was planted there."""

    plan: Planned
    paragraphs: list[str]
    url: str = ""
    title: str = ""

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


def plant(plan: Planned, carrier: list[str]) -> Planted:
    """The document that a plan describes, made from the paragraphs of its carrier."""
    paragraphs, fields = list(carrier), {"url": "", "title": ""}
    for index, value in enumerate(plan.plants):
        sentence = value.sentence.format(value.value)
        if value.place in fields:
            fields[value.place] = sentence
        elif value.place != "id":
            target = index % len(paragraphs)
            paragraphs[target] = _insert(paragraphs[target], sentence, value)
    return Planted(plan, paragraphs, **fields)


def _insert(paragraph: str, sentence: str, value: Plant) -> str:
    if value.place == "after":
        return f"{paragraph} {sentence}"
    if value.place == "glued":
        return paragraph + sentence
    if value.place == "inside":
        at = _middle(paragraph, [i for i, char in enumerate(paragraph) if char == " "])
        return f"{paragraph[:at]} {sentence}{paragraph[at:]}"
    if value.place == "wedge":
        at = _middle(paragraph, _letter_gaps(paragraph))
        return paragraph[:at] + sentence + paragraph[at:]
    raise ValueError(f"{value.place} is no place; see plants/notes.yaml")


def _letter_gaps(paragraph: str) -> list[int]:
    """Places between two letters, where no mark is torn from its base."""
    letter = [unicodedata.category(char).startswith("L") for char in paragraph]
    return [i for i in range(1, len(letter)) if letter[i - 1] and letter[i]]


def _middle(paragraph: str, places: list[int]) -> int:
    return min(places, key=lambda place: abs(place - len(paragraph) // 2))
