"""Releases that several tests look at."""

import pytest

from governance.report import make_report
from governance.validate import validate
from tests.governance.treating import keyring_of
from tests.releases import make_release
from tests.reports import as_it_is, nothing
from tests.validations import few_rows


@pytest.fixture
def release(tmp_path):
    """A few documents, for tests that change them."""
    return make_release(tmp_path / "1.0", few_rows())


@pytest.fixture(scope="session")
def reported(tmp_path_factory):
    """A validated release with documents of every kind; nobody changes it."""
    made = make_release(tmp_path_factory.mktemp("report") / "1.0")
    validate(made, find=nothing)
    return made


@pytest.fixture(scope="session")
def made(reported):
    """Its report."""
    return make_report(reported, scrub=as_it_is)


@pytest.fixture(scope="session")
def written(made):
    """All pages of its report, one after the other, and the facts that they show."""
    return "\n".join(made.pages.values()), made.facts


@pytest.fixture(scope="session")
def keyring(tmp_path_factory):
    return keyring_of(tmp_path_factory.mktemp("treatments"), "5a")


@pytest.fixture(scope="session")
def other_keyring(tmp_path_factory):
    return keyring_of(tmp_path_factory.mktemp("treatments"), "6b")
