"""Documents are judged by rights before anything else is done to them."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date
from threading import Barrier

import polars as pl
import pytest

from governance import rights
from governance.rights import admit, preferences, standing
from schemas.decision import UNDECIDED
from schemas.policy import Policy
from schemas.source import SourceCard

CARD = {
    "id": "radio", "title": "Radio", "paths": ["a.jsonl"],
    "licence": {"declared": "CC-BY-4.0"}, "rights_basis": "licence",
    "custodian": {"name": "The archive", "contact": "archive@example.org"},
    "jurisdiction": "KE", "collected": {"from": "2026-01-01", "to": "2026-01-02", "how": "by hand"},
    "expires": None,
}  # fmt: skip
TODAY = date(2026, 11, 23)


def _card(**changes):
    return SourceCard.model_validate(CARD | changes)


def _batch(*licences):
    frame = pl.DataFrame(
        {"text": ["Habari"] * len(licences), "licence": list(licences)},
        schema={"text": pl.String, "licence": pl.String},
    )
    return frame.with_columns(UNDECIDED)


def _rules(batch):
    decided = batch["decision"].struct
    return list(zip(decided.field("outcome"), decided.field("rule"), batch["text"], strict=True))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("CC-BY-4.0", "allowed"),
        ("cc-by-4.0", "allowed"),
        ("CC-BY-4.0 OR GPL-3.0-only", "allowed"),
        ("CC-BY-4.0 AND GPL-3.0-only", "denied"),
        ("(CC-BY-4.0 AND MIT) OR GPL-3.0-only", "allowed"),
        ("GPL-3.0-only", "denied"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "denied"),
        ("LicenseRef-national", "allowed"),
        ("LicenseRef-other", "unknown"),
        ("mixed-free (see package copyright)", "unknown"),
        ("All rights reserved", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        ("AND", "unknown"),
    ],
)
def test_a_licence_expression_has_one_standing(expression, expected):
    allowed = frozenset({"CC-BY-4.0", "MIT", "LicenseRef-national"})
    assert standing(expression, allowed, frozenset({"LicenseRef-national"})) == expected


def test_an_allowed_licence_passes_with_its_text():
    assert _rules(admit(_batch(None), _card(), Policy(), TODAY)) == [(None, None, "Habari")]


def test_an_unknown_licence_waits_in_quarantine_without_text():
    card = _card(licence={"declared": "see the website"})
    assert _rules(admit(_batch(None), card, Policy(), TODAY)) == [
        ("quarantined", "licence-unknown", None)
    ]


def test_a_licence_outside_the_policy_is_removed_without_text():
    card = _card(licence={"declared": "CC-BY-NC-4.0"})
    assert _rules(admit(_batch(None), card, Policy(), TODAY)) == [
        ("removed", "licence-not-allowed", None)
    ]


def test_the_last_day_of_use_still_counts_and_the_next_does_not():
    card = _card(expires="2026-11-23")
    assert _rules(admit(_batch(None), card, Policy(), TODAY)) == [(None, None, "Habari")]
    assert _rules(admit(_batch(None), card, Policy(), date(2026, 11, 24))) == [
        ("removed", "source-expired", None)
    ]


def test_each_record_is_judged_by_its_own_licence_where_it_has_one():
    card = _card(fields={"text": "text", "licence": "license"})
    batch = admit(_batch("CC0-1.0", None, "GPL-3.0-only"), card, Policy(), TODAY)
    assert [rule for _, rule, _ in _rules(batch)] == [
        None,
        "licence-unknown",
        "licence-not-allowed",
    ]
    assert batch["rights"].struct.field("declared").to_list() == ["CC0-1.0", None, "GPL-3.0-only"]


def test_what_the_rights_officer_concluded_speaks_for_the_whole_source():
    card = _card(
        fields={"text": "text", "licence": "license"},
        licence={"declared": "public-domain", "concluded": "CC0-1.0"},
    )
    batch = admit(_batch("public-domain", None), card, Policy(), TODAY)
    assert [rule for _, rule, _ in _rules(batch)] == [None, None]
    assert batch["rights"].struct.field("concluded").to_list() == ["CC0-1.0", "CC0-1.0"]


def test_the_policy_says_what_becomes_of_the_unknown():
    card = _card(licence={"declared": "?"})
    policy = Policy(unknown_licence="remove")
    assert _rules(admit(_batch(None), card, policy, TODAY))[0][0] == "removed"


def test_no_documents_are_no_trouble():
    assert admit(_batch(), _card(), Policy(), TODAY).height == 0


def test_among_licences_the_one_named_first_in_the_policy_is_preferred():
    licences = pl.Series(["CC0-1.0", "(GPL-3.0-only OR MIT)", "unheard-of", None])
    policy = Policy(allowed_licences=["CC0-1.0", "MIT"])
    assert preferences(licences, policy).to_list() == [0, 1, 126, 126]


@pytest.fixture
def busy_threads():
    """Threads that take turns as often as they can, so that what can go wrong does."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def _standings_in_threads(round_number):
    """What eight threads find that all come first to a policy that nobody has used yet."""
    allowed, own = frozenset({"CC-BY-4.0", "MIT"}), frozenset({f"LicenseRef-own-{round_number}"})
    rights._licensing(own)
    together = Barrier(8)

    def ask(_):
        together.wait()
        try:
            return standing("(CC-BY-4.0 AND MIT) OR GPL-2.0-only", allowed, own)
        except AttributeError as error:
            return type(error).__name__

    with ThreadPoolExecutor(8) as pool:
        return set(pool.map(ask, range(8)))


@pytest.mark.usefixtures("busy_threads")
def test_threads_that_parse_their_first_licence_at_once_agree():
    assert [_standings_in_threads(number) for number in range(10)] == [{"allowed"}] * 10


@pytest.mark.usefixtures("busy_threads")
def test_without_the_lock_they_do_not_agree(monkeypatch):
    """When this fails, license-expression can be used by threads and the lock may go."""
    monkeypatch.setattr(rights, "_PARSING", nullcontext())
    found = [_standings_in_threads(number) for number in range(100, 110)]
    assert found != [{"allowed"}] * 10
