"""The pages of a report, opened from disk in Chromium: no request, no error, no barrier."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from governance.report.pages import PAGES
from tests import chromium
from tests.report_browser.conftest import TRICKS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

VIEWS = [
    {"viewport": {"width": width, "height": 1000}, "color_scheme": scheme}
    for width, scheme in ((1280, "light"), (820, "dark"))
]


@pytest.fixture(params=VIEWS, ids=["desktop-light", "tablet-dark"])
def page(browser, request):
    with chromium.page(browser, **request.param) as opened:
        yield opened


def _number(page, kind):
    return int(re.sub(r"\D", "", page.locator(f".whatif .{kind}").inner_text()))


def test_every_page_opens_from_disk_says_its_name_and_fits_the_width(page, folder):
    for one in PAGES:
        page.goto((folder / one.file).as_uri())
        assert page.locator("h1").inner_text() == one.title
        assert page.locator("nav a[aria-current=page]").inner_text() == one.title
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, one.file


def test_no_page_has_a_serious_fault_of_accessibility(page, folder):
    axe, found = Axe(), {}
    for one in PAGES:
        page.goto((folder / one.file).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for fault in axe.run(page).response["violations"]:
            if fault["impact"] in {"serious", "critical"}:
                found[one.id, fault["id"]] = [node["html"][:160] for node in fault["nodes"][:3]]
    assert not found


def test_documents_full_of_tricks_do_nothing(browser, folder):
    with chromium.page(browser) as page:
        dialogs = []
        page.on("dialog", lambda dialog: dialogs.append(dialog.message))
        for one in PAGES:
            page.goto((folder / one.file).as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
            assert page.title().endswith(one.title)
            assert page.url == (folder / one.file).as_uri()
            assert (
                page.locator("main img, main meta, main .text form, main .text script").count() == 0
            )
        assert not dialogs
        page.goto((folder / "language.html").as_uri())
        shown = " ".join(page.locator(".text").all_text_contents())
        assert any(trick in shown for trick in TRICKS if "<" in trick)


def test_a_limit_that_is_moved_counts_the_documents_again(browser, folder):
    with chromium.page(browser) as page:
        page.goto((folder / "language.html").as_uri())
        page.locator('[data-what-if="swh_Latn|short"]').click()
        now = _number(page, "now")
        assert now >= 40
        assert (_number(page, "then"), _number(page, "more"), _number(page, "free")) == (now, 0, 0)
        limit = page.locator(".whatif input[type=range]")
        limit.focus()
        for _ in range(60):
            page.keyboard.press("ArrowLeft")
        assert _number(page, "free") == 12
        assert _number(page, "then") == now + 12
        for _ in range(200):
            page.keyboard.press("ArrowRight")
        assert _number(page, "free") == 0
        assert _number(page, "more") > 40
        assert limit.get_attribute("aria-valuetext").endswith("length words")


def test_the_numbers_under_a_chart_and_the_passages_open_by_keyboard(browser, folder):
    with chromium.page(browser) as page:
        page.goto((folder / "funnel.html").as_uri())
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")
        fold = page.locator("figure details").first
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        assert fold.evaluate("one => one.open")
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.tagName"))
        assert {"SUMMARY", "BUTTON"} <= reached


def test_what_is_decided_here_is_exported_for_this_very_report(browser, folder):
    with chromium.page(browser) as page:
        page.goto((folder / "sources.html").as_uri())
        meta = page.locator("meta[name=endonym-report]").get_attribute("content")
        control = page.locator('[data-decide-kind="source"][data-decide-target="radio"]')
        assert control.locator("button").count() >= 1
        kept = page.evaluate("JSON.stringify(localStorage)")
        assert "Neno la" not in kept
        assert len(meta) == 64
        twin = json.loads((folder / "review.json").read_text(encoding="utf-8"))
        assert page.locator("footer code").inner_text() == meta[:16]
        assert twin["release"] == "demo"


def test_a_page_prints_with_its_tables_unfolded_and_without_controls(browser, folder):
    with chromium.page(browser) as page:
        page.goto((folder / "funnel.html").as_uri())
        page.emulate_media(media="print")
        assert not page.locator("nav").is_visible()
        assert page.locator("figure table").first.is_visible()
        assert page.locator(".decide").first.is_hidden()
        assert page.pdf()[:5] == b"%PDF-"


def test_without_scripts_every_number_and_passage_is_there(browser, folder):
    with chromium.page(browser, java_script_enabled=False) as page:
        page.goto((folder / "language.html").as_uri())
        assert page.locator("#languages, table.languages").count() >= 1
        assert page.get_by_text("Scripts are switched off").is_visible()
        assert page.locator("article.sample").count() > 39
