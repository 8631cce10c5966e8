"""Texts of licences go along as far as they are at hand, and what is missing is told."""

import pytest

from governance.exports import licence_texts
from governance.exports.legal_codes import licence_texts as texts
from governance.exports.making import Order, make_release
from schemas.errors import InputError
from tests.governance.exports.conftest import DAY


def test_the_package_has_the_legal_code_of_cc_by_whole():
    code = texts(None)["CC-BY-4.0"].decode("utf-8")
    assert code.startswith("Attribution 4.0 International")
    assert "Section 8 -- Interpretation." in code


def test_texts_of_the_programme_come_first_and_lie_beside_the_pages(folder, tmp_path):
    place = tmp_path / "licences"
    place.mkdir()
    for name in ("CC0-1.0", "CC-BY-4.0", "LicenseRef-unused"):
        (place / f"{name}.txt").write_text(f"The text of {name}. " * 20, encoding="utf-8")
    made = make_release(Order(folder, DAY, licences=place))
    kept = sorted(path.name for path in (folder / "LICENSES").glob("*.txt"))
    assert "CC0-1.0.txt" in kept
    assert "LicenseRef-unused.txt" not in kept
    assert (folder / "LICENSES" / "CC0-1.0.txt").read_bytes() == (
        place / "CC0-1.0.txt"
    ).read_bytes()
    assert "[CC0-1.0.txt](CC0-1.0.txt)" in (folder / "LICENSES" / "CC0-1.0.md").read_text()
    assert "LICENSES/CC0-1.0.md" not in {gap.file for gap in made.gaps}


def test_a_text_that_is_not_at_hand_is_a_gap(material):
    gaps = {gap.file for gap in licence_texts.make(material).gaps}
    assert "LICENSES/CC0-1.0.md" in gaps


def test_all_mistakes_of_the_folder_are_told_at_once(tmp_path):
    (tmp_path / "CC0-1.0.txt").write_text("see the web")
    (tmp_path / "notes.md").write_text("x" * 200)
    (tmp_path / "MIT.txt").write_bytes(b"\xff" * 300)
    with pytest.raises(InputError) as caught:
        texts(tmp_path)
    assert str(caught.value).count("--licences") == 3
    with pytest.raises(InputError, match="no such folder"):
        texts(tmp_path / "nowhere")
