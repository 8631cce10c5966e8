"""Policies by name and by path, one extending another."""

import pytest

from schemas.errors import InputError
from schemas.policy import Policy
from schemas.policy_packs import names, read_policy


@pytest.mark.parametrize("name", names())
def test_every_policy_of_the_package_can_be_used_by_name(name, tmp_path):
    assert read_policy(name, tmp_path).name == name


def test_strict_is_what_a_run_has_without_any_policy(tmp_path):
    assert read_policy("strict", tmp_path) == Policy()


def test_a_policy_replaces_only_what_it_says(tmp_path):
    (tmp_path / "own.yaml").write_text("extends: eu\nname: own\nopt_outs: {denied: quarantine}\n")
    own, eu = read_policy("own.yaml", tmp_path), read_policy("eu", tmp_path)
    assert own.opt_outs == eu.opt_outs.model_copy(update={"denied": "quarantine"})
    assert own.residency_zones == eu.residency_zones
    assert own.signoff.roles == ["steward", "privacy", "rights"]


def test_research_may_hold_what_is_not_for_money_and_says_for_what(tmp_path):
    research = read_policy("research", tmp_path)
    assert "CC-BY-NC-4.0" in research.allowed_licences
    assert "research" in research.purposes
    assert "article-3" in research.opt_outs.exempt_routes


def test_all_mistakes_of_all_files_are_told_with_their_lines(tmp_path):
    (tmp_path / "a.yaml").write_text("extends: b.yaml\nunknown_licence: maybe\n")
    (tmp_path / "b.yaml").write_text("extends: strict\n\nopt_outs: {unknow: keep}\n")
    with pytest.raises(InputError) as caught:
        read_policy("a.yaml", tmp_path)
    assert "a.yaml:2: unknown_licence" in str(caught.value)
    assert "b.yaml:3: opt_outs.unknow: there is no such key; known keys here" in str(caught.value)


def test_a_circle_and_a_missing_policy_are_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("extends: b.yaml\n")
    (tmp_path / "b.yaml").write_text("extends: a.yaml\n")
    with pytest.raises(InputError, match="end the circle"):
        read_policy("a.yaml", tmp_path)
    with pytest.raises(InputError, match="one of eu, kenya, research, strict"):
        read_policy("moon", tmp_path)


def test_files_that_a_policy_names_lie_beside_it(tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "steward.pub").write_text("x")
    (tmp_path / "p" / "own.yaml").write_text(
        "opt_outs: {national_lists: [list.yaml]}\n"
        "signoff: {roles: [steward], keys: {steward: [steward.pub, SHA256:abc]}}\n"
    )
    policy = read_policy("p/own.yaml", tmp_path)
    assert policy.opt_outs.national_lists == [str(tmp_path / "p" / "list.yaml")]
    assert policy.signoff.keys["steward"] == [str(tmp_path / "p" / "steward.pub"), "SHA256:abc"]
