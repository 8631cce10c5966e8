"""Rightholders who say no are heard, whichever way they say it, and whenever they said it."""

import json
from datetime import date

import polars as pl
import pytest

from governance.optouts import agents
from governance.optouts.judge import judge
from governance.optouts.page import signals
from governance.optouts.protocols import PROTOCOLS, ai_txt, content_usage, robots_txt, tdmrep
from schemas.opt_out_names import PROTOCOL_NAMES
from schemas.opt_outs import STATEMENTS
from schemas.rights_policy import OptOutRules
from schemas.source import SourceCard
from tests import runs

TODAY = date(2026, 11, 23)
CARD = {
    "id": "web", "title": "A crawl", "paths": ["a.warc"], "licence": {"declared": "CC0-1.0"},
    "rights_basis": "licence", "custodian": {"name": "The archive", "contact": "a@example.org"},
    "jurisdiction": "KE", "collected": {"from": "2026-10-01", "to": "2026-10-31", "how": "crawl"},
    "expires": None, "source_type": "crawl",
}  # fmt: skip
ALL = "User-agent: *\nDisallow:\n"
CLOSED = "User-agent: *\nDisallow: /\n"
NO_AI = "User-agent: *\nDisallow:\n\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n"


def _said(body, *, host="a.example.org", kind="robots.txt", day="2026-10-15", status=200):
    return ("web", host, kind, day, status, body, "00")


def _judged(urls, statements=(), *, told=(), rules=None, crawled=True, **card):
    pages = pl.DataFrame(
        {
            "url": urls,
            "date": ["2026-10-20T00:00:00Z"] * len(urls),
            "signals": list(told) or [""] * len(urls),
        },
        schema=dict.fromkeys(("url", "date", "signals"), pl.String),
    )
    known = pl.DataFrame(list(statements), schema=dict(STATEMENTS), orient="row")
    return judge(
        pages, known, SourceCard.model_validate(CARD | card), rules or OptOutRules(), TODAY,
        is_crawled=crawled,
    )  # fmt: skip


def _value(statements=(), url="https://a.example.org/habari", **options):
    return _judged([url], statements, **options).verdicts.row(0)[1:]


def test_every_protocol_of_the_policy_has_its_module_and_every_module_is_registered():
    assert tuple(one.name for one in PROTOCOLS) == PROTOCOL_NAMES
    folder = runs.ROOT / "governance" / "optouts" / "protocols"
    modules = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert modules == set(PROTOCOL_NAMES)
    assert all(one.source and one.title for one in PROTOCOLS)


def test_a_host_that_bars_an_agent_of_ai_bars_the_corpus():
    assert _value([_said(NO_AI)]) == ("deny", "robots-txt")
    ask = robots_txt.opened(NO_AI, ("CCBot", "GPTBot", "ClaudeBot"))
    assert ask("/x").said == "disallowed for CCBot, GPTBot"


@pytest.mark.parametrize(
    ("agent", "kinds", "expected"),
    [
        ("ClaudeBot", None, "deny"), ("DeepSeekBot", None, "deny"), ("YandexAdditional", None, "deny"),
        ("OAI-SearchBot", None, "allow"), ("ChatGPT-User", None, "allow"),
        ("OAI-SearchBot", ["training", "search"], "deny"), ("ChatGPT-User", ["user"], "deny"),
        ("ClaudeBot", ["user"], "allow"),
    ],
)  # fmt: skip
def test_names_are_asked_by_what_their_crawlers_come_for(agent, kinds, expected):
    rules = OptOutRules(agent_kinds=kinds) if kinds else None
    said = _said(f"User-agent: {agent}\nDisallow: /\nUser-agent: *\nAllow: /\n")
    assert _value([said], rules=rules)[0] == expected


def test_no_name_stands_in_two_lists_and_a_policy_can_name_every_kind():
    names = [name.lower() for name in agents.agents_of(list(agents.KINDS))]
    assert len(names) == len(set(names))
    told = OptOutRules.model_json_schema()["properties"]["agent_kinds"]["items"]["enum"]
    assert tuple(told) == agents.KINDS
    assert date.fromisoformat(agents.AS_OF)


def test_a_host_that_lets_everybody_in_is_held():
    assert _value([_said(ALL)]) == ("allow", None)


def test_without_any_answer_the_page_is_unknown():
    assert _value([]) == ("unknown", None)
    assert _value([_said(ALL, host="b.example.org")]) == ("unknown", None)


def test_an_address_without_a_host_is_unknown_in_a_crawl():
    assert _value([_said(ALL)], url=None) == ("unknown", None)


@pytest.mark.parametrize(
    ("status", "expected"), [(404, "allow"), (403, "allow"), (429, "unknown"), (503, "unknown")]
)
def test_a_missing_robots_txt_forbids_nothing_and_a_broken_server_is_unknown(status, expected):
    assert _value([_said("", status=status)])[0] == expected


def test_a_page_in_place_of_robots_txt_is_unknown():
    assert _value([_said("<!DOCTYPE html><p>Not found")])[0] == "unknown"


def test_what_a_host_says_later_binds_what_was_collected_before():
    assert _value([_said(ALL), _said(NO_AI, day="2026-11-20")]) == ("deny", "robots-txt")


def test_what_a_host_said_at_collection_binds_although_it_says_otherwise_now():
    assert _value([_said(NO_AI), _said(ALL, day="2026-11-20")])[0] == "deny"


def test_of_what_was_said_before_collection_only_the_last_word_counts():
    earlier = [_said(NO_AI, day="2026-01-01"), _said(ALL, day="2026-09-01")]
    assert _value(earlier)[0] == "allow"


def test_of_what_was_said_later_only_the_newest_word_counts():
    later = [_said(ALL), _said(NO_AI, day="2026-11-10"), _said(ALL, day="2026-11-20")]
    assert _value(later)[0] == "allow"


def test_an_answer_that_is_too_old_is_no_answer_but_an_old_no_is_a_no():
    rules = OptOutRules(max_age_days=10)
    assert _value([_said(ALL)], rules=rules)[0] == "stale"
    assert _value([_said(CLOSED)], rules=rules)[0] == "deny"
    assert _value([_said(ALL, day="2026-11-20")], rules=rules)[0] == "allow"


def test_one_no_wins_over_every_yes():
    files = [_said(ALL), _said("User-Agent: *\nDisallow: *.html\n", kind="ai.txt")]
    assert _value(files) == ("deny", "ai-txt")
    assert _value(files, rules=OptOutRules(protocols=["robots-txt"])) == ("allow", None)


@pytest.mark.parametrize(
    ("headers", "html", "expected"),
    [
        ([("X-Robots-Tag", "noindex, noai")], b"", ("noai", "deny")),
        ([("X-Robots-Tag", "otherbot: NoAI")], b"", ("noai", "deny")),
        ([("X-Robots-Tag", "noindex")], b"", None),
        ([("X-Robots-Tag", "noimageai")], b"", ("noai", "unknown")),
        ([], b"<META content='noai' NAME=robots>", ("noai", "deny")),
        ([("TDM-Reservation", "1")], b"", ("tdmrep", "deny")),
        ([("tdm-reservation", "1")], b'<meta name="tdm-reservation" content="0">',
         ("tdmrep", "allow")),
        ([("tdm-reservation", "0")], b'<meta name="tdm-reservation" content="1"/>',
         ("tdmrep", "deny")),
        ([("tdm-reservation", "1")], b'<meta name="tdm-reservation" content="maybe">',
         ("tdmrep", "deny")),
        ([("Content-Usage", "search=y, train-ai=n")], b"", ("content-usage", "deny")),
        ([("Content-Usage", "train-ai=y")], b"", ("content-usage", "allow")),
        ([("Content-Usage", "train-ai=N")], b"", ("content-usage", "unknown")),
    ],
)  # fmt: skip
def test_what_a_page_says_of_itself_is_read(headers, html, expected):
    found = json.loads(signals(headers, html) or "[]")
    assert [tuple(one[:2]) for one in found] == ([expected] if expected else [])


def test_a_page_that_reserves_itself_is_denied_even_outside_crawls():
    told = [signals([("X-Robots-Tag", "noai")])]
    assert _value([], url=None, told=told, crawled=False) == ("deny", "noai")
    assert _value([], url=None, crawled=False) == (None, None)


def test_the_page_has_the_last_word_on_tdm_and_the_file_the_first():
    reserved = _said('[{"location": "/*", "tdm-reservation": 1}]', kind="tdmrep.json")
    assert _value([_said(ALL), reserved]) == ("deny", "tdmrep")
    told = [signals([("tdm-reservation", "0")])]
    assert _value([_said(ALL), reserved], told=told) == ("allow", None)


def test_the_first_rule_of_tdmrep_that_fits_counts_and_odd_values_say_nothing():
    body = json.dumps([
        {"location": "/free/", "tdm-reservation": 0},
        {"location": "/*", "tdm-reservation": 1, "tdm-policy": "https://example.org/p.json"},
    ])  # fmt: skip
    ask = tdmrep.opened(body, ())
    assert (ask("/free/a").value, ask("/b").value) == ("allow", "deny")
    assert ask("/b").said == "tdm-reservation=1, with a policy"
    assert tdmrep.opened('[{"location": "/", "tdm-reservation": true}]', ())("/a") is None
    assert tdmrep.opened("{}", ())("/a").value == "unknown"


def test_content_usage_in_robots_txt_follows_the_longest_path_of_the_group():
    body = (
        "User-Agent: *\nAllow: /\nContent-Usage: train-ai=n\nContent-Usage: /wazi/ train-ai=y\n"
        "\nUser-Agent: somebot\nContent-Usage: train-ai=y\n"
    )
    ask = content_usage.opened(body, ("GPTBot",))
    assert (ask("/a").value, ask("/wazi/a").value) == ("deny", "allow")
    signal = content_usage.opened("User-agent: *\nContent-Signal: search=yes,ai-train=no", ())
    assert signal("/").value == "deny"
    assert content_usage.opened(ALL, ())("/") is None


def test_ai_txt_bars_pages_without_a_suffix_as_it_bars_html():
    ask = ai_txt.opened("User-Agent: *\nDisallow: *.html\nAllow: *.jpg\n", ("GPTBot",))
    assert [ask(path).value for path in ("/a", "/a.html", "/a.jpg")] == ["deny", "deny", "allow"]
    assert ai_txt.opened("Training: deny", ())("/a").value == "deny"


def test_a_right_of_another_kind_exempts_a_source_and_the_evidence_says_which():
    opt_outs = {"route": "licence", "reason": "the hosts licensed their text"}
    judged = _judged(["https://a.example.org/x"], [_said(CLOSED)], opt_outs=opt_outs)
    assert judged.verdicts["value"].to_list() == ["exempt"]
    decided = judged.evidence.filter(pl.col("protocol") == "decision")
    assert decided.select("value", "said").rows() == [("exempt", "held by licence")]


def test_a_route_that_the_policy_does_not_take_exempts_nobody():
    opt_outs = {"route": "article-3", "reason": "a library"}
    assert _value([_said(CLOSED)], opt_outs=opt_outs)[0] == "deny"
    rules = OptOutRules(exempt_routes=["article-3"])
    assert _value([_said(CLOSED)], opt_outs=opt_outs, rules=rules)[0] == "exempt"


@pytest.mark.parametrize(
    ("host", "expected"),
    [("a.example.org", "deny"), ("*.example.org", "deny"), ("*.a.example.org", "deny"),
     ("example.org", "exempt"), ("b.example.org", "exempt")],
)  # fmt: skip
def test_a_national_list_binds_exempt_sources_too(host, expected):
    opt_outs = {"route": "licence", "reason": "the hosts licensed their text"}
    listed = _said("/habari", host=host, kind="national-list")
    assert _value([listed], opt_outs=opt_outs)[0] == expected
    assert _value([listed], url="https://a.example.org/z", opt_outs=opt_outs)[0] == "exempt"


@pytest.mark.parametrize(
    "url",
    ["https://मेल.भारत/ख़बर", "http://xn--r2bi6d.xn--h2brj9c/%E0%A4%96", "HTTPS://U@मेल.भारत:443/ख़"],
)
def test_hosts_and_paths_in_other_scripts_are_the_same_in_every_spelling(url):
    said = _said("User-agent: *\nDisallow: /ख\n", host="xn--r2bi6d.xn--h2brj9c")
    assert _value([said], url=url)[0] == "deny"


def test_evidence_counts_documents_by_host_and_holds_no_address():
    urls = ["https://a.example.org/siri?x=1", "https://a.example.org/b", "https://b.example.org/"]
    judged = _judged(urls, [_said(ALL)])
    decided = judged.evidence.filter(pl.col("protocol") == "decision")
    assert decided.select("host", "value", "documents").rows() == [
        ("a.example.org", "allow", 2), ("b.example.org", "unknown", 1),
    ]  # fmt: skip
    robots = judged.evidence.filter(pl.col("protocol") == "robots-txt").row(0, named=True)
    assert (robots["documents"], robots["recheck_due"]) == (2, "2027-04-16")
    assert "siri" not in str(judged.evidence.to_dicts())


def test_a_rule_is_asked_once_for_each_distinct_path():
    asked = []
    rule = robots_txt.PROTOCOL.opened

    def counted(body, agents):
        ask = rule(body, agents)
        return lambda path: asked.append(path) or ask(path)

    object.__setattr__(robots_txt.PROTOCOL, "opened", counted)
    try:
        _judged(["https://a.example.org/once"] * 500, [_said(f"{ALL}# counted\n")])
    finally:
        object.__setattr__(robots_txt.PROTOCOL, "opened", rule)
    assert asked == ["/once"]


def test_no_pages_are_no_trouble():
    judged = _judged([], [_said(ALL)])
    assert (judged.verdicts.height, judged.evidence.height) == (0, 0)
