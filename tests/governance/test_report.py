import json
import re
import shutil
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import polars as pl
import pytest

from governance.manifest import write_manifest
from governance.report import pages, write_report
from governance.report.pages import PAGES
from governance.validate import RESULTS, validate
from schemas.decision import QUARANTINED, REMOVED
from schemas.errors import InputError
from tests.releases import decision, default_rows, make_release, row, texts

DOCS = Path(__file__).parents[2] / "docs" / "report.md"
ATTACK = '</div></section><script>alert(1)</script><img src=x onerror=alert(2)> &amp; "x" {{ 7*7 }}'


def _as_it_is(text, _language, _country):
    return pl.DataFrame({"text": text})


def _nothing(_text, _language, _country):
    return pl.DataFrame(schema={"type": pl.String})


def _write(release):
    """The page and the numbers of a report."""
    path = write_report(release, scrub=_as_it_is)
    facts = json.loads((release / "report/report.json").read_text(encoding="utf-8"))
    return path.read_text(encoding="utf-8"), facts


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    made = make_release(tmp_path_factory.mktemp("report") / "1.0")
    validate(made, find=_nothing)
    return made


@pytest.fixture(scope="module")
def written(release):
    return _write(release)


class _Page(HTMLParser):
    """Tags with their attributes, and the visible text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.open = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def of(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def _text(html):
    return re.sub(r"\s+", " ", "".join(_Page(html).words))


# The whole.


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
    page = _Page(html)
    names = {name for name, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert all(link["href"].startswith("#") for link in page.of("a"))
    assert not re.search(r"url\(|@import|@font-face|src=|https?://(?!example\.org)", html)
    (policy,) = [meta["content"] for meta in page.of("meta") if "http-equiv" in meta]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_no_attribute_can_run_anything(written):
    html, _ = written
    assert not [name for _, attrs in _Page(html).tags for name in attrs if name.startswith("on")]


@pytest.mark.usefixtures("written")
def test_the_same_release_gives_the_same_bytes(release):
    before = [(release / "report" / name).read_bytes() for name in ("index.html", "report.json")]
    _write(release)
    after = [(release / "report" / name).read_bytes() for name in ("index.html", "report.json")]
    assert before == after


def test_all_links_inside_the_page_lead_somewhere(written):
    html, _ = written
    page = _Page(html)
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    assert {link["href"][1:] for link in page.of("a")} <= ids


def test_every_chart_has_a_label_and_every_table_headers(written):
    html, _ = written
    page = _Page(html)
    assert len(page.of("svg")) > 40
    assert all(svg["aria-label"] and svg["role"] == "img" for svg in page.of("svg"))
    assert all("scope" in cell for cell in page.of("th"))


def test_what_is_no_release_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        write_report(tmp_path, scrub=_as_it_is)


# The verdict.


def test_it_may_be_released_when_the_validation_passed(written):
    html, facts = written
    assert facts["decision"]["may_be_released"] is True
    assert "May be released." in _text(html)
    assert "Must not be released" not in _text(html)


def test_without_a_validation_it_must_not_be_released(release, tmp_path):
    copy = shutil.copytree(release, tmp_path / "copy")
    shutil.rmtree(copy / "validation")
    html, facts = _write(copy)
    assert facts["decision"]["may_be_released"] is False
    assert "Must not be released." in _text(html)
    assert "has not been validated" in _text(html)
    assert "May be released" not in _text(html)


def test_a_validation_of_other_files_does_not_count(release, tmp_path):
    copy = shutil.copytree(release, tmp_path / "copy")
    run = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    (copy / "run.json").write_text(json.dumps(run), encoding="utf-8")
    write_manifest(copy)
    html, _ = _write(copy)
    assert "The files have changed since validation" in _text(html)
    assert "May be released" not in _text(html)


def test_a_gate_that_failed_is_named_with_its_reason(tmp_path):
    release = make_release(
        tmp_path / "1.0", [row(1), row(2, text="Karibu", rights={"concluded": "CC-BY-NC-4.0"})]
    )
    validate(release, find=_nothing)
    html, facts = _write(release)
    assert [reason["gate"] for reason in facts["decision"]["reasons"]] == ["G-LIC-1"]
    assert "It does not hold that every released document has a concluded licence" in _text(html)
    assert "released under a licence that the policy does not allow: 1 of letters" in _text(html)


def test_results_that_claim_to_pass_with_a_failed_gate_are_not_believed(release, tmp_path):
    copy = shutil.copytree(release, tmp_path / "copy")
    results = json.loads((copy / RESULTS).read_text(encoding="utf-8"))
    results["gates"][0]["passed"] = False
    (copy / RESULTS).write_text(json.dumps(results), encoding="utf-8")
    _, facts = _write(copy)
    assert facts["decision"]["may_be_released"] is False


def test_the_first_page_says_that_names_are_not_masked(written):
    html, _ = written
    head = _text(html[: html.index("<main>")])
    assert "Names of persons are not masked." in head
    assert "not anonymous" in head
    assert "not for publication" in head


# The numbers.


def test_the_funnel_balances_and_says_so(written):
    html, facts = written
    total = facts["funnel"]["total"]
    assert total["read"] == total["released"] + total["removed"] + total["quarantined"]
    assert total["read"] == len(default_rows())
    assert "The books balance." in _text(html)


def test_books_that_do_not_balance_are_told_in_the_funnel(release, tmp_path):
    copy = shutil.copytree(release, tmp_path / "copy")
    run = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    run["counts"]["read"] += 1
    (copy / "run.json").write_text(json.dumps(run), encoding="utf-8")
    html, facts = _write(copy)
    assert facts["funnel"]["imbalances"]
    assert "The books do not balance." in _text(html)
    assert "The books balance." not in _text(html)


def test_every_language_has_its_counts_and_a_histogram_that_adds_up(written):
    _, facts = written
    languages = facts["languages"]["languages"]
    assert {one["tag"] for one in languages} == set(texts())
    assert all(sum(one["scores"]) == one["released"] for one in languages)
    assert {one["tag"]: one["endonym"] for one in languages}["swh_Latn"] == "Kiswahili"
    assert facts["languages"]["without"]["quarantined"] == 14


def _doubtful():
    """Documents in two languages, in none, and over which two models do not agree."""
    second = {"model": "other.ftz@00000000", "tag": "hau_Latn", "score": 0.8}
    held = decision(QUARANTINED, "identify", "undetermined-list", measure=1.0, limit=1.5)
    return [
        *(row(number, "swh_Latn", language={"mixed": number < 2}) for number in range(4)),
        *(row(number, "swh_Latn", language={"second_model": {**second, "agrees": False}, "mixed": False})
          for number in range(10, 13)),
        *(row(number, "hau_Latn", language={"second_model": {**second, "agrees": True}, "mixed": False})
          for number in range(20, 22)),
        row(30, "yor_Latn", language={"second_model": {**second, "agrees": None}, "mixed": False}),
        row(31, "und_Latn", language={"undetermined": "list", "mixed": False}, decision=held),
        row(32, "und_Latn", language={"undetermined": "code", "mixed": False}, decision=held),
        row(33, "und_Grek", language={"undetermined": "list", "mixed": False}, decision=held),
    ]  # fmt: skip


def test_mixed_undetermined_and_disputed_documents_are_counted(tmp_path):
    html, facts = _write(make_release(tmp_path / "1.0", _doubtful()))
    found = facts["languages"]
    assert {one["tag"]: one["mixed"] for one in found["languages"]}["swh_Latn"] == 2
    assert found["undetermined"] == [
        {"reason": "list", "documents": 2},
        {"reason": "code", "documents": 1},
    ]
    assert (found["second_model"]["agrees"], found["second_model"]["disagrees"]) == (2, 3)
    (pair,) = found["second_model"]["pairs"]
    assert (pair["tag"], pair["other_tag"], pair["documents"]) == ("swh_Latn", "hau_Latn", 3)
    text = _text(html)
    assert "Where no language could be told" in text
    assert "It agrees on 2 documents and disagrees on 3." in text
    assert "Swahili swh_LatnHausa hau_Latn3" in text


def test_without_doubts_the_page_does_not_speak_of_them(written):
    html, facts = written
    assert facts["languages"]["undetermined"] == []
    assert facts["languages"]["second_model"]["pairs"] == []
    assert "Where no language could be told" not in _text(html)
    assert "What the second model says" not in _text(html)


def test_languages_that_a_source_does_not_name_are_told(tmp_path):
    rows = [row(number, tag) for number, tag in enumerate(["swh_Latn", "swh_Latn", "hau_Latn"])]
    source = rows[0]["source"]["id"]
    for one in rows:
        one["source"]["id"] = source
    release = make_release(tmp_path / "1.0", rows)
    assert _write(release)[1]["languages"]["unexpected"] == []
    run = json.loads((release / "run.json").read_text(encoding="utf-8"))
    for card in run["sources"]:
        card["expected_languages"] = ["swh_Latn"]
    (release / "run.json").write_text(json.dumps(run), encoding="utf-8")
    html, facts = _write(release)
    assert facts["languages"]["unexpected"] == [
        {"source": source, "tag": "hau_Latn", "name": "Hausa", "documents": 1}
    ]
    assert "Languages that their source does not name" in _text(html)


def test_every_rule_has_its_measure_limit_and_source(written):
    html, facts = written
    rules = {one["rule"]: one for one in facts["removals"]["rules"]}
    assert rules["short"]["documents"] == 30
    assert rules["short"]["limit_min"] == rules["short"]["limit_max"] == 20
    assert rules["short"]["measure_min"] <= rules["short"]["measure_mean"] < 20
    assert rules["licence-unknown"]["measure_min"] is None
    assert "Rae et al. 2021, arXiv:2112.11446, table A1" in _text(html)


def test_duplicates_are_counted_within_and_between_sources(written):
    _, facts = written
    duplicates = facts["duplicates"]
    assert sum(one["documents"] for one in duplicates["between"]) == 24
    assert sum(duplicates["similarity"]) == 24
    assert sum(duplicates["similarity"][:15]) == 0


def test_a_declared_licence_in_free_words_is_not_repeated(tmp_path):
    declared = {"declared": "Ask Wanjiru, wanjiru@example.org, before you use this"}
    html, facts = _write(make_release(tmp_path / "1.0", [row(1, rights=declared)]))
    assert "Wanjiru" not in html
    assert facts["rights"]["licences"][0]["declared"] == "in words of its own"


def test_small_counts_of_personal_data_are_hidden(tmp_path):
    few = [{"type": "PHONE_NUMBER", "count": 7, "treatment": "masked"}]
    rows = [row(number, privacy=few if number < 9 else []) for number in range(60)]
    html, facts = _write(make_release(tmp_path / "1.0", rows))
    (phone,) = facts["privacy"]["types"]
    assert phone == {"type": "PHONE_NUMBER", "documents": "<10", "masked": "<10"}
    assert {one["documents"]["PHONE_NUMBER"] for one in facts["privacy"]["sources"]} == {"<10"}
    assert "&lt;10" in html


def test_one_small_count_is_not_given_away_by_its_sum(tmp_path):
    found = [{"type": "IP_ADDRESS", "count": 1, "treatment": "masked"}]
    rows = [row(number, privacy=found if number % 3 or number < 6 else []) for number in range(90)]
    _, facts = _write(make_release(tmp_path / "1.0", rows))
    shown = {one["id"]: one["documents"]["IP_ADDRESS"] for one in facts["privacy"]["sources"]}
    assert shown["udhr"] == "<10"
    assert list(shown.values()).count("withheld") == 1
    assert facts["privacy"]["types"][0]["documents"] == 62


# The samples.


def test_markup_in_a_document_is_shown_and_not_obeyed(tmp_path):
    titles = {"title": ATTACK, "uri": ATTACK}
    rows = [row(1, "eng_Latn", ATTACK, source=titles, rights={"declared": ATTACK})]
    release = make_release(tmp_path / "1.0", rows, name="demo")
    html, _ = _write(release)
    page = _Page(html)
    assert not page.of("script")
    assert not page.of("img")
    assert ATTACK in "".join(page.words)


def test_every_language_kept_and_every_rule_has_a_sample(written):
    _, facts = written
    assert {one["tag"] for one in facts["samples"]["kept"]} == set(texts())
    held = {one["group"] for one in facts["samples"]["held_back"]}
    assert held == {"screen/short", "screen/repeated-lines", "duplicates/exact-duplicate",
                    "duplicates/near-duplicate"}  # fmt: skip
    assert facts["samples"]["unwritten"] == ["admit/licence-unknown", "read/undecodable"]


def test_the_sample_is_the_document_with_the_smallest_id(written):
    _, facts = written
    first = min(made["doc_id"] for made in default_rows()
                if made["language"]["tag"] == "kan_Knda")  # fmt: skip
    (sample,) = [one for one in facts["samples"]["kept"] if one["tag"] == "kan_Knda"]
    assert sample["doc_id"] == first


def test_samples_carry_language_direction_and_script(written):
    html, _ = written
    blocks = [one for one in _Page(html).of("div") if one.get("class") == "text"]
    directions = {one["lang"]: one["dir"] for one in blocks}
    assert {directions[lang] for lang in ("ur", "he", "dv", "nqo", "ug-Arab")} == {"rtl"}
    assert {directions[lang] for lang in ("hi", "km", "ja", "am", "yo-Latn")} == {"ltr"}
    classes = {one["class"] for one in _Page(html).of("article")}
    assert {"sample s-Arab", "sample s-Deva", "sample s-Nkoo"} <= classes


def test_samples_are_masked_once_more(tmp_path):
    def mask(text, _language, _country):
        return pl.DataFrame({"text": text.str.replace_all("Wanjiru", "[PERSON]")})

    release = make_release(tmp_path / "1.0", [row(1, text="Wanjiru alisema")])
    html = write_report(release, scrub=mask).read_text(encoding="utf-8")
    assert "Wanjiru" not in html
    assert "<mark>[PERSON]</mark> alisema" in html


def test_the_projects_own_masking_is_used_when_none_is_given(tmp_path):
    release = make_release(tmp_path / "1.0", [row(1, text="Andika kwa juma@posta.example.co.ke")])
    html = write_report(release).read_text(encoding="utf-8")
    assert "juma@" not in html
    assert "[EMAIL_ADDRESS]" in html


def test_of_a_long_text_beginning_middle_and_end_are_shown(tmp_path):
    long = "".join(f"neno{number:05} " for number in range(1000))
    _, facts = _write(make_release(tmp_path / "1.0", [row(1, text=long)]))
    (sample,) = facts["samples"]["kept"]
    assert [len(part) for part in sample["parts"]] == [500, 500, 500]
    assert sample["chars"] == 10_000
    assert "neno00000" in sample["parts"][0]
    assert "neno00500" in sample["parts"][1]
    assert "neno00999" in sample["parts"][2]


def test_a_sample_far_inside_a_file_is_found(tmp_path):
    held = decision(REMOVED, "screen", "short", measure=1.0, limit=20.0)
    last = decision(REMOVED, "screen", "repeated-lines", measure=0.9, limit=0.3)
    rows = [row(number, text="mfupi", decision=held) for number in range(700)]
    rows.append(row(701, text="ya mwisho", doc_id="f" * 32, decision=last))
    _, facts = _write(make_release(tmp_path / "1.0", [row(999), *rows]))
    parts = {one["group"]: one["parts"] for one in facts["samples"]["held_back"]}
    assert parts["screen/repeated-lines"] == ["ya mwisho"]


# Odd releases.


def test_a_release_with_nothing_in_it_has_a_report(tmp_path):
    html, facts = _write(make_release(tmp_path / "1.0", []))
    assert facts["glance"]["read"] == 0
    assert "Must not be released." in _text(html)


def test_a_release_where_all_was_held_back_has_a_report(tmp_path):
    held = decision(REMOVED, "screen", "short", measure=1.0, limit=20.0)
    html, facts = _write(make_release(tmp_path / "1.0", [row(1, decision=held)]))
    assert facts["languages"]["languages"][0]["released"] == 0
    assert "No document was kept." in _text(html)


def test_a_tag_that_is_none_is_escaped_and_has_no_fonts_of_its_own(tmp_path):
    odd = row(1, '"><b>x', "Habari", language={"script": "Latn"})
    release = make_release(tmp_path / "1.0", [row(2)])
    from tests.releases import write_parquet

    write_parquet(release / "documents/part-00000.parquet", [odd])
    html, _ = _write(release)
    assert "<b>x" not in html
