"""Releases that several tests look at."""

import pytest

from governance.validate import validate
from tests.releases import make_release
from tests.reports import nothing, write
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
def written(reported):
    """The page and the numbers of its report."""
    return write(reported)
