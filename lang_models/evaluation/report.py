"""The whole evaluation of a model on labelled text, as plain values for JSON."""

from collections.abc import Sequence
from typing import Any

from lang_models.evaluation.calls import Calls, means
from lang_models.evaluation.counts import Counts, Draws, confusions, count, draw
from lang_models.evaluation.intervals import percentile, wilson
from lang_models.evaluation.scores import costs, reliability, rounded, told
from lang_models.names import full_names

#: More pairs than this are noise to a reader; the counts by language hold them all.
MOST_CONFUSIONS = 200
_UNKNOWN = "und"


def report(calls: Calls, known: frozenset[str]) -> dict[str, Any]:
    """Rates with their 95 % intervals, confusions, costs of thresholds, reliability.

    Args:
        calls: of all rows.
        known: the tags that the model can give; others cannot be called rightly.

    Returns:
        `overall`; `languages`, one entry a language that is gold or was called, by tag;
        `confusions`; `costs` over all rows; `reliability`. An empty set: zeros and nulls.
    """
    counts, draws = count(calls), draw(calls)
    return {
        "overall": _overall(calls, counts, draws, known),
        "languages": [
            _language(calls, counts, draws, number, known) for number in range(len(calls.tags))
        ],
        "confusions": [
            {
                "gold": calls.tags[pair.gold],
                "called": calls.tags[pair.called],
                "rows": pair.rows,
                "share_of_gold": rounded(pair.rows / int(counts.gold[pair.gold])),
            }
            for pair in confusions(calls)[:MOST_CONFUSIONS]
        ],
        "costs": [cost._asdict() for cost in costs(calls.score, calls.is_right)],
        "reliability": reliability(calls),
    }


def _overall(calls: Calls, counts: Counts, draws: Draws, known: frozenset[str]) -> dict[str, Any]:
    rows = len(calls.gold)
    counted = list(zip(calls.tags, *counts, strict=True))
    gold = [tag for tag, of_gold, _, _ in counted if of_gold]
    return {
        "rows": rows,
        "languages": len(gold),
        "languages_not_in_model": [tag for tag in gold if tag not in known],
        "languages_never_right": [
            tag for tag, of_gold, _, right in counted if of_gold and not right
        ],
        "macro_f1": told(percentile(counts.macro_f1(), draws.macro_f1)),
        "accuracy": told(wilson(int(calls.is_right.sum()), rows)),
        "undetermined_rows": sum(
            int(called) for tag, _, called, _ in counted if tag.startswith(_UNKNOWN)
        ),
    }


def _language(
    calls: Calls, counts: Counts, draws: Draws, number: int, known: frozenset[str]
) -> dict[str, Any]:
    tag = calls.tags[number]
    gold, called = int(counts.gold[number]), int(counts.called[number])
    right = int(counts.right[number])
    f1 = counts.f1()[number] if gold else None
    of_call = calls.called == number
    score, is_right = calls.score[of_call], calls.is_right[of_call]
    return {
        "tag": tag,
        "name": tag if tag.startswith(_UNKNOWN) else full_names(tag)[0],
        "is_in_model": tag in known,
        "gold": gold,
        "called": called,
        "right": right,
        "precision": told(wilson(right, called)),
        "recall": told(wilson(right, gold)),
        "f1": told(percentile(f1, draws.f1[:, number])),
        "false_positive_rate": told(wilson(called - right, len(calls.gold) - gold)),
        "costs": [list(cost[1:]) for cost in costs(score, is_right)],
    }


def known_tags(tags: Sequence[str], gold: Sequence[str]) -> frozenset[str]:
    """The gold tags that a model can give, by language and script.

    Args:
        tags: of the model.
        gold: tags of the data.
    """
    return frozenset(tag for tag in gold if any(means(own, tag, fold_macro=False) for own in tags))
