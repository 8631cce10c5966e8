"""A run whose purpose, time or place is not allowed reads nothing."""

from datetime import date

import pytest

from pipelines import residency
from pipelines.load import load_run
from schemas.errors import InputError
from schemas.policy import Policy
from schemas.settings import RunSettings
from schemas.source import SourceCard
from tests import runs

CARD = {
    "id": "radio", "title": "Radio", "paths": ["a.jsonl"],
    "licence": {"declared": "CC-BY-4.0"}, "rights_basis": "licence",
    "custodian": {"name": "The archive", "contact": "archive@example.org"},
    "jurisdiction": "KE", "collected": {"from": "2026-01-01", "to": "2026-01-02", "how": "by hand"},
    "expires": None,
}  # fmt: skip
SETTINGS = {"name": "demo", "version": "1", "sources": ["a"], "output": "out"}


def _cards(**changes):
    return {"radio": (SourceCard.model_validate(CARD | changes), "/srv/cards")}


def _purposes(purpose=None, policy=None, **card):
    settings = RunSettings.model_validate(SETTINGS | {"purpose": purpose})
    return list(residency.purposes(settings, _cards(**card), policy or Policy()))


def test_a_source_is_used_for_what_it_was_given_for():
    assert _purposes("research", intended_uses=["research"]) == []
    assert _purposes("sale", intended_uses=["research"]) == [
        "source radio: may be used for research, not for sale; leave the card out"
    ]
    assert _purposes(intended_uses=["research"]) == [
        "source radio: may be used for research; say the run's `purpose`"
    ]


def test_a_policy_with_purposes_asks_for_one_of_them():
    policy = Policy(name="research", purposes=["research", "teaching"])
    assert _purposes("teaching", policy) == []
    assert len(_purposes(None, policy)) == len(_purposes("sale", policy)) == 1


@pytest.mark.parametrize("field", ["expires", "retention_until"])
def test_the_last_day_of_a_source_is_its_last(field):
    cards, stop = _cards(**{field: "2026-11-23"}), Policy(expired_source="stop")
    assert list(residency.expired(cards, stop, date(2026, 11, 23))) == []
    assert list(residency.expired(cards, stop, date(2026, 11, 24))) == [
        "source radio: its use ended on 2026-11-23; leave the card out"
    ]
    assert list(residency.expired(cards, Policy(), date(2026, 11, 24))) == []


def _places(policy, paths=None, options=(), **card):
    return list(residency.places(_cards(**card), policy, paths or {"output": "/srv/out"}, options))


def test_every_place_lies_within_the_zones():
    locations = {"/": "KE", "gs://away": "US", "us-east1": "US"}
    policy = Policy(residency_zones=["KE"], locations=locations)
    assert _places(policy) == []
    cards = _cards(paths=["gs://away/x"])
    paths = {"output": "gs://away/out"}
    told = list(residency.places(cards, policy, paths, ["--region=us-east1"]))
    assert [line.partition(":")[0] for line in told] == ["--region", "output", "source radio"]
    assert all("lies in US, outside the policy's residency zones (KE)" in line for line in told)


def test_a_place_that_nobody_knows_is_refused():
    policy = Policy(residency_zones=["KE"], locations={"gs://here": "KE"})
    assert "nobody knows where this place lies" in _places(policy, {"output": "gs://hereby/x"})[0]
    bare = Policy(residency_zones=["KE"])
    assert _places(bare) == []
    assert len(_places(bare, {"output": "s3://a/b"}, ["--temp_location=s3://a/t"])) == 2


def test_a_source_that_must_stay_stays():
    policy = Policy(locations={"/": "KE", "gs://eu": "FR"})
    assert _places(policy, residency_zone="KE") == []
    assert _places(policy, {"output": "gs://eu/out"}, residency_zone="KE") == [
        "source radio: must stay in KE, but output lies in FR"
    ]


def test_without_zones_every_place_will_do():
    assert _places(Policy(), {"output": "s3://anywhere"}) == []


def test_a_run_says_all_at_once_before_it_reads_anything(tmp_path):
    run = runs.make_run(tmp_path, ("india",), purpose="sale", policy="own.yaml")
    (tmp_path / "own.yaml").write_text("extends: kenya\npurposes: [research]\nlocations: {/: IN}\n")
    with pytest.raises(InputError) as caught:
        load_run(run, beam_options=["--temp_location=gs://b/t"])
    told = str(caught.value)
    for part in ("purpose: sale is not", "jurisdiction IN is outside", "output: lies in IN",
                 "staging: lies in IN", "--temp_location: nobody knows"):  # fmt: skip
        assert part in told, (part, told)
