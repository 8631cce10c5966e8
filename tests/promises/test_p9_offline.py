"""P9: no step fetches anything at run time."""

import html
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import runs

#: Runs a command in this process and refuses every connection that leaves the machine.
GUARD = """
import ipaddress, socket, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        if not ipaddress.ip_address(arguments[1][0].split("%")[0]).is_loopback:
            sys.stderr.write("CONNECTS\\n")
            raise OSError("no network in this test")
    if event == "socket.getaddrinfo" and arguments[0] not in (None, "localhost", "127.0.0.1", "::1"):
        sys.stderr.write("LOOKS UP\\n")
        raise OSError("no names in this test")

sys.addaudithook(refuse)
from pipelines.cli import main
sys.argv = ["endonym", *sys.argv[1:]]
main()
"""


def _offline(*arguments):
    return subprocess.run(
        [sys.executable, "-c", GUARD, *map(str, arguments)],
        capture_output=True, text=True, check=False, env=runs.environment(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """A whole run that could reach nobody."""
    run = runs.make_run(tmp_path_factory.mktemp("off"), ("notes", "crawl-text", "pages"))
    return _offline("curate", run, "--json", "--workers", "1")


def test_a_whole_run_connects_to_nothing(done):
    assert done.returncode == 0, done.stderr[-2000:]
    assert "CONNECTS" not in done.stderr
    assert "LOOKS UP" not in done.stderr


def test_the_report_asks_for_nothing_from_anywhere(done):
    pages = list(Path(json.loads(done.stdout)["report"]).parent.glob("*.html"))
    assert len(pages) > 10
    for page in (html.unescape(path.read_text(encoding="utf-8")) for path in pages):
        assert "default-src 'none'" in page
        for mark in ('src="http', 'href="http', "url(http", "@import", "<script src", "<link"):
            assert mark not in page


def test_a_model_with_another_digest_is_refused(tmp_path):
    run = runs.make_run(
        tmp_path, ("notes",),
        model={"path": "other.ftz", "sha256": "0" * 64, "labels": "lid176", "licence": "CC-BY-SA-3.0"},
    )  # fmt: skip
    model = runs.ROOT / "lang_models/models/lid.176.ftz"
    (tmp_path / "other.ftz").write_bytes(model.read_bytes()[:-1] + b"x")
    done = runs.endonym("curate", run)
    assert done.returncode == 1
    assert "sha256" in done.stderr
    assert "Traceback" not in done.stderr
