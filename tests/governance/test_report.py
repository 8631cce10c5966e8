import json
import re
import shutil
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from governance.manifest import write_manifest
from governance.report import pages, write_report
from governance.report.pages import PAGES
from governance.validate import RESULTS, validate
from schemas.decision import REMOVED
from schemas.errors import InputError
from tests.documents import decision, default_rows, row
from tests.releases import make_release
from tests.reports import Page, as_it_is, nothing, text_of, write

DOCS = Path(__file__).parents[2] / "docs" / "report.md"
ATTACK = '</div></section><script>alert(1)</script><img src=x onerror=alert(2)> &amp; "x" {{ 7*7 }}'


def test_every_module_among_the_pages_is_in_the_tuple():
    modules = [
        import_module(f"{pages.__name__}.{one.name}") for one in iter_modules(pages.__path__)
    ]
    assert {module.PAGE.id for module in modules} == {page.id for page in PAGES}
    assert len(PAGES) == len(modules)


def test_every_page_is_in_the_docs():
    text = DOCS.read_text(encoding="utf-8")
    assert all(page.title in text for page in PAGES)


def test_every_page_has_its_section_its_heading_and_its_numbers(written):
    html, facts = written
    assert set(facts) == {page.id for page in PAGES}
    for page in PAGES:
        assert f'<section id="{page.id}"' in html
        assert page.title in html


def test_the_page_needs_nothing_from_anywhere(written):
    html, _ = written
    page = Page(html)
    names = {name for name, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert all(link["href"].startswith("#") for link in page.of("a"))
    assert not re.search(r"url\(|@import|@font-face|src=|https?://(?!example\.org)", html)
    (policy,) = [meta["content"] for meta in page.of("meta") if "http-equiv" in meta]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_no_attribute_can_run_anything(written):
    html, _ = written
    assert not [name for _, attrs in Page(html).tags for name in attrs if name.startswith("on")]


@pytest.mark.usefixtures("written")
def test_the_same_release_gives_the_same_bytes(reported):
    before = [(reported / "report" / name).read_bytes() for name in ("index.html", "report.json")]
    write(reported)
    after = [(reported / "report" / name).read_bytes() for name in ("index.html", "report.json")]
    assert before == after


def test_all_links_inside_the_page_lead_somewhere(written):
    html, _ = written
    page = Page(html)
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    assert {link["href"][1:] for link in page.of("a")} <= ids


def test_every_chart_has_a_label_and_every_table_headers(written):
    html, _ = written
    page = Page(html)
    assert len(page.of("svg")) > 40
    assert all(svg["aria-label"] and svg["role"] == "img" for svg in page.of("svg"))
    assert all("scope" in cell for cell in page.of("th"))


def test_what_is_no_release_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        write_report(tmp_path, scrub=as_it_is)


def test_it_may_be_released_when_the_validation_passed(written):
    html, facts = written
    assert facts["decision"]["may_be_released"] is True
    assert "May be released." in text_of(html)
    assert "Must not be released" not in text_of(html)


def test_without_a_validation_it_must_not_be_released(reported, tmp_path):
    copy = shutil.copytree(reported, tmp_path / "copy")
    shutil.rmtree(copy / "validation")
    html, facts = write(copy)
    assert facts["decision"]["may_be_released"] is False
    assert "Must not be released." in text_of(html)
    assert "has not been validated" in text_of(html)
    assert "May be released" not in text_of(html)


def test_a_validation_of_other_files_does_not_count(reported, tmp_path):
    copy = shutil.copytree(reported, tmp_path / "copy")
    run = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    (copy / "run.json").write_text(json.dumps(run), encoding="utf-8")
    write_manifest(copy)
    html, _ = write(copy)
    assert "The files have changed since validation" in text_of(html)
    assert "May be released" not in text_of(html)


def test_a_gate_that_failed_is_named_with_its_reason(tmp_path):
    release = make_release(
        tmp_path / "1.0", [row(1), row(2, text="Karibu", rights={"concluded": "CC-BY-NC-4.0"})]
    )
    validate(release, find=nothing)
    html, facts = write(release)
    assert [reason["gate"] for reason in facts["decision"]["reasons"]] == ["G-LIC-1"]
    assert "It does not hold that every released document has a concluded licence" in text_of(html)
    assert "released under a licence that the policy does not allow: 1 of letters" in text_of(html)


def test_results_that_claim_to_pass_with_a_failed_gate_are_not_believed(reported, tmp_path):
    copy = shutil.copytree(reported, tmp_path / "copy")
    results = json.loads((copy / RESULTS).read_text(encoding="utf-8"))
    results["gates"][0]["passed"] = False
    (copy / RESULTS).write_text(json.dumps(results), encoding="utf-8")
    _, facts = write(copy)
    assert facts["decision"]["may_be_released"] is False


def test_the_first_page_says_that_names_are_not_masked(written):
    html, _ = written
    head = text_of(html[: html.index("<main>")])
    assert "Names of persons are not masked." in head
    assert "not anonymous" in head
    assert "not for publication" in head


def test_the_funnel_balances_and_says_so(written):
    html, facts = written
    total = facts["funnel"]["total"]
    assert total["read"] == total["released"] + total["removed"] + total["quarantined"]
    assert total["read"] == len(default_rows())
    assert "The books balance." in text_of(html)


def test_books_that_do_not_balance_are_told_in_the_funnel(reported, tmp_path):
    copy = shutil.copytree(reported, tmp_path / "copy")
    run = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    run["counts"]["read"] += 1
    (copy / "run.json").write_text(json.dumps(run), encoding="utf-8")
    html, facts = write(copy)
    assert facts["funnel"]["imbalances"]
    assert "The books do not balance." in text_of(html)
    assert "The books balance." not in text_of(html)


def test_every_rule_has_its_measure_limit_and_source(written):
    html, facts = written
    rules = {one["rule"]: one for one in facts["removals"]["rules"]}
    assert rules["short"]["documents"] == 30
    assert rules["short"]["limit_min"] == rules["short"]["limit_max"] == 20
    assert rules["short"]["measure_min"] <= rules["short"]["measure_mean"] < 20
    assert rules["licence-unknown"]["measure_min"] is None
    assert "Rae et al. 2021, arXiv:2112.11446, table A1" in text_of(html)


def test_duplicates_are_counted_within_and_between_sources(written):
    _, facts = written
    duplicates = facts["duplicates"]
    assert sum(one["documents"] for one in duplicates["between"]) == 24
    assert sum(duplicates["similarity"]) == 24
    assert sum(duplicates["similarity"][:15]) == 0


def test_a_declared_licence_in_free_words_is_not_repeated(tmp_path):
    declared = {"declared": "Ask Wanjiru, wanjiru@example.org, before you use this"}
    html, facts = write(make_release(tmp_path / "1.0", [row(1, rights=declared)]))
    assert "Wanjiru" not in html
    assert facts["rights"]["licences"][0]["declared"] == "in words of its own"


def test_small_counts_of_personal_data_are_hidden(tmp_path):
    few = [{"type": "PHONE_NUMBER", "count": 7, "treatment": "masked"}]
    rows = [row(number, privacy=few if number < 9 else []) for number in range(60)]
    html, facts = write(make_release(tmp_path / "1.0", rows))
    (phone,) = facts["privacy"]["types"]
    assert phone == {"type": "PHONE_NUMBER", "documents": "<10", "masked": "<10"}
    assert {one["documents"]["PHONE_NUMBER"] for one in facts["privacy"]["sources"]} == {"<10"}
    assert "&lt;10" in html


def test_one_small_count_is_not_given_away_by_its_sum(tmp_path):
    found = [{"type": "IP_ADDRESS", "count": 1, "treatment": "masked"}]
    rows = [row(number, privacy=found if number % 3 or number < 6 else []) for number in range(90)]
    _, facts = write(make_release(tmp_path / "1.0", rows))
    shown = {one["id"]: one["documents"]["IP_ADDRESS"] for one in facts["privacy"]["sources"]}
    assert shown["udhr"] == "<10"
    assert list(shown.values()).count("withheld") == 1
    assert facts["privacy"]["types"][0]["documents"] == 62


def test_markup_in_a_document_is_shown_and_not_obeyed(tmp_path):
    titles = {"title": ATTACK, "uri": ATTACK}
    rows = [row(1, "eng_Latn", ATTACK, source=titles, rights={"declared": ATTACK})]
    release = make_release(tmp_path / "1.0", rows, name="demo")
    html, _ = write(release)
    page = Page(html)
    assert not page.of("script")
    assert not page.of("img")
    assert ATTACK in "".join(page.words)


def test_a_release_with_nothing_in_it_has_a_report(tmp_path):
    html, facts = write(make_release(tmp_path / "1.0", []))
    assert facts["glance"]["read"] == 0
    assert "Must not be released." in text_of(html)


def test_a_release_where_all_was_held_back_has_a_report(tmp_path):
    held = decision(REMOVED, "screen", "short", measure=1.0, limit=20.0)
    html, facts = write(make_release(tmp_path / "1.0", [row(1, decision=held)]))
    assert facts["languages"]["languages"][0]["released"] == 0
    assert "No document was kept." in text_of(html)


def test_a_tag_that_is_none_is_escaped_and_has_no_fonts_of_its_own(tmp_path):
    odd = row(1, '"><b>x', "Habari", language={"script": "Latn"})
    release = make_release(tmp_path / "1.0", [row(2)])
    from tests.releases import write_parquet

    write_parquet(release / "documents/part-00000.parquet", [odd])
    html, _ = write(release)
    assert "<b>x" not in html
