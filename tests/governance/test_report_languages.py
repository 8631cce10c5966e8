import json

from schemas.decision import QUARANTINED
from tests.documents import decision, row, texts
from tests.releases import make_release
from tests.reports import text_of, write


def test_every_language_has_its_counts_and_a_histogram_that_adds_up(written):
    _, facts = written
    languages = facts["language"]["languages"]
    assert {one["tag"] for one in languages} == set(texts())
    assert all(sum(one["scores"]) == one["released"] for one in languages)
    assert {one["tag"]: one["endonym"] for one in languages}["swh_Latn"] == "Kiswahili"
    assert facts["language"]["without"]["quarantined"] == 14


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
    html, facts = write(make_release(tmp_path / "1.0", _doubtful()))
    found = facts["language"]
    assert {one["tag"]: one["mixed"] for one in found["languages"]}["swh_Latn"] == 2
    assert found["undetermined"] == [
        {"reason": "list", "documents": 2},
        {"reason": "code", "documents": 1},
    ]
    assert (found["second_model"]["agrees"], found["second_model"]["disagrees"]) == (2, 3)
    (pair,) = found["second_model"]["pairs"]
    assert (pair["tag"], pair["other_tag"], pair["documents"]) == ("swh_Latn", "hau_Latn", 3)
    text = text_of(html)
    assert "Where no language could be told" in text
    assert "It agrees on 2 documents and disagrees on 3." in text
    assert "Swahili swh_Latn Hausa hau_Latn 3" in text


def test_without_doubts_the_page_does_not_speak_of_them(written):
    html, facts = written
    assert facts["language"]["undetermined"] == []
    assert facts["language"]["second_model"]["pairs"] == []
    assert "Where no language could be told" not in text_of(html)
    assert "What the second model says" not in text_of(html)


def test_languages_that_a_source_does_not_name_are_told(tmp_path):
    rows = [row(number, tag) for number, tag in enumerate(["swh_Latn", "swh_Latn", "hau_Latn"])]
    source = rows[0]["source"]["id"]
    for one in rows:
        one["source"]["id"] = source
    release = make_release(tmp_path / "1.0", rows)
    assert write(release)[1]["language"]["unexpected"] == []
    run = json.loads((release / "run.json").read_text(encoding="utf-8"))
    for card in run["sources"]:
        card["expected_languages"] = ["swh_Latn"]
    (release / "run.json").write_text(json.dumps(run), encoding="utf-8")
    html, facts = write(release)
    assert facts["language"]["unexpected"] == [
        {"source": source, "tag": "hau_Latn", "name": "Hausa", "documents": 1}
    ]
    assert "Languages that their source does not name" in text_of(html)
