"""An evaluation of a language model as one HTML page that needs nothing else. It holds no text."""

from typing import Any

from governance.report.render import render_alone
from governance.tongues import tongue

_MOST_CONFUSIONS = 60
_UNKNOWN = "und"


def language_page(evaluation: dict[str, Any]) -> str:
    """The page of what `endonym lid eval` measured.

    Args:
        evaluation: as the command writes it with --json.
    """
    return render_alone("language_model.html", {"fact": facts(evaluation)})


def facts(evaluation: dict[str, Any]) -> dict[str, Any]:
    """What the page shows: the evaluation, with names, and points for its diagrams."""
    languages = [{**entry, "name": _name(entry["tag"])} for entry in evaluation["languages"]]
    bins = evaluation["reliability"]["bins"]
    return {
        **evaluation,
        "languages": sorted(languages, key=lambda it: (-it["gold"], it["tag"])),
        "confusions": [
            {**pair, "gold_name": _name(pair["gold"]), "called_name": _name(pair["called"])}
            for pair in evaluation["confusions"][:_MOST_CONFUSIONS]
        ],
        "points": [(it["mean_score"], it["right_share"]["value"]) for it in bins if it["rows"]],
        "costs": [{**cost, **_rates(cost)} for cost in evaluation["costs"]],
    }


def _rates(cost: dict[str, Any]) -> dict[str, float | None]:
    believed = cost["kept"] + cost["false"]
    return {
        "precision": cost["kept"] / believed if believed else None,
        "kept_share": cost["kept"] / max(cost["kept"] + cost["lost"], 1),
    }


def _name(tag: str) -> str:
    return "not told" if tag.startswith(_UNKNOWN) else tongue(tag).name
