"""Debian's Chromium through Playwright, for the tests that do what a steward does.

Without it such a test fails and says so: what it would have shown is not shown. Whoever has no
Chromium leaves these tests out by name, with `-m "not browser"`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PATH = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def browser() -> Iterator[object]:
    """Chromium, started: a second each, so the tests of a module share one."""
    if not PATH.exists():
        pytest.fail(
            f"{PATH} is missing: NOTHING THAT PEOPLE SEE WAS TESTED."
            ' Install chromium, or leave these tests out with -m "not browser"'
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=str(PATH), args=list(FLAGS))
        try:
            yield chromium
        finally:
            chromium.close()


@contextmanager
def page(chromium, **options) -> Iterator[object]:
    """A page; the test fails on any request to a network and on any error of a script."""
    with chromium.new_context(accept_downloads=True, **options) as context:
        opened = context.new_page()
        asked, errors = [], []
        allowed = ("file:", "blob:", "data:", "about:", "http://127.0.0.1:")
        opened.on("request", lambda one: asked.append(one.url))
        opened.on("pageerror", lambda one: errors.append(str(one)))
        opened.on("console", lambda one: errors.append(one.text) if one.type == "error" else None)
        yield opened
        foreign = [one for one in asked if not one.startswith(allowed)]
        assert not foreign, foreign
        assert not errors, errors
