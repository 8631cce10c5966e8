"""Are pages called by their body when menus in another language stand around it?

usage: python -m tests.benchmarks.language_frames FOLDER [--model FILE] [--labels SCHEME]

The bodies are paragraphs of the Universal Declaration of Human Rights in some 440 languages and
40 scripts (public domain), the menus those of many a page of the web, in English and French.
"""

import random

import polars as pl

from tests.benchmarks.language_sets import arguments, is_right, knower, rows, told
from tests.menus import MENUS, framed

_RATIOS = (0.5, 1, 2, 3)


def main() -> None:
    """Prints how often the language is right, without menus and with more and more of them."""
    folder, identifier = arguments(__doc__)
    knows = knower(identifier)
    paragraphs: dict[tuple[str, str], list[str]] = {}
    for row in rows(folder / "shippable" / "lid_udhr.jsonl"):
        if knows(row["lang"]) and row["lang"] not in {"eng", "fra"}:
            paragraphs.setdefault((row["lang"], row.get("label") or ""), []).append(row["text"])
    gold = [language for language, _ in paragraphs]
    bodies = ["\n".join(texts) for texts in paragraphs.values()]
    _judge(identifier, "no menus", bodies, gold)
    for language, items in MENUS.items():
        for ratio in _RATIOS:
            draw = random.Random(f"{language} {ratio}")
            texts = [framed(body, items, ratio, draw) for body in bodies]
            _judge(identifier, f"{ratio} times as much menu in {language}", texts, gold)


def _judge(identifier, name, texts, gold):
    language = identifier.judge(pl.Series(texts))["language"].struct.unnest()
    guess = language["second"].zip_with(language["undetermined"].is_not_null(), language["tag"])
    right = sum(map(is_right, gold, guess.fill_null("und_Zyyy")))
    scripts = language["script"].n_unique()
    mixed = int(language["mixed"].sum())
    print(f"{name} ({scripts} scripts):", told("right", right, len(gold)), f"mixed {mixed}")


if __name__ == "__main__":
    main()
