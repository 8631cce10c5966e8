"""`endonym pii scan --policy` takes a run file, a release, or a policy by file or name."""

import json

import pytest

from pipelines.personal import named_policy
from schemas.errors import InputError
from tests import runs

OFF = {"privacy": {"recognisers_off": ["IMEI"]}}


@pytest.fixture
def named(tmp_path):
    """A run file, a release and a policy, each of which leaves out the same type."""
    run = runs.make_run(tmp_path, ())
    policy = tmp_path / "policy.yaml"
    policy.write_text(f"{policy.read_text(encoding='utf-8')}\nprivacy: {OFF['privacy']}\n")
    (tmp_path / "release").mkdir()
    (tmp_path / "release" / "run.json").write_text(json.dumps({"policy": OFF}))
    return {"run": run, "release": tmp_path / "release", "policy": policy}


@pytest.mark.parametrize("kind", ["run", "release", "policy"])
def test_a_policy_is_found_by_whatever_names_it(named, kind):
    assert named_policy(str(named[kind])).recognisers_off == ["IMEI"]


def test_a_policy_of_the_package_has_a_name():
    assert named_policy("strict") is not None


def test_a_name_of_nothing_is_told_with_what_there_is():
    with pytest.raises(InputError, match="there is no such policy; give a file, or one of eu"):
        named_policy("nowhere")


def test_the_command_says_what_it_did_not_look_for(named, tmp_path):
    (tmp_path / "a.txt").write_text("imei 490154203237518")
    done = runs.endonym("pii", "scan", tmp_path / "a.txt", "--policy", named["policy"])
    assert done.returncode == 0, done.stderr
    assert "not looked for, by the policy: IMEI" in done.stdout
    assert runs.endonym("pii", "scan", tmp_path / "a.txt").returncode == 2
