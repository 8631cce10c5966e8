"""A report on disk and a Chromium that opens it; see tests/chromium.py for what happens without."""

import pytest

from governance.report import write_report
from governance.validate import validate
from schemas.decision import REMOVED
from tests import chromium
from tests.documents import decision, default_rows, row
from tests.releases import make_release
from tests.reports import as_it_is, nothing

TRICKS = (
    "</script><script>document.title='taken'</script>", "<svg onload=\"document.title='taken'\">",
    "<img src=https://example.org/x onerror=\"document.title='taken'\">", "\u202egnp.exe \u2066x",
    "<style>*{display:none}</style>", "<meta http-equiv=refresh content=0;url=https://example.org>",
    "<form action=https://example.org><button autofocus>go</button></form>", "\x1b[2J\x1b]0;x\x07",
)  # fmt: skip
SHORT = {"profile": "default", "rule": "short", "measure": "length_words", "limit": 20.0,
         "key": "length_words_min", "applies": ["length_words", 0], "side": "min",
         "source": "Rae et al. 2021, arXiv:2112.11446, appendix A"}  # fmt: skip


def words(number, count, *, is_held=False):
    """A Swahili document of so many words, held back for being short or not."""
    held = {"decision": decision(REMOVED, "screen", "short", measure=float(count), limit=20.0)}
    return row(number, text=f"Neno la {number}", quality={"length_words": float(count)},
               **(held if is_held else {}))  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    with chromium.browser() as started:
        yield started


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The report of a release in 39 languages, some documents being tricks."""
    rows = default_rows()
    rows += [row(5000 + 3 * number, text=trick, source={"title": trick, "url": trick})
             for number, trick in enumerate(TRICKS * 2)]  # fmt: skip
    rows += [words(6000 + number, 25 + number) for number in range(40)]
    rows += [words(7000 + number, 5 + number, is_held=True) for number in range(12)]
    release = make_release(tmp_path_factory.mktemp("desk") / "1.0", rows, limits=[SHORT])
    validate(release, find=nothing)
    return write_report(release, scrub=as_it_is).parent
