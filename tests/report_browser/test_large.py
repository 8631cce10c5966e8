"""The report of 10 million documents in 200 languages, from its statistics alone."""

import json
import time
from itertools import islice, product

import polars as pl
import pytest

from governance.books import reconcile
from governance.proof.scan import scan_release
from governance.release_folder import open_release
from governance.report import compose
from governance.report.draw import _passage
from governance.report.page import Material
from governance.report.sketches import sketches
from governance.tally import BARS, tally
from lang_models.cards import Card
from lang_models.certainty import stated_limits
from schemas.measures import MEASURES
from tests import chromium
from tests.documents import CARDS, texts

LANGUAGES, DOCUMENTS = 200, 10_000_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TAGS = [f"{''.join(one)}_Latn" for one in islice(product(LETTERS, repeat=3), 400, 400 + LANGUAGES)]
SOURCES = [f"source-{number:02}" for number in range(40)]
EACH = DOCUMENTS // LANGUAGES
RULES = ("short-words", "long-words", "too-few-words", "few-stop-words", "top-2gram-char")


def _frame(like, rows):
    return pl.DataFrame(rows, schema=like.schema, orient="row")


def _tables(empty):
    """The tables as a run of that size would leave them; what is not named here stays empty."""
    part = EACH // len(SOURCES)
    kept, held = part * 8 // 10, part // 10
    decisions, languages = [], []
    for source in SOURCES:
        decisions.append(("documents", source, "released", "release", None, kept * LANGUAGES,
                          0, 0.0, None, None, None, None))  # fmt: skip
        decisions += [
            ("removed", source, "removed", "screen", rule, held * LANGUAGES // len(RULES) * 2,
             held, 3.0 * held, 1.0, 9.0, 2.0, 4.0)
            for rule in RULES
        ]  # fmt: skip
    for tag in TAGS:
        languages += [("documents", tag, bar, EACH * 8 // 10 // BARS) for bar in range(BARS)]
        languages += [("removed", tag, bar, EACH * 2 // 10 // BARS) for bar in range(BARS)]
    measured = [
        ("documents", tag, name, place, 1000 + place)
        for tag in TAGS for name in (*MEASURES, "raw_score") for place in range(30, 60)
    ]  # fmt: skip
    spread = [
        (tag, rule, place, 40 + place) for tag in TAGS for rule in RULES for place in range(20)
    ]
    return {
        **empty,
        "decisions": _frame(empty["decisions"], decisions),
        "languages": _frame(empty["languages"], languages),
        "spoken": _frame(empty["spoken"], [("documents", source, tag, kept)
                                           for source in SOURCES for tag in TAGS]),
        "rights": _frame(empty["rights"], [("documents", source, "CC-BY-4.0", "CC-BY-4.0", "licence",
                                            kept) for source in SOURCES]),
        "measured": _frame(empty["measured"], measured),
        "held": _frame(empty["held"], spread),
        "neighbours": _frame(empty["neighbours"], [(tag, TAGS[0], 100) for tag in TAGS]),
    }  # fmt: skip


def _passages(number, **more):
    """Passages as long as they can be, in many scripts."""
    long = [(tag, (text * 40)[:2_000]) for tag, text in texts().items()]
    rows = [
        {"doc_id": f"{place:032x}", "text": long[place % len(long)][1], "score": 0.5,
         "tag": long[place % len(long)][0], "source": SOURCES[place % 40], "outcome": "released",
         **{f"drawn_{name}": value for name, value in more.items()}}
        for place in range(number)
    ]  # fmt: skip
    return [_passage(row, row["text"]) for row in rows]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    limits = stated_limits(["swh_Latn"], Card(), None)
    cards = [{**CARDS[0], "id": source} for source in SOURCES]
    run = {"name": "large", "version": "1.0", "limits": limits, "sources": cards}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")
    release = open_release(folder)
    tables = _tables(tally(release, more=sketches(run)))
    drawn = {"random": _passages(150), "doubt": _passages(60), "held": _passages(150, group="screen/short-words"),
             "edge": _passages(60, rule="short-words")}  # fmt: skip
    material = Material(release, tables, reconcile(release, tables), {}, None, drawn)
    started = time.process_time()
    made = compose(material)
    (folder / "report").mkdir()
    for name, html in made.pages.items():
        (folder / "report" / name).write_text(html, encoding="utf-8")
    (folder / "report" / "review.json").write_bytes(made.twin)
    print(f"composed in {time.process_time() - started:.1f} CPU s")
    return folder, made


def test_the_pages_of_200_languages_have_less_than_five_megabytes(large):
    _, made = large
    assert made.facts["glance"]["languages"] == LANGUAGES
    assert made.facts["glance"]["read"] > 0.9 * DOCUMENTS
    sizes = {name: len(html.encode()) for name, html in made.pages.items()}
    print(
        f"{sum(sizes.values()) / 1e6:.2f} MB, the largest", max(sizes.items(), key=lambda it: it[1])
    )
    assert sum(sizes.values()) < 5_000_000
    assert len(made.twin) < 5_000_000


def test_no_number_of_it_is_taken_for_personal_data(large):
    folder, _ = large
    assert not scan_release(folder, ("report",)).hits


def _opened(page, path):
    """Seconds until the page is loaded; the machine is shared, so the best of a few tells."""
    page.goto(path.as_uri(), wait_until="load")
    return page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_every_page_of_it_opens_in_less_than_two_seconds(large):
    folder, made = large
    seconds = {}
    with chromium.browser() as browser, chromium.page(browser) as page:
        for name in made.pages:
            seconds[name] = min(_opened(page, folder / "report" / name) for _ in range(3))
    print({name: round(value, 2) for name, value in seconds.items()})
    assert max(seconds.values()) < 2
