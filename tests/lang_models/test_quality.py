"""Quality rules: golden cases, many scripts, the registry, and the page that describes it."""

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang_models import quality
from lang_models.certainty import SCORE_LIMIT
from lang_models.profile import load
from lang_models.quality import FAMILIES, RULES, UNITS, _screen
from lang_models.tokens import tokenise
from schemas.measures import MEASURES

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "quality"
BY_NAME = {rule.name: rule for rule in RULES}


def read(name: str) -> list[dict]:
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def family_name(family) -> str:
    return family.__name__.rpartition(".")[2]


GOLDEN = [
    pytest.param(case, id=f"{family_name(family)}: {case['label']}")
    for family in FAMILIES
    for case in read(family_name(family))
]
SCRIPTS = read("udhr_scripts")


def measured(texts: list[str | None], tags: list[str | None]) -> pl.DataFrame:
    text = pl.Series(texts, dtype=pl.String)
    return quality.measure(text, tokenise(text), pl.Series(tags, dtype=pl.String))


def breaks(rule, measures: pl.DataFrame, tag: str, limit: float | None) -> bool:
    if limit is None:
        found = _screen.screen((rule,), measures, pl.Series([tag]))["rule"][0]
        return found is not None
    value = measures[rule.measure][0]
    return value > limit if rule.side == "max" else value < limit


@pytest.mark.parametrize("case", GOLDEN)
def test_a_case_breaks_the_rules_that_it_is_for_and_passes_the_others(case):
    text = case["text"]
    if not isinstance(text, str):
        text = "".join(piece * times for piece, times in text)
    measures = measured([text], [case["tag"]])
    for name in case["breaks"]:
        assert breaks(BY_NAME[name], measures, case["tag"], case.get("limit")), name
    for name in case["passes"]:
        assert not breaks(BY_NAME[name], measures, case["tag"], case.get("limit")), name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_cases_on_both_sides_of_its_limit(rule):
    cases = [param.values[0] for param in GOLDEN]
    assert any(rule.name in case["breaks"] for case in cases)
    assert any(rule.name in case["passes"] for case in cases)


def test_cases_are_in_many_scripts():
    assert len({param.values[0]["tag"][4:] for param in GOLDEN}) >= 15


def test_the_declaration_passes_every_rule_in_every_script():
    tags = [case["label"] for case in SCRIPTS]
    assert len({tag[4:] for tag in tags}) >= 40
    measures = measured([case["text"] for case in SCRIPTS], tags)
    verdicts = quality.screen(measures, pl.Series(tags))
    removed = verdicts.with_columns(tag=pl.Series(tags)).drop_nulls("rule")
    assert removed.rows() == []


def test_the_declaration_passes_even_where_the_language_is_not_known():
    texts = [case["text"] for case in SCRIPTS]
    nobody = pl.Series([None] * len(texts), dtype=pl.String)
    verdicts = quality.screen(measured(texts, [None] * len(texts)), nobody)
    assert verdicts["rule"].drop_nulls().to_list() == []


@given(st.integers(0, len(SCRIPTS) - 1), st.integers(0, len(SCRIPTS) - 1))
def test_a_document_is_judged_alike_alone_and_in_a_batch(one, other):
    pair = [SCRIPTS[one], SCRIPTS[other]]
    texts, tags = [case["text"] for case in pair], [case["label"] for case in pair]
    together = measured(texts, tags)
    for place in (0, 1):
        alone = measured(texts[place : place + 1], tags[place : place + 1])
        assert alone.equals(together[place])


@given(st.lists(st.none() | st.text(), max_size=5))
def test_measures_of_any_text_are_finite_and_shares_lie_between_0_and_1(texts):
    measures = measured(texts, ["und_Zyyy"] * len(texts))
    assert measures.schema == dict.fromkeys(UNITS, pl.Float32)
    for name in UNITS:
        column = measures[name]
        assert (column.drop_nulls().is_finite()).all()
        if name.endswith("_share"):
            assert column.drop_nulls().is_between(0, 1).all(), name
    assert measures["length_words"].is_null().to_list() == [text is None for text in texts]
    tags = pl.Series(["und_Zyyy"] * len(texts), dtype=pl.String)
    assert quality.screen(measures, tags).columns == ["rule", "measure", "limit"]


def test_no_documents_give_no_verdicts():
    measures = measured([], [])
    assert quality.screen(measures, pl.Series([], dtype=pl.String)).shape == (0, 3)


def test_the_verdict_names_the_first_rule_its_measure_and_its_limit():
    measures = measured(["Haki", None], ["swh_Latn", "swh_Latn"])
    verdicts = quality.screen(measures, pl.Series(["swh_Latn", "swh_Latn"]))
    assert verdicts.rows() == [("too-few-words", 1.0, 10.0), (None, None, None)]


def test_a_document_exactly_at_the_limit_passes():
    rule = BY_NAME["duplicate-line"]
    frame = pl.DataFrame(
        {"duplicate_line_share": [0.3, 0.31], "length_lines": [10.0, 10.0]},
        schema={"duplicate_line_share": pl.Float32, "length_lines": pl.Float32},
    )
    found = _screen.screen((rule,), frame, pl.Series(["swh_Latn", "swh_Latn"]))["rule"]
    assert found.to_list() == [None, "duplicate-line"]


def test_the_limits_are_those_of_each_language():
    text = "a b c d e f g h i j"
    tags = ["eng_Latn", "tha_Thai", None]
    verdicts = quality.screen(measured([text] * 3, tags), pl.Series(tags))
    assert verdicts["rule"].to_list() == ["short-words", "too-few-words", "short-words"]
    english = load("eng_Latn").limits["mean_word_chars_min"].value
    assert 1.5 < english < 4
    assert verdicts["limit"].to_list() == pytest.approx([english, 20.0, 1.5])


def test_every_module_of_rules_is_in_the_registry():
    folder = ROOT / "lang_models" / "quality"
    modules = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    assert modules == {family_name(family) for family in FAMILIES}


def test_rules_have_names_of_their_own_and_look_at_measures_in_their_unit():
    assert len(BY_NAME) == len(RULES)
    limits = load(None).limits
    assert {rule.limit for rule in RULES} | {SCORE_LIMIT} == set(limits)
    for rule in RULES:
        assert rule.unit == UNITS[rule.measure], rule.name
        assert rule.applies[0] in UNITS, rule.name
        assert rule.side == limits[rule.limit].side, rule.name


def test_the_schema_of_the_corpus_names_the_measures_in_the_same_order():
    assert tuple(UNITS) == MEASURES


def cell(limit) -> str:
    return "off" if limit.value is None else f"{limit.side} {limit.value:,.10g}"


def rows_of_rules() -> list[str]:
    common, characters = load(None).limits, load("und_Thai").limits
    rows = []
    for rule in RULES:
        column, least = rule.applies
        other = characters[rule.limit]
        cells = (
            f"`{rule.name}`",
            f"`{rule.measure}`",
            rule.unit,
            cell(common[rule.limit]),
            "same" if other == common[rule.limit] else cell(other),
            f"{least:g} {UNITS[column]}" if least else "all",
            rule.about,
            rule.source,
        )
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def rows_of_limits() -> list[str]:
    common, characters = load(None).limits, load("und_Thai").limits
    rows = [f"| `{key}` | {cell(limit)} | {limit.source} |" for key, limit in common.items()]
    rows += [
        f"| `{key}`, without spaces | {cell(limit)} | {limit.source} |"
        for key, limit in characters.items()
        if limit != common[key]
    ]
    return rows


def rows_of_measures() -> list[str]:
    return [f"| `{name}` | {unit} |" for name, unit in UNITS.items()]


@pytest.mark.parametrize("rows", [rows_of_rules, rows_of_limits, rows_of_measures])
def test_the_page_of_rules_is_in_step_with_the_registry(rows):
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").split("\n")
    expected = rows()
    assert [row for row in expected if row not in page] == []
    assert [page.index(row) for row in expected] == sorted(page.index(row) for row in expected)
