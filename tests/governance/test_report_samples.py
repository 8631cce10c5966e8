import polars as pl

from governance.report import write_report
from schemas.decision import REMOVED
from tests.documents import decision, default_rows, row, texts
from tests.releases import make_release
from tests.reports import Page, write


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
    blocks = [one for one in Page(html).of("div") if one.get("class") == "text"]
    directions = {one["lang"]: one["dir"] for one in blocks}
    assert {directions[lang] for lang in ("ur", "he", "dv", "nqo", "ug-Arab")} == {"rtl"}
    assert {directions[lang] for lang in ("hi", "km", "ja", "am", "yo-Latn")} == {"ltr"}
    classes = {one["class"] for one in Page(html).of("article")}
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
    _, facts = write(make_release(tmp_path / "1.0", [row(1, text=long)]))
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
    _, facts = write(make_release(tmp_path / "1.0", [row(999), *rows]))
    parts = {one["group"]: one["parts"] for one in facts["samples"]["held_back"]}
    assert parts["screen/repeated-lines"] == ["ya mwisho"]
