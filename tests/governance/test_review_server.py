"""The team's server, asked over real sockets on loopback by friends and by foes."""

import http.client
import json
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from governance.decisions.files import read_files
from governance.review.server import MOST_BODY_BYTES, Desk, address, pages_of, start
from governance.review.team import Team
from schemas.errors import InputError
from tests import chromium, desks
from tests.decided import decision

DIGEST = "ab" * 32


@pytest.fixture
def served(tmp_path):
    """A server over a folder with one page and things that are nobody's business."""
    report = tmp_path / "release" / "report"
    (report / "deep").mkdir(parents=True)
    desks.desk_page(report / "index.html", DIGEST,
                    [("source", "radio", None), ("rule", "too-few-words", None)])  # fmt: skip
    (report / "deep" / "page.html").write_text("deep")
    (report / ".hidden.html").write_text("hidden")
    (tmp_path / "release" / "run.json").write_text('{"secret": 1}')
    (report / "link.html").symlink_to(tmp_path / "release" / "run.json")
    (report / "linked").symlink_to(tmp_path / "release")
    team = Team(tmp_path / "decisions", ("demo", "1.0.0"), DIGEST)
    desk = Desk(pages_of({"report": report}), "/report/index.html", team)
    with _running(desk) as server:
        yield server, desk


@contextmanager
def _running(desk, host="127.0.0.1"):
    server = start(desk, host, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _ask(server, method, path, body=None, **headers):
    host, port = server.server_address[:2]
    connection = http.client.HTTPConnection(host, port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers=named)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, data, answer.headers


def _file(name="A. Steward", role="steward", decisions=None, **more):
    given = [decision(1, "source", "radio", "drop")] if decisions is None else decisions
    return json.dumps({
        "schema": "endonym.decisions/1", "release": "demo", "version": "1.0.0",
        "report_digest": DIGEST, "made_by": {"name": name, "role": role}, "at": "2026-11-25",
        "decisions": given, **more,
    })  # fmt: skip


def _put(server, desk, body, **headers):
    return _ask(server, "PUT", "/api/decisions", body,
                **{"X-Endonym-Token": desk.token, "Content-Type": "application/json", **headers})  # fmt: skip


def _session(server, desk):
    _, _, headers = _ask(server, "POST", "/api/session", "", X_Endonym_Token=desk.token)
    return headers["Set-Cookie"].partition(";")[0]


def test_it_listens_on_loopback_only_and_refuses_other_hosts(served):
    server, desk = served
    assert server.server_address[0] == "127.0.0.1"
    for host in ("0.0.0.0", "", "::", "192.0.2.1", "example.org"):  # noqa: S104  # refused
        with pytest.raises(InputError, match=r"only 127\.0\.0\.1 or ::1"):
            start(desk, host, 0)
    with pytest.raises(InputError, match="choose another --port"):
        start(desk, "127.0.0.1", server.server_address[1])


def test_it_listens_on_the_loopback_of_ipv6_too(served):
    _, desk = served
    if not socket.has_ipv6:
        pytest.fail("this machine has no IPv6 to try")
    with _running(desk, "::1") as server:
        assert address(server, desk).startswith("http://[::1]:")
        assert _ask(server, "GET", "/")[0] == 200


def test_the_token_stands_behind_the_hash_and_in_no_page(served):
    server, desk = served
    assert address(server, desk).endswith(f"/#token={desk.token}")
    status, data, headers = _ask(server, "GET", "/")
    assert status == 200
    assert desk.token.encode() not in data
    assert desk.session.encode() not in data
    assert (headers["Cache-Control"], headers["X-Frame-Options"]) == ("no-store", "DENY")


@pytest.mark.parametrize("path", ["/report/index.html", "/report/deep/page.html", "/api/decisions"])
def test_without_token_or_session_nothing_is_read(served, path):
    server, desk = served
    assert _ask(server, "GET", path)[0] == 403
    assert _ask(server, "GET", path, X_Endonym_Token="wrong")[0] == 403  # noqa: S106
    assert _ask(server, "GET", path, X_Endonym_Token=desk.token[:-1])[0] == 403
    assert _ask(server, "GET", path, Cookie="endonym_session=wrong")[0] == 403
    assert _ask(server, "GET", path, X_Endonym_Token=desk.token)[0] == 200


def test_the_session_reads_pages_but_writes_and_lists_nothing(served):
    server, desk = served
    cookie = _session(server, desk)
    assert _ask(server, "GET", "/report/index.html", Cookie=cookie)[0] == 200
    assert _ask(server, "GET", "/api/decisions", Cookie=cookie)[0] == 403
    assert _ask(server, "PUT", "/api/decisions", _file(), Cookie=cookie,
                Content_Type="application/json")[0] == 403  # fmt: skip
    assert _ask(server, "POST", "/api/session", "", Cookie=cookie)[0] == 403


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "127.0.0.1.example.org:{port}",
                                  "localhost:1", "127.0.0.1:{port}@example.org"])  # fmt: skip
def test_another_name_for_this_machine_is_refused(served, host):
    server, desk = served
    named = host.format(port=server.server_address[1])
    assert _ask(server, "GET", "/", Host=named)[0] == 403
    assert _put(server, desk, _file(), Host=named)[0] == 403
    assert not desk.team.folder.exists()


@pytest.mark.parametrize("origin", ["http://example.org", "null", "https://127.0.0.1:{port}",
                                    "http://localhost:{port}", "http://127.0.0.1:1", "file://"])  # fmt: skip
def test_pages_from_elsewhere_are_refused(served, origin):
    server, desk = served
    named = origin.format(port=server.server_address[1])
    assert _put(server, desk, _file(), Origin=named)[0] == 403
    assert _put(server, desk, _file(), Sec_Fetch_Site="cross-site")[0] == 403
    own = f"http://127.0.0.1:{server.server_address[1]}"
    assert _put(server, desk, _file(), Origin=own, Sec_Fetch_Site="same-origin")[0] == 200


@pytest.mark.parametrize("path", [
    "/report/../run.json", "/report/%2e%2e/run.json", "/report/..%2frun.json", "/run.json",
    "/report/link.html", "/report/linked/run.json", "/report/.hidden.html", "//etc/passwd",
    "/report//index.html", "/report/index.html%00.html", "/report/index.html/", "/etc/passwd",
    "/report/index.html?x=1", "/report", "/report/", "/..",
])  # fmt: skip
def test_paths_that_were_not_listed_lead_nowhere(served, path):
    server, desk = served
    assert _ask(server, "GET", path, X_Endonym_Token=desk.token)[0] in {400, 404}


def test_a_page_that_becomes_a_link_is_not_followed(served, tmp_path):
    server, desk = served
    page = tmp_path / "release" / "report" / "deep" / "page.html"
    page.unlink()
    page.symlink_to(tmp_path / "release" / "run.json")
    assert _ask(server, "GET", "/report/deep/page.html", X_Endonym_Token=desk.token)[0] == 404


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "CONNECT"])
def test_other_methods_do_nothing(served, method):
    server, desk = served
    assert _ask(server, method, "/api/decisions", X_Endonym_Token=desk.token)[0] == 501


def test_bodies_that_are_too_large_or_of_unknown_size_are_refused(served):
    server, desk = served
    assert _raw(server, desk, f"Content-Length: {MOST_BODY_BYTES + 1}")[:12] == b"HTTP/1.0 413"
    assert _raw(server, desk, "Transfer-Encoding: chunked")[:12] == b"HTTP/1.0 411"
    assert _raw(server, desk, "Content-Length: 10\r\nContent-Length: 11")[:12] == b"HTTP/1.0 411"
    assert _raw(server, desk, "Content-Length: -1")[:12] == b"HTTP/1.0 411"
    assert _raw(server, desk, "Content-Length: 99999999999999")[:12] == b"HTTP/1.0 413"
    assert _put(server, desk, _file(), Content_Type="text/plain")[0] == 415
    assert not desk.team.folder.exists()


def _raw(server, desk, headers):
    host, port = server.server_address[:2]
    with socket.create_connection((host, port), timeout=10) as connection:
        head = (f"PUT /api/decisions HTTP/1.1\r\nHost: {host}:{port}\r\n{headers}\r\n"
                f"X-Endonym-Token: {desk.token}\r\nContent-Type: application/json\r\n\r\n")  # fmt: skip
        connection.sendall(head.encode())
        return connection.recv(4096)


@pytest.mark.parametrize("body", [
    "", "x", "[]", "{}", '{"schema": "endonym.decisions/1"}', "[" * 50_000,
    _file(decisions=[decision(1, "source", "Radio", "keep")]), _file(report_digest="cd" * 32),
    _file(release="other"),
])  # fmt: skip
def test_what_is_no_decision_on_this_report_is_refused_and_not_kept(served, body):
    server, desk = served
    status, data, _ = _put(server, desk, body)
    assert status == 409
    assert json.loads(data)["error"]
    assert not list(desk.team.folder.glob("steward-*"))


def test_every_steward_has_a_file_and_all_see_what_all_decided(served):
    server, desk = served
    _put(server, desk, _file("Ann Example"))
    other = [decision(2, "source", "radio", "approve"), decision(3, "rule", "short", "flag")]
    _put(server, desk, _file("Ben Example", "rights", other))
    _put(
        server,
        desk,
        _file("ann  example", decisions=[decision(1, "source", "radio", "quarantine")]),
    )
    files = sorted(desk.team.folder.glob("steward-*.json"))
    assert [path.name for path in files] == ["steward-01.json", "steward-02.json"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    told = json.loads(_ask(server, "GET", "/api/decisions", X_Endonym_Token=desk.token)[1])
    assert [(one["who"], one["target"], one["verdict"]) for one in told["decisions"]] == [
        ("steward ann  example", "radio", "quarantine"),
        ("rights Ben Example", "radio", "approve"), ("rights Ben Example", "short", "flag"),
    ]  # fmt: skip
    assert "says quarantine" in told["conflicts"][0]
    assert "says approve" in told["conflicts"][0]
    assert len(read_files(files)) == 2


def test_taking_everything_back_takes_the_file_away(served):
    server, desk = served
    _put(server, desk, _file())
    assert _put(server, desk, _file(decisions=[]))[0] == 200
    assert list(desk.team.folder.glob("*")) == []


def test_many_stewards_at_once_lose_nothing(served):
    server, desk = served
    failed = []

    def work(number):
        for round_ in range(8):
            mine = [decision(number * 100 + at, "rule", f"rule-{number}-{at}", "flag")
                    for at in range(round_ + 1)]  # fmt: skip
            if _put(server, desk, _file(f"Steward {number}", decisions=mine))[0] != 200:
                failed.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    files = read_files(sorted(desk.team.folder.glob("steward-*.json")))
    assert sorted(len(one.content.decisions) for one in files) == [8] * 6
    assert not list(desk.team.folder.glob(".*"))


def test_a_connection_that_says_nothing_does_not_stop_the_others(served):
    server, desk = served
    with socket.create_connection(server.server_address[:2]):
        begun = time.monotonic()
        assert _ask(server, "GET", "/report/index.html", X_Endonym_Token=desk.token)[0] == 200
        assert time.monotonic() - begun < 5


def test_nothing_of_a_request_is_logged(served, capfd):
    server, desk = served
    _ask(server, "GET", "/report/wanjiku@example.org", X_Endonym_Token=desk.token)
    _raw(server, desk, "nonsense")
    assert capfd.readouterr() == ("", "")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_two_stewards_decide_in_two_browsers_and_see_each_other(served):
    server, desk = served
    with (
        chromium.browser() as started,
        chromium.page(started) as ann,
        chromium.page(started) as ben,
    ):
        for page, name in ((ann, "Ann Example"), (ben, "Ben Example")):
            page.goto(address(server, desk))
            page.wait_for_selector(".desk")
            assert page.url.endswith("/report/index.html")
            page.get_by_text("Who decides, and what is decided").click()
            page.get_by_label("Your name").fill(name)
        ann.get_by_role("button", name="Decide: radio").click()
        ann.locator("fieldset.desk-form").get_by_label("Verdict").select_option("drop")
        ann.locator("fieldset.desk-form").get_by_role("button", name="Decide").click()
        ann.get_by_text("Saved for the team.").wait_for()
        ben.get_by_text("steward Ann Example: Drop").wait_for(timeout=15_000)
    (given,) = read_files(desk.team.folder.glob("steward-*.json"))
    assert given.who == "steward Ann Example"
