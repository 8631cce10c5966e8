import re

import polars as pl
import pytest

from governance.report import make_report
from governance.report.difference import marked
from governance.report.draw import FEWEST_READ, WHOLE_LANGUAGES
from schemas.decision import REMOVED
from tests.documents import decision, default_rows, row, texts
from tests.releases import make_release
from tests.reports import Page, as_it_is, crowd, write


def _held(facts):
    return {one["group"] for one in facts["funnel"]["held"]}


def test_every_language_kept_and_every_rule_has_a_passage(written):
    _, facts = written
    assert {one["tag"] for one in facts["language"]["random"]} == set(texts())
    assert {one["tag"] for one in facts["language"]["doubt"]} == set(texts())
    assert _held(facts) == {"screen/short", "screen/repeated-lines", "duplicates/exact-duplicate",
                            "duplicates/near-duplicate"}  # fmt: skip
    assert facts["funnel"]["unwritten"] == ["admit/licence-unknown", "read/undecodable"]


def test_the_random_sample_has_one_of_each_band_of_a_language(written):
    _, facts = written
    drawn = [(one["tag"], one["band"]) for one in facts["language"]["random"]]
    assert len(drawn) == len(set(drawn))
    scores = {(one["language"]["tag"], min(int(4 * one["language"]["score"]), 3))
              for one in default_rows() if one["decision"]["outcome"] == "released"}  # fmt: skip
    assert {tag for tag, _ in drawn} == {tag for tag, _ in scores}
    assert set(drawn) <= scores
    left_out = {tag for tag, _ in scores - set(drawn)}
    assert len(left_out) <= len(texts()) - WHOLE_LANGUAGES


def test_the_risk_sample_is_the_least_sure_and_stands_apart(written):
    html, facts = written
    least = min(made["language"]["score"] for made in default_rows()
                if made["language"]["tag"] == "kan_Knda")  # fmt: skip
    (doubt,) = [one for one in facts["language"]["doubt"] if one["tag"] == "kan_Knda"]
    assert doubt["score"] == pytest.approx(least)
    headings = re.findall(r'<h3>(.*?)\s*<span class="draw">(.*?)</span>', html)
    assert ("Kept, drawn by lot", "random sample") in headings
    assert ("Kept, and least sure", "risk sample") in headings


def test_a_lot_falls_otherwise_for_another_version_and_the_same_for_the_same(tmp_path):
    rows = [row(number, text=f"Neno {number}") for number in range(200)]
    drawn = {}
    for version in ("1.0", "1.0", "2.0"):
        release = make_release(tmp_path / str(len(drawn)) / version, rows, version=version)
        _, facts = write(release)
        ids = tuple(one["doc_id"] for one in facts["language"]["random"])
        assert drawn.setdefault(version, ids) == ids
    assert drawn["1.0"] != drawn["2.0"]


def test_of_a_source_with_few_documents_nothing_is_shown(tmp_path):
    few = [row(3 * number, text="Siri ya wachache") for number in range(FEWEST_READ - 1)]
    html, facts = write(make_release(tmp_path / "1.0", few))
    assert "Siri ya wachache" not in html
    assert facts["language"]["random"] == []
    enough = [*few, row(3 * FEWEST_READ, text="Siri ya wachache")]
    html, _ = write(make_release(tmp_path / "2.0", enough))
    assert "Siri ya wachache" in html


def test_passages_carry_language_direction_and_script(written):
    html, _ = written
    blocks = [one for one in Page(html).of("div") if one.get("class") == "text"]
    directions = {one["lang"]: one["dir"] for one in blocks}
    assert {directions[lang] for lang in ("ur", "he", "dv", "nqo", "ug-Arab")} == {"rtl"}
    assert {directions[lang] for lang in ("hi", "km", "ja", "am", "yo-Latn")} == {"ltr"}
    classes = {one["class"] for one in Page(html).of("article")}
    assert {"sample s-Arab", "sample s-Deva", "sample s-Nkoo"} <= classes


def test_passages_are_masked_once_more_and_the_report_says_of_how_many(tmp_path):
    def mask(text, _language, _country):
        return pl.DataFrame({"text": text.str.replace_all("Wanjiru", "[PERSON]")})

    release = make_release(tmp_path / "1.0", crowd([row(1, text="Wanjiru alisema")]))
    made = make_report(release, scrub=mask)
    html = "".join(made.pages.values())
    assert "Wanjiru" not in html
    assert "<mark>[PERSON]</mark> alisema" in html
    assert made.facts["privacy"]["second_look"] > 0


def test_the_projects_own_masking_is_used_when_none_is_given(tmp_path):
    rows = crowd([row(1, text="Andika kwa juma@posta.example.co.ke")])
    html = "".join(make_report(make_release(tmp_path / "1.0", rows)).pages.values())
    assert "juma@" not in html
    assert "[EMAIL_ADDRESS]" in html


def test_of_a_long_text_beginning_middle_and_end_are_shown(tmp_path):
    long = "".join(f"neno{number:05} " for number in range(1000))
    rows = crowd([row(1, "swh_Latn", long, language={"score": 0.01})])
    _, facts = write(make_release(tmp_path / "1.0", rows))
    (sample,) = [one for one in facts["language"]["doubt"] if one["chars"] == 10_000]
    assert [len(part) for part in sample["parts"]] == [500, 500, 500]
    assert "neno00000" in sample["parts"][0]
    assert "neno00500" in sample["parts"][1]
    assert "neno00999" in sample["parts"][2]


def test_a_passage_far_inside_a_file_is_found(tmp_path):
    held = decision(REMOVED, "screen", "short", measure=1.0, limit=20.0)
    last = decision(REMOVED, "screen", "repeated-lines", measure=0.9, limit=0.3)
    rows = [row(number, text="mfupi", decision=held) for number in range(700)]
    rows.append(row(701, text="ya mwisho", doc_id="f" * 32, decision=last))
    _, facts = write(make_release(tmp_path / "1.0", [row(999), *rows]))
    parts = {one["group"]: one["parts"] for one in facts["funnel"]["held"]}
    assert parts["screen/repeated-lines"] == ["ya mwisho"]


def test_up_to_five_are_shown_of_a_rule_and_kept_ones_near_its_limit_beside_them(tmp_path):
    limits = [{"profile": "default", "rule": "short", "limit": 20.0, "side": "min", "source": "x",
               "key": "length_words_min", "measure": "length_words", "applies": ["length_words", 0]}]  # fmt: skip
    held = decision(REMOVED, "screen", "short", measure=12.0, limit=20.0)
    rows = [row(3 * number, text=f"mfupi {number}", decision=held, quality={"length_words": 12.0})
            for number in range(9)]  # fmt: skip
    rows += [row(3 * number, text=f"ndefu {number}", quality={"length_words": float(number)})
             for number in range(21, 60)]  # fmt: skip
    _, facts = write(make_release(tmp_path / "1.0", rows, limits=limits))
    assert len(facts["funnel"]["held"]) == 5
    assert [one["at"] for one in facts["funnel"]["edge"]] == [21.0, 22.0]
    assert {one["near"] for one in facts["funnel"]["edge"]} == {20.0}


def test_copies_stand_beside_what_was_kept_with_the_difference_marked(written):
    html, facts = written
    assert facts["duplicates"]["pairs"]
    assert all(one["left"]["kept_doc_id"] == one["right"]["doc_id"]
               for one in facts["duplicates"]["pairs"])  # fmt: skip
    assert "Copies beside what was kept" in html


def test_a_difference_is_marked_in_scripts_with_and_without_spaces():
    left, right = marked("العربية لغة جميلة", "العربية لغة رائعة")
    assert (str(left), str(right)) == (
        "العربية لغة <del>جميلة</del>",
        "العربية لغة <ins>رائعة</ins>",
    )
    left, right = marked("人人生而自由", "人人生而平等")
    assert "<del>自由</del>" in left
    assert "<ins>平等</ins>" in right
    left, right = marked("<script>a</script>", "<script>b</script>")
    assert "<script>" not in left + right


def test_beside_a_mask_forty_characters_are_shown_and_only_of_common_types(tmp_path):
    def masked(number, kind):
        found = [{"type": kind, "count": 1, "treatment": "placeholder"}]
        return row(3 * number, text=f"{'a' * 60} piga [{kind}] sasa {'b' * 60}", privacy=found)

    rows = [masked(number, "PHONE_NUMBER") for number in range(15)]
    rows += [masked(number, "IBAN_CODE") for number in range(20, 24)]
    _, facts = write(make_release(tmp_path / "1.0", rows))
    shown = facts["privacy"]["contexts"]
    assert {one["type"] for one in shown} == {"PHONE_NUMBER"}
    assert len(shown) == 12
    assert {one["parts"][0] for one in shown} == {f"{'a' * 34} piga [PHONE_NUMBER] sasa {'b' * 34}"}
    assert len({one["doc_id"] for one in shown}) == 12


def test_no_passage_stands_in_the_twin(made):
    words = {word for text in texts().values() for word in text.split() if len(word) > 8}
    assert not [word for word in words if word in made.twin.decode()]


def test_a_report_of_texts_full_of_tricks_stays_inert(tmp_path):
    tricks = ["</script><script>alert(1)</script>", "<svg onload=alert(1)>", "\u202egnp.exe",
              "\x1b[2J\x1b]0;x\x07", "<!--", "]]>", "{{ 7*7 }}", "&lt;b&gt;"]  # fmt: skip
    rows = [row(3 * number, text=trick, source={"title": trick, "url": trick, "uri": trick})
            for number, trick in enumerate(tricks * 2)]  # fmt: skip
    made = make_report(make_release(tmp_path / "1.0", rows), scrub=as_it_is)
    for html in made.pages.values():
        assert "<script>alert" not in html
        assert "<svg onload" not in html
        assert not set(html) & set("\u202e\x1b\x07")
        assert len(re.findall("<script", html)) == html.count("</script>")
