"""A small corpus in two releases, and what takedowns make of it; shared by their tests."""

import pytest

from governance.integrity.signature import new_keys
from pipelines.load import load_corpus
from tests import runs, takedowns
from tests.takedowns import DAY, URL, locate_case, takedown


@pytest.fixture(scope="session")
def corpus_run(tmp_path_factory):
    return takedowns.make_corpus(tmp_path_factory.mktemp("takedown") / "corpus")


@pytest.fixture(scope="session")
def done(corpus_run, tmp_path_factory):
    """The corpus before and after; the case was applied and certified with a key."""
    folder = tmp_path_factory.mktemp("done")
    run = takedowns.copied(corpus_run, folder / "corpus")
    case, located = locate_case(run, "--url", URL)
    applied = takedown("apply", run, case, *DAY)
    keys = new_keys(folder / "officer.pem")
    (folder / "register.csv").write_text("recipient,release\nr-7,1.0.0\nr-8,9.9.9\n")
    told = takedown("certify", run, case, "--key", keys.private, *DAY,
                    "--register", folder / "register.csv")  # fmt: skip
    return {"run": run, "case": case, "located": located, "applied": applied, "told": told,
            "keys": keys, "before": corpus_run.parent / "out", "after": run.parent / "out",
            "corpus": load_corpus(run)}  # fmt: skip


@pytest.fixture(scope="session")
def came_back(done, tmp_path_factory):
    """A later run that meets the text, the address, a near copy and something new."""
    run = takedowns.copied(done["run"], tmp_path_factory.mktemp("back") / "corpus")
    whole = takedowns.texts(42)
    rows = [
        {"id": "same-text", "text": whole[1], "url": "https://fresh.example/1"},
        {"id": "near-text", "text": takedowns.near(whole[1]), "url": "https://fresh.example/2"},
        {"id": "spaced", "text": whole[1].replace(" ", "  "), "url": "https://fresh.example/4"},
        {"id": "same-page", "text": whole[41], "url": "http://example.org/kept/page-1/#top"},
        {"id": "new", "text": whole[40], "url": "https://fresh.example/3"},
        # A long page that embeds the text, and a part of the text as a page of its own.
        {"id": "page", "text": "\n".join((whole[38], whole[1], whole[39])),
         "url": "https://fresh.example/5"},
        {"id": "part", "text": whole[1][: len(whole[1]) // 2], "url": "https://fresh.example/6"},
    ]  # fmt: skip
    takedowns.write_source(run.parent, "third", rows)
    return runs.curate(takedowns.write_run(run.parent, "4.0.0", ["third"]))


@pytest.fixture(scope="session")
def located_run(corpus_run, tmp_path_factory):
    run = takedowns.copied(corpus_run, tmp_path_factory.mktemp("located") / "corpus")
    return run, locate_case(run, "--url", URL)[0]
