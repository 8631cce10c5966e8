"""How well documents in two languages are found, on pages where it is known line by line.

usage: python -m tests.benchmarks.language_mixing FOLDER [--model FILE] [--labels SCHEME]
"""

from pathlib import Path

import numpy as np
import polars as pl

from lang_models.identify import Identifier
from tests.benchmarks.language_sets import arguments, demo, joined, knower, rows, told

#: Kinds of the demo corpus that are in one language for sure; manuals may hold English.
_ONE_LANGUAGE = ("story", "udhr", "law", "paragraph")
_SENTENCES = 10


def main() -> None:
    """Prints precision and recall of `mixed`, the error of shares, and false alarms."""
    folder, identifier = arguments(__doc__)
    _pages(folder, identifier)
    _sentences(folder, identifier)
    for name, documents in _in_one_language(folder).items():
        knows = knower(identifier)
        known = [text for text, gold in documents if knows(gold)]
        mixed = int(_field(identifier, known, "mixed").sum())
        print(f"{name}, in one language of the model:", told("called mixed", mixed, len(known)))


def _field(identifier: Identifier, texts: list[str], name: str) -> pl.Series:
    return identifier.judge(pl.Series(texts))["language"].struct.field(name)


def _pages(folder: Path, identifier: Identifier) -> None:
    pages = rows(folder / "code-switch" / "partly_translated.jsonl")
    language = identifier.judge(pl.Series([page["text"] for page in pages]))["language"]
    found = language.struct.field("mixed").to_numpy()
    gold = np.array([page["class"] == "mixed" for page in pages])
    print(f"{len(pages)} half translated pages:", told("precision", *_hits(found, gold)))
    print(f"{len(pages)} half translated pages:", told("recall", *_hits(gold, found)))
    english = language.struct.field("segments").list.eval(
        pl.element().struct.field("share").filter(pl.element().struct.field("tag") == "eng_Latn")
    )
    error = english.list.sum().to_numpy() - np.array([page["english_share"] for page in pages])
    print(f"share of English off by {np.abs(error).mean():.3f} on average")


def _sentences(folder: Path, identifier: Identifier) -> None:
    sentences = rows(folder / "code-switch" / "token_level.jsonl")
    found = _field(identifier, [row["text"] for row in sentences], "mixed").to_numpy()
    gold = np.array([row["mixed"] for row in sentences])
    print(f"{len(sentences)} single sentences:", told("recall", *_hits(gold, found)))
    switched = [row for row in sentences if row["mixed"]]
    sources = sorted({row["source"] for row in switched})
    texts = [
        "\n".join(row["text"] for row in of_source[at : at + _SENTENCES])
        for source in sources
        for of_source in [[row for row in switched if row["source"] == source]]
        for at in range(0, len(of_source) - _SENTENCES + 1, _SENTENCES)
    ]
    mixed = int(_field(identifier, texts, "mixed").sum())
    print(f"pages of {_SENTENCES} mixed sentences:", told("recall", mixed, len(texts)))


def _hits(of: np.ndarray, that_are: np.ndarray) -> tuple[int, int]:
    return int((of & that_are).sum()), int(of.sum())


def _in_one_language(folder: Path) -> dict[str, list[tuple[str, str]]]:
    news = rows(folder / "lid-eval" / "ntrex.jsonl")
    return {
        "stories, laws, declarations": [
            (row["text"], known["gold_lang"])
            for row, known in demo(folder)
            if known["kind"] in _ONE_LANGUAGE
        ],
        "news, ten sentences in lines": joined(news, "variant", 10, "\n"),
        "news, three sentences in one line": joined(news, "variant", 3, " "),
    }


if __name__ == "__main__":
    main()
