"""The examples in the docstrings of `governance.pii` are true."""

import doctest
import importlib
import pkgutil

import pytest

from governance import pii

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(pii.__path__, prefix="governance.pii.")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_module_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
