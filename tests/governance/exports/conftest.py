"""One validated release with all that it is handed out with, shared by the tests of the exports."""

import json
import shutil
from datetime import date
from types import SimpleNamespace

import pytest

from governance.exports import render
from governance.exports.making import Order, make_release
from governance.exports.material import Standing, gather
from governance.integrity.signature import new_keys
from governance.report import write_report
from governance.validate import validate
from governance.validate.standing import stand
from schemas.policy import Policy
from tests.documents import CARDS, decision, doc_id, row, texts
from tests.releases import make_release as make_run
from tests.reports import as_it_is, nothing

DAY = date(2026, 11, 25)
TYPES = {"udhr": "public_dataset", "radio": "licensed", "letters": "offline"}
POLICY = Policy().model_dump(mode="json") | {
    "allowed_licences": ["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0"],
    "purposes": ["language-models"],
}


def cards(**changes):
    """The cards of the tests with all that a steward would have filled in."""
    whole = {
        "collected": {"from": "2026-01-02", "to": "2026-10-03", "how": "handed over on a disk"},
        "robots": {"honoured": True, "evidence": "no site was visited"},
    }
    return [
        {
            **card,
            **whole,
            "source_type": TYPES[card["id"]],
            "custodian": {"name": card["custodian"], "contact": f"{card['id']}@example.org"},
            "licence": {**card["licence"], "verified_by": "rights officer", "verified_on": "2026-11-01",
                        "evidence": "deed of gift | signed"},
            **changes,
        }
        for card in CARDS
    ]  # fmt: skip


def documents():
    """Documents in many scripts: a large host, a small one, masked values, one left out."""
    rows = []
    for number, (tag, text) in enumerate(texts().items()):
        host = "library.example.org" if number % 3 else f"jane-doe-{number}.example"
        found = [{"type": "EMAIL_ADDRESS", "count": 1, "treatment": "masked"}]
        rows.append(
            row(number, tag, f"{text} [EMAIL_ADDRESS]", privacy=found if number < 12 else [],
                source={"url": f"https://www.{host}:443/{number}?q=1"})
        )  # fmt: skip
    short = decision("removed", "screen", "short", measure=3.0, limit=20.0)
    secret = {"url": "https://withheld.example.org/1", "native_id": "withheld-1"}
    rows.append(row(900, text="Siri ya mtu", decision=short, source=secret))
    return rows


def run_folder(folder, rows=None, like=None, **changes):
    """A release as a run leaves it; validated and reported, or with the word of another one."""
    settings = {"name": "demo", "version": "2026.11.0", "as_of": "2026-11-20", "dedup": {}}
    made = make_run(
        folder, rows or documents(),
        **{"sources": cards(), "policy": POLICY, "settings": settings, **changes},
    )  # fmt: skip
    if like:
        _take_over(like, made)
        return made
    validate(made, find=nothing)
    write_report(made, scrub=as_it_is)
    return made


def _take_over(like, made):
    """Great Expectations takes seconds; tests of other things take its word for another release."""
    for name in ("validation", "report"):
        shutil.copytree(like / name, made / name)
    path = made / "validation/results.json"
    results = json.loads(path.read_text())
    results["manifest_root"] = json.loads((made / "manifest.json").read_text())["root"]
    path.write_text(json.dumps(results))


@pytest.fixture(scope="session")
def ran(tmp_path_factory):
    """What a run left; nobody changes it."""
    return run_folder(tmp_path_factory.mktemp("ran") / "2026.11.0")


@pytest.fixture
def folder(ran, tmp_path):
    """A copy of it, for tests that change it."""
    shutil.copytree(ran, tmp_path / "release")
    return tmp_path / "release"


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    return new_keys(tmp_path_factory.mktemp("keys") / "release.pem")


@pytest.fixture(scope="session")
def issued(ran, keys, tmp_path_factory):
    """A release made in place and its copy; nobody changes them."""
    place = tmp_path_factory.mktemp("issued")
    shutil.copytree(ran, place / "here")
    made = make_release(Order(place / "here", DAY, keys.private, place / "copy"))
    return SimpleNamespace(here=place / "here", copy=place / "copy", made=made)


@pytest.fixture(scope="session")
def material(ran):
    gates = stand(ran, as_of=DAY, find=nothing).as_dict()["gates"]
    return gather(ran, DAY, Standing(tuple(gates)))


@pytest.fixture(scope="session")
def rendered(material):
    return render(material)


def removed_id():
    return doc_id(900)
