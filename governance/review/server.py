"""Serves a release's report to stewards on this machine: loopback only, nobody without the token.

The address that is printed holds the token behind a `#`, where no server and no log sees it.
The first page hands it over once and gets a cookie for reading; whatever is written needs the
token itself in a header, which no foreign page can send. Requests whose `Host` or `Origin` is
another than ours are refused, so a foreign name that is made to point here gains nothing
(DNS rebinding). What can be asked for is a list made beforehand; a path is never put together.
"""

import hmac
import json
import re
import secrets
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

from governance.review.pages import script_hash
from governance.review.team import Team
from schemas.errors import InputError

LOOPBACK = ("127.0.0.1", "::1")
TOKEN_HEADER = "X-Endonym-Token"  # noqa: S105  # the name of a header
COOKIE = "endonym_session"
MOST_BODY_BYTES = 2_000_000
_SECONDS = 15
_TYPES = {
    ".html": "text/html; charset=utf-8", ".json": "application/json", ".css": "text/css",
    ".svg": "image/svg+xml", ".js": "text/javascript",
}  # fmt: skip
#: As it stands in a page, with quotes as they are or escaped.
_POLICY = re.compile(rb"default-src (?:'|&#39;)none(?:'|&#39;)")
#: A page from here may ask us, and nobody else.
_POLICY_HERE = b"default-src 'none'; connect-src 'self'"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True)
class Desk:
    """What is served.

    Args:
        pages: path of an address -> file on the disk.
        first: the path of the first page.
        team: keeps what stewards decide.
        token: needed for everything.
        session: value of the cookie that reading needs.
    """

    pages: Mapping[str, Path]
    first: str
    team: Team
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))


def pages_of(folders: Mapping[str, Path]) -> dict[str, Path]:
    """The files that may be asked for, by their addresses; links and hidden files are left out.

    Args:
        folders: beginning of the address -> folder.
    """
    found = {}
    for name, folder in folders.items():
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            is_plain = path.is_file() and not any(part.startswith(".") for part in parts)
            is_linked = any((folder / Path(*parts[:end])).is_symlink()
                            for end in range(1, len(parts) + 1))  # fmt: skip
            if is_plain and not is_linked and path.suffix in _TYPES:
                found[f"/{name}/{'/'.join(parts)}"] = path
    return found


def start(desk: Desk, host: str, port: int) -> ThreadingHTTPServer:
    """A server that listens on loopback and waits for `serve_forever`.

    Raises:
        InputError: the host is no loopback address, or the port is taken.
    """
    if host not in LOOPBACK:
        raise InputError(f"--host {host}: only {' or '.join(LOOPBACK)}; nobody else may connect")
    handler = type("_Bound", (_Handler,), {"desk": desk})
    server = _Loopback6 if ":" in host else _Loopback
    try:
        return server((host, port), handler)
    except OSError as error:
        raise InputError(f"{host} port {port}: {error.strerror}; choose another --port") from None


def address(server: ThreadingHTTPServer, desk: Desk) -> str:
    """The address to open, with its token."""
    return f"http://{_named(server)}/#token={desk.token}"


class _Loopback(ThreadingHTTPServer):
    daemon_threads = True
    address_family = socket.AF_INET


class _Loopback6(_Loopback):
    address_family = socket.AF_INET6


def _named(server: ThreadingHTTPServer) -> str:
    host, port = server.server_address[:2]
    return f"[{host!s}]:{port}" if ":" in str(host) else f"{host!s}:{port}"


class _Handler(BaseHTTPRequestHandler):
    """One request. Nothing of it is logged."""

    desk: Desk
    timeout = _SECONDS
    server: ThreadingHTTPServer
    server_version, sys_version = "endonym", ""

    def do_GET(self) -> None:
        """Pages for who has the session, decisions of all for who has the token."""
        if not self._is_ours():
            return
        if self.path == "/":
            self._send(HTTPStatus.OK, _first_page(self.desk.first), "text/html; charset=utf-8")
        elif self.path == "/api/decisions":
            if self._has_token():
                self._answer(self.desk.team.merged)
        elif not (self._has_session() or self._is_token()):
            self._refuse(HTTPStatus.FORBIDDEN, "open the address that the command printed")
        else:
            self._page()

    def do_POST(self) -> None:
        """Token in, cookie out."""
        if self._is_ours() and self._is_known("/api/session") and self._has_token():
            cookie = f"{COOKIE}={self.desk.session}; HttpOnly; SameSite=Strict; Path=/"
            self._send(HTTPStatus.NO_CONTENT, b"", "text/plain", {"Set-Cookie": cookie})

    def do_PUT(self) -> None:
        """Keeps what a steward has decided."""
        if not (self._is_ours() and self._is_known("/api/decisions") and self._has_token()):
            return
        body = self._body()
        if body is not None:
            self._answer(lambda: {"kept": self.desk.team.keep(body)})

    def log_message(self, *_: object) -> None:
        """Nothing: addresses and names of stewards belong into no log."""

    def _page(self) -> None:
        path = self.desk.pages.get(self.path)
        try:
            data = path.read_bytes() if path is not None and not path.is_symlink() else None
        except OSError:
            data = None
        if path is None or data is None:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such page")
            return
        if path.suffix == ".html":
            data = _POLICY.sub(_POLICY_HERE, data, count=1)
        self._send(HTTPStatus.OK, data, _TYPES[path.suffix])

    def _is_ours(self) -> bool:
        """Refuses requests to another name, or from another page than ours."""
        host = _named(self.server)
        port = host.rpartition(":")[2]
        names = {host, f"localhost:{port}"}
        hosts = self.headers.get_all("Host") or []
        origins = self.headers.get_all("Origin") or []
        sites = self.headers.get_all("Sec-Fetch-Site") or []
        is_named = len(hosts) == 1 and hosts[0] in names
        is_same = is_named and all(one == f"http://{hosts[0]}" for one in origins)
        if is_named and is_same and all(one in {"same-origin", "none"} for one in sites):
            return True
        self._refuse(HTTPStatus.FORBIDDEN, "this server answers only its own pages")
        return False

    def _is_known(self, path: str) -> bool:
        if self.path != path:
            self._refuse(HTTPStatus.NOT_FOUND, "there is no such address")
        return self.path == path

    def _is_token(self) -> bool:
        given = self.headers.get(TOKEN_HEADER) or ""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.desk.token.encode())

    def _has_token(self) -> bool:
        is_right = self._is_token()
        if not is_right:
            self._refuse(HTTPStatus.FORBIDDEN, "the token is missing or is not ours")
        return is_right

    def _has_session(self) -> bool:
        given = self.headers.get("Cookie") or ""
        values = [one.strip().partition("=") for one in given.split(";")]
        return any(
            name == COOKIE and hmac.compare_digest(value.encode(), self.desk.session.encode())
            for name, _, value in values
        )

    def _body(self) -> bytes | None:
        """The body, if its size is stated and is not too much; else the refusal is sent."""
        stated = self.headers.get_all("Content-Length") or []
        if len(stated) != 1 or not stated[0].isascii() or not stated[0].isdigit():
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "say how long it is")
            return None
        if self.headers.get("Transfer-Encoding") or int(stated[0]) > MOST_BODY_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "that is too much")
            return None
        if (self.headers.get("Content-Type") or "").partition(";")[0] != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send JSON")
            return None
        return self.rfile.read(int(stated[0]))

    def _answer(self, work: Callable[[], object]) -> None:
        try:
            told = work()
        except InputError as error:
            self._refuse(HTTPStatus.CONFLICT, str(error))
            return
        data = json.dumps(told, ensure_ascii=False).encode()
        self._send(HTTPStatus.OK, data, "application/json")

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self.close_connection = True
        self._send(status, json.dumps({"error": why}).encode(), "application/json")

    def _send(
        self, status: HTTPStatus, data: bytes, kind: str, more: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _first_page(first: str) -> bytes:
    """A page without any data: it hands the token over and goes on to the report."""
    script = (files("governance.review") / "assets" / "session.js").read_text("utf-8")
    script = script.replace("FIRST_PAGE", json.dumps(first).replace("<", "\\u003c"))
    policy = f"default-src 'none'; connect-src 'self'; script-src '{script_hash(script)}'"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        "<title>Endonym</title></head><body><p id=said>Opening the report …</p>"
        f"<script>{script}</script></body></html>"
    ).encode()
