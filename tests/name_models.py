"""A tiny spaCy model of names, trained in seconds on sentences about people that nobody is."""

import random
from pathlib import Path

_FIRST = ("Tavin", "Mira", "Oskel", "Junia", "Belto", "Sarel")
_LAST = ("Orlo", "Senn", "Quade", "Ivers", "Tolm", "Aster")
_PLACES = ("Velmora", "Kestrel Bay", "Old Harn", "Dunmere")
_FORMS = (
    "Yesterday {p} met nobody .", "{p} lives in {l} .", "{p} met {q} .", "In {l} it rained .",
    "Yesterday {p} met {q} in {l} .", "Nothing happened .", "Yesterday it rained .",
    "It met nobody and lives .",
)  # fmt: skip


def train(folder: Path) -> Path:
    """Trains the model and writes it into a folder, which is given back."""
    import spacy  # takes seconds
    from spacy.training import Example

    dice = random.Random(4)
    spacy.util.fix_random_seed(4)
    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = [Example.from_dict(nlp.make_doc(text), {"entities": entities})
                for text, entities in (_sentence(dice) for _ in range(160))]  # fmt: skip
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(8):
        dice.shuffle(examples)
        for batch in spacy.util.minibatch(examples, 16):
            nlp.update(batch, sgd=optimizer)
    nlp.to_disk(folder)
    return folder


def _sentence(dice: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    form = dice.choice(_FORMS)
    text, entities = "", []
    for word in form.split(" "):
        label = {"{p}": "PERSON", "{q}": "PERSON", "{l}": "GPE"}.get(word)
        if label:
            names = f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"
            value = dice.choice(_PLACES) if label == "GPE" else names
            entities.append((len(text), len(text) + len(value), label))
        else:
            value = word
        text += value + " "
    return text.strip(), entities
