"""Fixtures that several rooms share."""

import pytest
from hypothesis import settings

from tests import runs

# Machines are shared and kernels are compiled on the first call: no timed assertions. The
# examples are the same each time, so that a test says something of the change and not of chance;
# `pytest --hypothesis-profile search` draws new ones.
settings.register_profile("endonym", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None)
settings.load_profile("endonym")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from tests.sharing import ByGroup

    return ByGroup(config, log)


@pytest.fixture(scope="session")
def small_run(tmp_path_factory):
    """A run file over a few sources, and the release that one ordinary run made of it."""
    run = runs.make_run(tmp_path_factory.mktemp("small"))
    return run, runs.curate(run)


@pytest.fixture(scope="session")
def small_release(small_run):
    return small_run[1]
