"""The page of a reader, opened from a file in Chromium: read, answer, mark, export, come back."""

import json
from contextlib import contextmanager

import polars as pl
import pytest

from governance.release_folder import open_release
from governance.review.pages import write_pages
from governance.review.results import read_labels, results
from governance.review.rounds import Protocol, keep, plan_round
from tests import chromium, releases
from tests.documents import row

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
HOSTILE = "<script>document.title='taken'</script><img src=x onerror=alert(1)> \u202egnp.exe"
TEXTS = ["😀 ጤና ይስጥልኝ 0911 234 567 ደውሉ", HOSTILE, *(f"ሰላም ለሁሉም {number}" for number in range(10))]


def _plain(texts, tags, countries):  # noqa: ARG001
    return pl.DataFrame({"text": texts})


@pytest.fixture(scope="module")
def browser():
    with chromium.browser() as started:
        yield started


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    rows = [row(number, "amh_Ethi", text) for number, text in enumerate(TEXTS)]
    folder = tmp_path_factory.mktemp("reading")
    release = releases.make_release(folder / "demo", rows)
    opened = open_release(release)
    record = plan_round(opened, Protocol(2, 6, 2, 1), None)
    keep(release, record)
    return opened, record, write_pages(opened, record, folder / "pages", _plain)


@pytest.fixture
def opened(browser, read):
    @contextmanager
    def open_page(number=0, **options):
        with chromium.page(browser, **options) as page:
            page.goto(read[2][number].as_uri())
            yield page

    return open_page


def _export(page, path):
    with page.expect_download() as download:
        page.get_by_role("button", name="Export labels").click()
    download.value.save_as(path)
    return json.loads(path.read_text())


def test_everything_is_answered_with_the_keyboard_and_taken_back(opened, read, tmp_path):
    paths = []
    for number in range(2):
        with opened(number) as page:
            count = page.locator("article").count()
            page.keyboard.press("1")
            page.keyboard.press("1")
            for key in "234":
                page.keyboard.press(key)
                page.keyboard.press(key)
            page.keyboard.press("ArrowRight")
            for _ in range(count - 1):
                page.keyboard.press("f")
            assert f"{count} of {count} read" in page.locator("#done").inner_text()
            paths.append(tmp_path / f"{number}.json")
            made = _export(page, paths[-1])
    assert len(made["labels"]) == count
    found = results(read_labels(read[0], paths), "2026-11-25", _plain)
    assert found["languages"][0]["complete"]
    assert found["overall"]["labels"]["not_porn"]["share"] == 1.0


def test_answers_outlive_the_page_and_neither_text_nor_note_is_stored(opened):
    with opened() as page:
        page.get_by_text("More to say about this document").click()
        page.get_by_role("checkbox", name="boilerplate").check()
        page.locator("#note").fill("a note of mine")
        page.locator("fieldset").nth(0).get_by_label("no").check()
        page.locator("#language").fill("tir_Ethi")
        page.locator("#language").press("Tab")
        page.reload()
        assert page.locator("fieldset").nth(0).get_by_label("no").is_checked()
        assert page.locator("#language").input_value() == "tir_Ethi"
        stored = page.evaluate("JSON.stringify(localStorage)")
    assert "boilerplate" in stored
    assert "a note of mine" not in stored
    assert "ሰላም" not in stored
    assert "ጤና" not in stored


def test_personal_data_is_marked_by_code_points(opened, tmp_path):
    for number in range(2):
        with opened(number) as page:
            places = page.evaluate(
                "Array.from(document.querySelectorAll('article')).findIndex("
                "(one) => one.textContent.includes('0911'))"
            )
            if places < 0:
                continue
            for _ in range(places):
                page.keyboard.press("ArrowRight")
            page.get_by_text("More to say about this document").click()
            page.locator("#type").select_option("PHONE_NUMBER")
            page.evaluate(
                "() => { const text = document.querySelector('article:not([hidden]) .part').firstChild;"
                " const start = text.data.indexOf('0911'); const range = document.createRange();"
                " range.setStart(text, start); range.setEnd(text, start + 12);"
                " getSelection().removeAllRanges(); getSelection().addRange(range); }"
            )
            page.locator("#mark").click()
            made = _export(page, tmp_path / "labels.json")
            (mark,) = [mark for one in made["labels"] for mark in one["marks"]]
            text = TEXTS[0]
            assert text[mark["start"] : mark["end"]] == "0911 234 567"
            page.get_by_role("button", name="Take back: PHONE_NUMBER").click()
            assert page.locator("#marks li").count() == 0
            return
    pytest.fail("the text with the number was on no page")


def test_markup_in_documents_is_shown_and_never_obeyed(opened):
    for number in range(2):
        with opened(number) as page:
            assert page.title().startswith("Reading")
            assert page.locator("article img, article script").count() == 0


def test_exported_labels_can_be_taken_over_on_another_device(opened, tmp_path):
    with opened() as page:
        page.keyboard.press("f")
        _export(page, tmp_path / "labels.json")
        page.evaluate("localStorage.clear()")
        page.reload()
        assert page.locator("#done").inner_text().startswith("0 of")
        page.set_input_files("#file", tmp_path / "labels.json")
        page.get_by_text("Imported.").wait_for()
        assert page.locator("#done").inner_text().startswith("1 of")


@pytest.mark.parametrize("size", [(1280, 900), (768, 1024)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_fault_that_axe_finds_on_desk_or_tablet(opened, size, scheme):
    from axe_playwright_python.sync_playwright import Axe

    options = {"viewport": {"width": size[0], "height": size[1]}, "color_scheme": scheme}
    with opened(**options) as page:
        page.get_by_text("More to say about this document").click()
        found = Axe().run(page).response["violations"]
        width = page.evaluate("document.documentElement.scrollWidth")
    assert [one["id"] for one in found] == []
    assert width <= size[0]
