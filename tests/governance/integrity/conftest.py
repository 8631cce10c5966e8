"""One issued release for all tests of integrity; who changes it takes a copy."""

import shutil
from dataclasses import replace

import pytest

from tests.issued import make_issued


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """Nobody changes this one."""
    return make_issued(tmp_path_factory.mktemp("issued"))


@pytest.fixture
def issued(whole, tmp_path):
    """The same in a folder of its own, to be changed."""
    release, copy = tmp_path / "2026.11.0", tmp_path / "copy"
    shutil.copytree(whole.release, release)
    shutil.copytree(whole.copy, copy)
    return replace(whole, release=release, copy=copy)
