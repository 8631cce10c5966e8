"""Where no language can be told: what the limits of `undetermined` find, and what they cost.

usage: python -m tests.benchmarks.language_doubts FOLDER [--model FILE] [--labels SCHEME]

What should be in doubt is made here (numbers, keys, names, typing at random, lists of the words
of the Declaration) or lies in this Python (excerpts from its programs); what should be believed
are the development sets.
"""

import base64
import itertools
import random
import re
import string
import sysconfig
from pathlib import Path

import numpy as np
import polars as pl

from lang_models.cards import Aim
from lang_models.certainty import certain
from lang_models.identify import Identifier
from lang_models.scripts import count
from lang_models.signs import NAMES
from lang_models.undetermined import REASONS
from lang_models.windows import cut
from tests.benchmarks.language_sets import arguments, demo, is_right, joined, knower, rows, told

_FILES = 600
_GIVEN = [
    "Asha",
    "Juma",
    "Lena",
    "Tomas",
    "Ivo",
    "Marta",
    "Koji",
    "Ngozi",
    "Emeka",
    "Leila",
    "Anil",
    "Olga",
    "Sven",
    "Paolo",
    "Kofi",
]
_FAMILY = [
    "Otieno",
    "Novak",
    "Okafor",
    "Mensah",
    "Tanaka",
    "Wang",
    "Singh",
    "Ivanov",
    "Larsson",
    "Rossi",
    "Lopez",
    "Yilmaz",
]
_KEYS = ("qwertyuiop", "asdfghjkl")
_LETTERS = ((1, 6), (6, 9), (9, 12), (12, 16), (16, 22), (22, 30), (30, 60))
_SCORES = (0.0, 0.2, 0.25, 0.3, 0.4, 0.6, 0.8, 1.01)


def main() -> None:
    """Prints for every kind of text how often each reason applies, and what it is measured by."""
    folder, identifier = arguments(__doc__)
    sound = _sound(folder, identifier)
    for title, kinds in (("in doubt", _in_doubt(folder)), ("sound", sound)):
        for name, texts in kinds.items():
            _tell(f"{title}: {name}", texts, identifier)
    _short_texts(folder, identifier)
    _scores(folder, identifier)
    _believed(folder, identifier)


def _in_doubt(folder: Path) -> dict[str, list[str]]:
    draw = random.Random(5)
    words = _word_lists(folder, draw)
    return {
        "programs": _programs(draw),
        "number tables": ["\n".join("\t".join(str(draw.randrange(10**6)) for _ in range(5))
                                    for _ in range(20)) for _ in range(60)],
        "number tables with a word a line": [
            "\n".join(f"{draw.choice(['Total', 'Year', 'kg', 'Item'])}\t{draw.randrange(10**6)}"
                      f"\t{draw.randrange(10**6)}" for _ in range(20)) for _ in range(60)
        ],
        "base64": [base64.b64encode(draw.randbytes(draw.randint(60, 1500))).decode()
                   for _ in range(60)],
        "keys at random": [_words(draw, _KEYS[0] + _KEYS[1]) for _ in range(120)],
        "letters at random": [_words(draw, string.ascii_lowercase) for _ in range(60)],
        "names, one a line": ["\n".join(_names(draw)) for _ in range(80)],
        "names with commas": [", ".join(_names(draw)) for _ in range(80)],
        "words, one a line": ["\n".join(several) for several in words],
        "words with commas": [", ".join(several) for several in words],
    }  # fmt: skip


def _words(draw: random.Random, letters: str) -> str:
    return " ".join(
        "".join(draw.choices(letters, k=draw.randint(2, 9))) for _ in range(draw.randint(8, 60))
    )


def _names(draw: random.Random) -> list[str]:
    return [f"{draw.choice(_GIVEN)} {draw.choice(_FAMILY)}" for _ in range(draw.randint(8, 60))]


def _word_lists(folder: Path, draw: random.Random) -> list[list[str]]:
    words: dict[str, set[str]] = {}
    for row in rows(folder / "shippable" / "lid_udhr.jsonl"):
        found = words.setdefault(row["lang"], set())
        found |= set(re.findall(r"[^\W\d_]{3,}", row["text"]))
    return [draw.sample(sorted(found), 40) for found in words.values() if len(found) >= 40]


def _programs(draw: random.Random) -> list[str]:
    folder = Path(sysconfig.get_path("stdlib"))
    files = sorted([*folder.rglob("*.py"), *folder.rglob("*.js"), *folder.rglob("*.css"),
                    *folder.rglob("*.h"), *folder.rglob("*.c")])  # fmt: skip
    excerpts = []
    for path in draw.sample(files, min(_FILES, len(files))):
        text = path.read_text(encoding="utf-8", errors="ignore")
        start = text.find("\n", draw.randrange(max(1, len(text) - 3000))) + 1
        excerpts.append(text[start : start + draw.choice([300, 800, 2500])])
    return [text for text in excerpts if len(text) >= 200]


def _sound(folder: Path, identifier: Identifier) -> dict[str, list[str]]:
    """Texts by kind; of the news only the languages that the model knows."""
    kinds: dict[str, list[str]] = {}
    for row, known in demo(folder):
        if known["kind"] in {"story", "law", "manual", "udhr"} and row["text"]:
            kinds.setdefault(known["kind"], []).append(row["text"])
    knows = knower(identifier)
    news = joined(rows(folder / "lid-eval" / "ntrex.jsonl"), "variant", 10, "\n")
    kinds["news"] = [text for text, gold in news if knows(gold)]
    return kinds


def _tell(name: str, texts: list[str], identifier: Identifier) -> None:
    language = identifier.judge(pl.Series(texts))["language"].struct
    reasons = dict(language.field("undetermined").drop_nulls().value_counts().iter_rows())
    found = ", ".join(f"{one.name} {reasons[one.name]}" for one in REASONS if one.name in reasons)
    print(f"{name}, {len(texts)} texts:", told("und", sum(reasons.values()), len(texts)), found)
    signs = dict(zip(NAMES, cut(pl.Series(texts)).signs.T.astype(float), strict=True))
    letters, runs = np.maximum(signs["letters"], 1), np.maximum(signs["runs"], 1)
    measures = {
        "digits": signs["digits"] / np.maximum(signs["digits"] + signs["letters"], 1),
        "code": signs["code"] / letters,
        "words a run": (signs["words"] / runs)[signs["runs"] >= 8],
        "raw score": language.field("raw_score").to_numpy(),
    }
    for measure, values in measures.items():
        if len(values):
            shown = np.quantile(values, [0.005, 0.05, 0.5, 0.95, 0.995]).round(2).tolist()
            print(f"    {measure}: {shown}")


def _short_texts(folder: Path, identifier: Identifier) -> None:
    """How often the best guess is right, by the letters of the text."""
    knows, draw = knower(identifier), random.Random(1)
    texts, gold = [], []
    for name in ("lingua", "ntrex", "udhr"):
        for row in rows(folder / "lid-eval" / f"{name}.jsonl"):
            words = row["text"].split(" ")
            if row.get("lang") and knows(row["lang"]):
                start = draw.randrange(len(words))
                texts.append(" ".join(words[start : start + draw.randint(1, 6)]))
                gold.append(row["lang"])
    column = pl.Series(texts)
    tag = identifier.identify(column).struct.field("tag")
    right = np.array([is_right(*pair) for pair in zip(gold, tag, strict=True)])
    counts = count(column)
    content, latin = counts.content(), tag.str.ends_with("_Latn").to_numpy()
    for low, high in _LETTERS:
        for script, chosen in (("Latin", latin), ("other", ~latin)):
            among = chosen & (content >= low) & (content < high)
            shown = told("right", int(right[among].sum()), int(among.sum()))
            print(f"{low} to {high - 1} letters, {script}: {shown}")


def _scores(folder: Path, identifier: Identifier) -> None:
    """How often the best guess is right, by the model's score, in whatever language."""
    sentences = rows(folder / "lid-eval" / "ntrex.jsonl") + rows(folder / "lid-eval" / "udhr.jsonl")
    named = [row for row in sentences if row.get("lang")]
    language = identifier.identify(pl.Series([row["text"] for row in named])).struct
    pairs = zip((row["lang"] for row in named), language.field("tag"), strict=True)
    right = np.array([is_right(*pair) for pair in pairs])
    score = language.field("score").to_numpy()
    for low, high in itertools.pairwise(_SCORES):
        among = (score >= low) & (score < high)
        shown = told("right", int(right[among].sum()), int(among.sum()))
        print(f"score {low} to {min(high, 1)}: {shown}")


def _believed(folder: Path, identifier: Identifier) -> None:
    """How many calls of manuals are believed at a precision of 0.9, right ones and wrong ones."""
    manuals = [
        (row["text"], known["gold_lang"] or "und")
        for row, known in demo(folder)
        if row["text"] and known["kind"] == "manual"
    ]
    texts = pl.Series([text for text, _ in manuals])
    guess = identifier.identify(texts).struct.field("tag")
    sure = certain(texts, identifier, Aim("precision", 0.9)).struct.field("undetermined").is_null()
    pairs = zip(manuals, guess, strict=True)
    right = pl.Series([is_right(gold, tag) for (_, gold), tag in pairs])
    for name, chosen in (("right", right), ("wrong", ~right)):
        shown = told("believed", int((sure & chosen).sum()), int(chosen.sum()))
        print(f"manuals whose call is {name}: {shown}")


if __name__ == "__main__":
    main()
