"""The examples in the docstrings of `lang_models` are true."""

import doctest
import importlib
import pkgutil

import pytest

import lang_models

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(lang_models.__path__, prefix="lang_models.")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
