"""The wheel holds the four rooms with their data, and owns their names."""

import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions

import pytest

from tests.runs import ROOT

ROOMS = ("schemas", "lang_models", "governance", "pipelines")


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def _tracked(room):
    listed = subprocess.run(
        ["git", "ls-files", room], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name for name in listed.stdout.split("\n") if name}


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_of_a_room_is_in_the_wheel(names, room):
    assert _tracked(room) - names == set()


def test_nothing_else_is_in_the_wheel(names):
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_each_name_belongs_to_endonym_alone(room):
    assert set(packages_distributions()[room]) == {"endonym"}
