"""The examples in the modules of training, evaluation and labelled text."""

import doctest
import importlib
import pkgutil

import pytest

import lang_models.evaluation
import lang_models.labelled
import lang_models.training

PACKAGES = (lang_models.evaluation, lang_models.labelled, lang_models.training)
MODULES = [
    f"{package.__name__}.{module.name}"
    for package in PACKAGES
    for module in pkgutil.iter_modules(package.__path__)
]


@pytest.mark.parametrize("name", [*MODULES, "lang_models.preparation", "lang_models.labelled"])
def test_the_examples_of_a_module_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
