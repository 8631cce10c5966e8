"""A model's card as a page of Markdown, for people.

Source: the headings follow Mitchell et al. 2019, Model Cards for Model Reporting,
arXiv:1810.03993.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from lang_models.evaluation.intervals import shown
from lang_models.names import full_names

_MOST_CONFUSIONS = 40
_MEANT_FOR = (
    "Meant for telling the language of documents and of their segments in a corpus. Not meant"
    " for proving where a person comes from, nor for texts of one or two words. A language that"
    " it does not know gets the tag of one that it does, mostly with a low score; so scores count"
    " only with the calibration and the thresholds that stand in the card's JSON."
)
_HELD_OUT = (
    "With 95 % intervals. The held-out lines come from the same sources as the training text, so"
    " text of other kinds will be told less well."
)
_BY_LANGUAGE = (
    "On held-out lines, and on all evaluation sets together. Lines: different ones in the training"
    " text; shown: with copies of small languages. A language with few lines may have none held"
    " out."
)


def readable(card: dict[str, Any]) -> str:
    """The Markdown of a card.

    Args:
        card: as `lang_models.training.card` makes it.
    """
    parts = [
        _head(card),
        _data(card),
        _recipe(card),
        _worth(card),
        _confusions(card),
        _reliability(card),
        _languages(card),
    ]
    return "\n\n".join(parts) + "\n"


def _head(card: dict[str, Any]) -> str:
    base = card["base"]
    made = f"Languages added to `{base['file']}`" if base else "Trained"
    tags = len(card["labels"])
    facts = [
        f"- file: `{card['file']}`, {card['bytes']:,} bytes",
        f"- sha256: `{card['sha256']}`",
        "- made with: " + ", ".join(f"{name} {it}" for name, it in card["made_with"].items()),
    ]
    if base:
        facts.append(f"- base: `{base['file']}`, sha256 `{base['sha256']}`")
        facts.append(f"- added: {', '.join(base['added'])}")
    told = f"{made} with `endonym lid train` on {card['date']}. Tells {tags} tags of language and"
    told += " script apart."
    return "\n".join([f"# Language model {card['file']}", "", told, "", *facts, "", _MEANT_FOR])


def _data(card: dict[str, Any]) -> str:
    rows = [
        (it["source"], it["title"], f"{it['lines']:,}", it["licence"], it["origin"])
        for it in card["sources"]
    ]
    left = [f"- {reason}: {count:,} lines" for reason, count in card["left_out"].items() if count]
    small = card["languages_left_out"]
    if small:
        left.append(
            f"- too few lines: {len(small)} languages ("
            + ", ".join(f"{tag} {count}" for tag, count in small.items())
            + ")"
        )
    told = ["", "Left out:", "", *left] if left else []
    head = ("source", "what", "lines", "licence", "origin")
    return "\n".join(["## Training data", "", *_table(head, rows), *told])


def _recipe(card: dict[str, Any]) -> str:
    rows = [(f"`{name}`", _cell(value)) for name, value in card["recipe"].items()]
    return "\n".join(["## Recipe", "", *_table(("setting", "value"), rows)])


def _worth(card: dict[str, Any]) -> str:
    reports = {"held-out lines": card["held_out"]["overall"], **card["sets"]}
    rows = [
        (
            name,
            f"{it['rows']:,}",
            f"{it['languages']:,}",
            shown(it["macro_f1"]),
            shown(it["accuracy"]),
            f"{len(it['languages_not_in_model']):,}",
            ", ".join(it.get("same_collection", ["all"])),
        )
        for name, it in reports.items()
    ]
    head = (
        "text", "rows", "languages", "macro-F1", "accuracy", "languages it does not know",
        "training sources of the same collection",
    )  # fmt: skip
    return "\n".join(
        [
            "## What it is worth",
            "",
            _HELD_OUT,
            "",
            *_table(head, rows),
        ]
    )


def _confusions(card: dict[str, Any]) -> str:
    rows = [
        (_named(it["gold"]), _named(it["called"]), it["rows"], f"{it['share_of_gold']:.3f}")
        for it in card["held_out"]["confusions"][:_MOST_CONFUSIONS]
    ]
    head = ("is", "was called", "rows", "share of the language's rows")
    return "\n".join(["## Known confusions", "", *_table(head, rows)])


def _reliability(card: dict[str, Any]) -> str:
    curve = card["held_out"]["reliability"]
    rows = [
        (
            f"{it['from']:.1f} to {it['to']:.1f}",
            f"{it['rows']:,}",
            _cell(it["mean_score"]),
            shown(it["right_share"]),
        )
        for it in curve["bins"]
    ]
    told = (
        "Calibrated scores of held-out lines, by curves learnt on other held-out lines, and how"
        " often the call was right. Expected calibration error:"
        f" {curve['expected_calibration_error']:.4f}."
    )
    table = _table(("score", "calls", "mean score", "share right"), rows)
    return "\n".join(["## What a score means", "", told, "", *table])


def _languages(card: dict[str, Any]) -> str:
    measured = {it["tag"]: it for it in card["held_out"]["languages"]}
    lines = card["lines"]
    rows = [
        (
            tag,
            full_names(tag)[0],
            *_counts(lines.get(tag)),
            *_rates(measured.get(tag)),
            *_on_sets(card["sets"], tag),
        )
        for tag in sorted({*lines, *(tag for tag in measured if not tag.startswith("und"))})
    ]
    head = (
        "tag", "name", "lines", "shown", "held out", "precision", "recall", "F1",
        "false positives per 10,000", "rows of sets", "F1 on sets",
    )  # fmt: skip
    return "\n".join(
        [
            "## By language",
            "",
            _BY_LANGUAGE,
            "",
            *_table(head, rows),
        ]
    )


def _counts(lines: dict[str, int] | None) -> tuple[str, str]:
    return (f"{lines['different']:,}", f"{lines['shown']:,}") if lines else ("", "")


def _rates(entry: dict[str, Any] | None) -> Sequence[str]:
    if entry is None:
        return ("0", "", "", "", "")
    rates = [shown(entry[name]) for name in ("precision", "recall", "f1")]
    false = entry["false_positive_rate"]["value"]
    return (f"{entry['gold']:,}", *rates, "" if false is None else f"{false * 10_000:.1f}")


def _on_sets(sets: dict[str, Any], tag: str) -> tuple[str, str]:
    """How many rows of the sets are in a language, and the F1 of its calls there."""
    counts = [
        it["languages_counted"][tag] for it in sets.values() if tag in it["languages_counted"]
    ]
    gold, called, right = (sum(it[key] for it in counts) for key in ("gold", "called", "right"))
    return (f"{gold:,}", f"{2 * right / (gold + called):.3f}") if gold else ("", "")


def _named(tag: str) -> str:
    return tag if tag.startswith("und") else f"{full_names(tag)[0]} `{tag}`"


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    return lines + [f"| {' | '.join(map(_cell, row))} |" for row in rows]


def _cell(value: Any) -> str:  # noqa: ANN401  # whatever stands in a card
    text = "" if value is None else str(value)
    return text.replace("|", "\\|").replace("\n", " ")
