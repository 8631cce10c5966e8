import base64
import hashlib
import json
import re
import shutil
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from governance.manifest import write_manifest
from governance.report import make_report, pages, write_report
from governance.report.pages import PAGES
from governance.validate import RESULTS, validate
from schemas import decisions
from schemas.decision import REMOVED
from schemas.errors import InputError
from tests.documents import decision, default_rows, row
from tests.releases import make_release
from tests.reports import Page, as_it_is, crowd, nothing, text_of, write

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
        assert f">{page.title}</h1>" in html


def test_no_page_needs_anything_from_anywhere(made):
    files = {page.file for page in PAGES}
    for html in made.pages.values():
        page = Page(html)
        names = {name for name, _ in page.tags}
        assert not names & {"link", "img", "iframe", "object", "embed", "base"}
        assert all(set(link["href"].split("#")) <= {*files, ""} or link["href"][0] == "#" or
                   link["href"].split("#")[0] in files for link in page.of("a"))  # fmt: skip
        assert not [script for script in page.of("script") if "src" in script]
        assert not re.search(
            r"url\(|@import|@font-face| src=|https?://(?!example\.org)", _bare(html)
        )


def _bare(html):
    """The page without its scripts, which name SVG's namespace."""
    return re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)


def test_the_policy_names_exactly_the_style_and_the_script_of_the_page(made):
    for html in made.pages.values():
        (policy,) = [meta["content"] for meta in Page(html).of("meta") if "http-equiv" in meta]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        for kind in ("style", "script"):
            (inline,) = re.findall(rf"<{kind}>(.*?)</{kind}>", html, flags=re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy
        assert " style=" not in _bare(html)


def test_no_attribute_can_run_anything(written):
    html, _ = written
    assert not [name for _, attrs in Page(html).tags for name in attrs if name.startswith("on")]


def test_the_same_release_gives_the_same_bytes_and_names_their_digest(made, reported):
    again = make_report(reported, scrub=as_it_is)
    assert (again.pages, again.twin) == (made.pages, made.twin)
    digest = hashlib.sha256(made.twin).hexdigest()
    for html in made.pages.values():
        told = {meta.get("name"): meta.get("content") for meta in Page(html).of("meta")}
        assert told["endonym-report"] == digest
        assert told["endonym-release"] == "demo 2026.11.0"


def test_all_links_of_the_pages_lead_somewhere(made):
    ids = {
        name: {attrs["id"] for _, attrs in Page(html).tags if "id" in attrs} | {""}
        for name, html in made.pages.items()
    }
    for name, html in made.pages.items():
        for link in Page(html).of("a"):
            file, _, anchor = link["href"].partition("#")
            assert anchor in ids[file or name], link["href"]


def test_every_chart_has_words_and_its_table_and_every_table_headers(written):
    html, _ = written
    page = Page(html)
    drawn = page.of("svg")
    assert len(drawn) > 40
    assert all(one.get("aria-label") or one.get("aria-hidden") for one in drawn)
    assert html.count("<figure>") == html.count("</details>\n</figure>")
    assert all("scope" in cell for cell in page.of("th"))


def test_every_number_on_a_page_has_a_name_that_the_twin_explains(made):
    twin = json.loads(made.twin)["metrics"]
    named = 0
    for html in made.pages.values():
        for _, attrs in Page(html).tags:
            if "data-metric" not in attrs:
                continue
            name, _, row_key = attrs["data-metric"].partition(":")
            metric = twin[name]
            assert metric["unit"]
            assert metric["means"]
            assert "value" in metric or row_key in metric["values"]
            named += 1
    assert named > 1000


def test_a_cell_of_a_number_never_holds_a_bare_one(made):
    bare = r'<td class="num[^"]*">\s*(?!<span data-metric)[^<\s]'
    assert not [name for name, html in made.pages.items() if re.search(bare, html)]


def test_one_file_holds_all_pages_and_its_links_stay_inside(reported):
    made = make_report(reported, scrub=as_it_is, is_single=True)
    (html,) = made.pages.values()
    ids = [attrs["id"] for _, attrs in Page(html).tags if "id" in attrs]
    assert {page.id for page in PAGES} <= set(ids)
    assert len(set(ids)) == len(ids)
    assert {link["href"][1:] for link in Page(html).of("a")} <= set(ids)


def test_a_report_takes_the_place_of_an_earlier_one_and_leaves_other_files(tmp_path):
    release = make_release(tmp_path / "1.0", [row(1)])
    write_report(release, scrub=as_it_is)
    (release / "report" / "steward_report.public.html").write_text("public")
    assert {page.file for page in PAGES} <= {path.name for path in (release / "report").iterdir()}
    write_report(release, scrub=as_it_is, is_single=True)
    left = {path.name for path in (release / "report").iterdir()}
    assert left == {"index.html", "review.json", "steward_report.public.html"}


def test_what_can_be_decided_is_marked_for_the_desk(made):
    kinds = {}
    for html in made.pages.values():
        for _, attrs in Page(html).tags:
            if "data-decide-kind" in attrs:
                kinds.setdefault(attrs["data-decide-kind"], set()).add(attrs["data-decide-target"])
    assert {"udhr", "radio", "letters"} <= kinds["source"]
    assert "source:radio" in kinds["licence"]
    assert "screen/short" in kinds["rule"]
    assert "G-REC" in kinds["gate"]
    for kind, targets in kinds.items():
        form, _ = decisions._TARGETS[kind]
        assert all(re.fullmatch(form, target) for target in targets), kind


def test_what_is_no_release_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        write_report(tmp_path, scrub=as_it_is)


def test_it_may_be_released_when_the_validation_passed(written):
    html, facts = written
    assert facts["desk"]["may_be_released"] is True
    assert "May be released." in text_of(html)
    assert "Must not be released" not in text_of(html)


def test_without_a_validation_it_must_not_be_released(reported, tmp_path):
    copy = shutil.copytree(reported, tmp_path / "copy")
    shutil.rmtree(copy / "validation")
    html, facts = write(copy)
    assert facts["desk"]["may_be_released"] is False
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
    assert [reason["gate"] for reason in facts["desk"]["reasons"]] == ["G-LIC-1"]
    assert "It does not hold that every released document has a concluded licence" in text_of(html)
    assert "released under a licence that the policy does not allow: 1 of letters" in text_of(html)


def test_results_that_claim_to_pass_with_a_failed_gate_are_not_believed(reported, tmp_path):
    copy = shutil.copytree(reported, tmp_path / "copy")
    results = json.loads((copy / RESULTS).read_text(encoding="utf-8"))
    results["gates"][0]["passed"] = False
    (copy / RESULTS).write_text(json.dumps(results), encoding="utf-8")
    _, facts = write(copy)
    assert facts["desk"]["may_be_released"] is False


def test_the_first_page_says_that_names_are_not_masked(written):
    html, _ = written
    head = text_of(html[: html.index("<main")])
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
    rules = {one["rule"]: one for one in facts["funnel"]["removals"]["rules"]}
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
    rows = crowd([row(1, "eng_Latn", ATTACK, source=titles, rights={"declared": ATTACK})])
    release = make_release(tmp_path / "1.0", rows, name="demo")
    html, _ = write(release)
    page = Page(html)
    assert "<script>alert" not in html
    assert not page.of("img")
    assert ATTACK in "".join(page.words)


def test_a_release_with_nothing_in_it_has_a_report(tmp_path):
    html, facts = write(make_release(tmp_path / "1.0", []))
    assert facts["glance"]["read"] == 0
    assert "Must not be released." in text_of(html)


def test_a_release_where_all_was_held_back_has_a_report(tmp_path):
    held = decision(REMOVED, "screen", "short", measure=1.0, limit=20.0)
    html, facts = write(make_release(tmp_path / "1.0", [row(1, decision=held)]))
    assert facts["language"]["languages"][0]["released"] == 0
    assert "No document was kept." in text_of(html)


def test_a_tag_that_is_none_is_escaped_and_has_no_fonts_of_its_own(tmp_path):
    odd = row(1, '"><b>x', "Habari", language={"script": "Latn"})
    release = make_release(tmp_path / "1.0", [row(2)])
    from tests.releases import write_parquet

    write_parquet(release / "documents/part-00000.parquet", [odd])
    html, _ = write(release)
    assert "<b>x" not in html
