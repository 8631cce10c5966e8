"""The desk of a report, driven in Chromium from a file on disk as a steward would."""

import json
from contextlib import contextmanager

import pytest

from governance.decisions.files import read_files
from tests import chromium, desks

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DIGEST = "ab" * 32
DOCUMENT = "0123456789abcdef" * 2
CONTROLS = [
    ("source", "radio", None), ("licence", "example.org", "CC-BY-4.0"),
    ("threshold", "swh_Latn:mean_word_chars_min", "2.8"), ("rule", "too-few-words", None),
    ("removal-sample", DOCUMENT, None), ("gate", "G-DUP", None),
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with chromium.browser() as started:
        yield started


@pytest.fixture
def opened(browser, tmp_path):
    @contextmanager
    def open_page(**options):
        path = desks.desk_page(tmp_path / "page.html", DIGEST, CONTROLS)
        with chromium.page(browser, **options) as page:
            page.goto(path.as_uri())
            yield page

    return open_page


def _decide(page, target, verdict, **fields):
    page.get_by_role("button", name=f"Decide: {target}", exact=True).click()
    form = page.locator("fieldset.desk-form")
    form.get_by_label("Verdict").select_option(verdict)
    for label, value in fields.items():
        form.get_by_label(label).fill(value)
    form.get_by_role("button", name="Decide", exact=True).click()


def _exported(page, tmp_path):
    with page.expect_download() as download:
        page.get_by_role("button", name="Export decisions.json").click()
    path = tmp_path / "decisions.json"
    download.value.save_as(path)
    return path


def _name(page, name="A. Steward"):
    page.get_by_text("Who decides, and what is decided").click()
    page.get_by_label("Your name").fill(name)


def test_what_is_decided_on_every_kind_of_thing_is_exported_as_the_command_reads_it(
    opened, tmp_path
):
    with opened() as page:
        _name(page)
        _decide(page, "radio", "drop")
        _decide(page, "example.org", "conclude", **{"Licence (SPDX expression)": "CC0-1.0"})
        _decide(page, "swh_Latn:mean_word_chars_min", "move", **{"New limit": "2,5"})
        _decide(page, "too-few-words", "flag")
        _decide(page, DOCUMENT, "wrong-language",
                **{"Language that it is in (tag), if you know": "zdj_Latn"})  # fmt: skip
        _decide(page, "G-DUP", "note")
        (given,) = read_files([_exported(page, tmp_path)])
    said = {(one.kind, one.target): (one.verdict, one.value) for one in given.content.decisions}
    assert said == {
        ("source", "radio"): ("drop", None), ("licence", "example.org"): ("conclude", "CC0-1.0"),
        ("threshold", "swh_Latn:mean_word_chars_min"): ("move", 2.5),
        ("rule", "too-few-words"): ("flag", None),
        ("sample", DOCUMENT): ("wrong-language", "zdj_Latn"), ("gate", "G-DUP"): ("note", None),
    }  # fmt: skip
    assert given.content.report_digest == DIGEST
    assert given.content.made_by.role == "steward"


def test_decisions_outlive_the_page_and_no_text_of_a_document_is_stored(opened):
    with opened() as page:
        _name(page)
        _decide(page, "radio", "quarantine")
        page.reload()
        assert page.locator(".desk-verdict:visible").all_inner_texts() == ["Quarantine"]
        stored = page.evaluate("JSON.stringify(localStorage)")
    assert f"endonym.desk.{DIGEST}" in stored
    assert "a text of a document" not in stored


def test_what_was_decided_can_be_taken_back_and_undone_and_changed(opened):
    with opened() as page:
        _decide(page, "radio", "drop")
        page.get_by_role("button", name="Take back: radio").first.click()
        assert "0 decided, 6 of 6" in page.locator(".desk-count").inner_text()
        page.get_by_role("button", name="Undo", exact=True).click()
        assert "1 decided, 5 of 6" in page.locator(".desk-count").inner_text()
        page.get_by_role("button", name="Change: radio").click()
        page.locator("fieldset.desk-form").get_by_label("Verdict").select_option("approve")
        page.locator("fieldset.desk-form").get_by_role("button", name="Decide").click()
        assert page.locator(".desk-verdict:visible").all_inner_texts() == ["Approve"]


def test_the_keyboard_alone_is_enough(opened):
    with opened() as page:
        page.locator("body").press("n")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Decide: radio"
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        assert page.locator("fieldset.desk-form").count() == 0
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        for _ in range(4):
            page.keyboard.press("Tab")
        for _ in range(8):
            if page.evaluate("document.activeElement.textContent") != "Decide":
                page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator(".desk-verdict:visible").all_inner_texts() == ["Quarantine"]
        page.keyboard.press("Control+z")
        assert page.locator(".desk-verdict:visible").count() == 0


def test_an_export_needs_a_name_and_something_decided(opened):
    with opened() as page:
        page.get_by_role("button", name="Export decisions.json").click()
        assert "Write your name first" in page.locator("aside .desk-wrong").inner_text()
        assert page.evaluate("document.activeElement.labels[0].textContent") == "Your name"
        page.keyboard.type("A. Steward")
        page.get_by_role("button", name="Export decisions.json").click()
        assert "Nothing is decided yet" in page.locator("aside .desk-wrong").inner_text()


def test_a_limit_that_is_no_number_is_not_taken(opened):
    with opened() as page:
        _decide(page, "swh_Latn:mean_word_chars_min", "move", **{"New limit": "less"})
        assert page.locator(".desk-form .desk-wrong").inner_text() == "Write a number."
        assert page.locator(".desk-verdict:visible").count() == 0


def test_what_was_exported_can_be_imported_and_only_for_its_own_report(opened, tmp_path):
    with opened() as page:
        _name(page)
        _decide(page, "radio", "drop")
        path = _exported(page, tmp_path)
        page.evaluate("localStorage.clear()")
        page.reload()
        page.set_input_files("input[type=file]", path)
        page.wait_for_selector(".desk-verdict:visible")
        assert page.get_by_label("Your name").input_value() == "A. Steward"
        other = json.loads(path.read_text()) | {"report_digest": "cd" * 32}
        path.write_text(json.dumps(other))
        page.set_input_files("input[type=file]", path)
        page.wait_for_selector("aside .desk-wrong:not(:empty)")
        assert "another report" in page.locator("aside .desk-wrong").inner_text()


def test_storage_and_files_of_somebody_else_are_inert(opened):
    bad = {"name": "<img src=x onerror=alert(1)>", "role": "x", "decisions": {
        "a": {"kind": "source", "target": "<script>", "verdict": "drop"},
        "b": {"kind": "__proto__", "target": "radio", "verdict": "drop"},
        "c": {"kind": "rule", "target": "short", "verdict": "flag", "comment": "<svg onload=1>"}}}  # fmt: skip
    with opened() as page:
        page.evaluate("([key, value]) => localStorage.setItem(key, value)",
                      [f"endonym.desk.{DIGEST}", json.dumps(bad)])  # fmt: skip
        page.reload()
        assert page.locator("aside li").count() >= 1
        assert page.locator("img, svg, script:not(:last-of-type)").count() == 0
        assert "1 decided" in page.locator(".desk-count").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_has_no_fault_that_axe_finds(opened, scheme):
    from axe_playwright_python.sync_playwright import Axe

    with opened(color_scheme=scheme) as page:
        _decide(page, "radio", "drop")
        page.get_by_role("button", name="Decide: example.org").click()
        page.get_by_text("Who decides, and what is decided").click()
        page.locator("details.desk-decided summary").click()
        found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []
