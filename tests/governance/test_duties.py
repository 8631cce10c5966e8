"""Duties follow from the licence, and a licence from what was concluded for the host."""

from datetime import date

import polars as pl
import pytest

from governance.duties import duties, mixed_share_alike, of_licence
from governance.rights import admit
from schemas.decision import UNDECIDED
from schemas.policy import OPEN_LICENCES, Policy
from schemas.source import SourceCard

ALLOWED = ["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "GPL-3.0-only", "LicenseRef-own"]
OWN = frozenset({"LicenseRef-own"})


def test_every_open_licence_of_the_default_policy_is_in_the_table():
    assert [name for name in OPEN_LICENCES if of_licence(name) is None] == []


@pytest.mark.parametrize(
    ("expression", "licences", "owed", "unknown"),
    [
        ("CC-BY-4.0", ("CC-BY-4.0",), ("attribution",), ()),
        ("CC-BY-SA-4.0 OR CC0-1.0", ("CC0-1.0",), (), ()),
        ("CC-BY-4.0 AND GPL-3.0-only", ("CC-BY-4.0", "GPL-3.0-only"),
         ("attribution", "notice", "share-alike"), ()),
        ("MIT OR CC-BY-4.0", ("CC-BY-4.0",), ("attribution",), ()),
        ("LicenseRef-own", ("LicenseRef-own",), (), ("LicenseRef-own",)),
    ],
)  # fmt: skip
def test_of_alternatives_the_best_counts_and_parts_add_up(expression, licences, owed, unknown):
    found = duties(expression, ALLOWED, OWN)
    assert (found.licences, found.duties, found.unknown) == (licences, owed, unknown)


@pytest.mark.parametrize("expression", ["MIT", "see the website", "", None])
def test_what_is_not_allowed_has_no_duties_to_carry_out(expression):
    assert duties(expression, ALLOWED, OWN) is None


def test_share_alike_licences_that_cannot_be_mixed_are_told_apart():
    assert mixed_share_alike(["CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0"]) == ("CC-BY-SA",)
    assert mixed_share_alike(["CC-BY-SA-4.0", "ODbL-1.0"]) == ("CC-BY-SA", "ODbL")


def test_what_was_concluded_for_a_host_counts_before_the_source():
    hosts = [
        {"host": "example.org", "concluded": "CC0-1.0"},
        {"host": "shut.example.org", "concluded": "CC-BY-NC-4.0"},
        {"host": "cover.example.com", "concluded": "CC0-1.0", "scope": "packaging"},
    ]
    card = SourceCard.model_validate({
        "id": "web", "title": "A crawl", "paths": ["a.jsonl"], "rights_basis": "licence",
        "licence": {"declared": "?", "hosts": hosts}, "jurisdiction": "KE", "expires": None,
        "custodian": {"name": "The archive", "contact": "a@example.org"},
        "collected": {"from": "2026-10-01", "to": "2026-10-31", "how": "crawl"},
    })  # fmt: skip
    names = ("example.org", "www.example.org", "a.shut.example.org", "cover.example.com")
    batch = pl.DataFrame(
        {"text": ["Habari"] * 4, "licence": [None] * 4,
         "source": [{"url": f"https://{name}/x"} for name in names]},
        schema_overrides={"licence": pl.String},
    ).with_columns(UNDECIDED)  # fmt: skip
    judged = admit(batch, card, Policy(), date(2026, 11, 23))
    assert judged["rights"].struct.field("concluded").to_list() == [
        "CC0-1.0", "CC0-1.0", "CC-BY-NC-4.0", "?",
    ]  # fmt: skip
    assert judged["decision"].struct.field("rule").to_list() == [
        None, None, "licence-not-allowed", "licence-unknown",
    ]  # fmt: skip
