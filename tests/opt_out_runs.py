"""A small crawl as a WARC, with what its hosts and pages reserve, for tests of opt-outs."""

import io
from pathlib import Path

import yaml

from tests import runs

#: Public domain: the first article of the Universal Declaration of Human Rights, by language.
TEXT = (
    "Watu wote wamezaliwa huru, hadhi na haki zao ni sawa. Wote wamejaliwa akili na dhamiri, hivyo"
    " yapasa watendeane kindugu. Kila mtu anastahili kuwa na haki zote na uhuru wote."
)


def page(url, *, headers="", metas="", text=TEXT, day="2026-10-02"):
    body = f"<html><head>{metas}<title>Ukurasa</title></head><body><p>{text}</p></body></html>"
    return url, headers, body, day, "text/html"


def file(url, body, *, day="2026-10-01"):
    return url, "", body, day, "text/plain"


def write_warc(path: Path, entries) -> Path:
    """The entries as responses of a WARC that is not packed."""
    out = io.BytesIO()
    for url, headers, body, day, kind in entries:
        raw = body.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n{headers}"
        block = f"{head}Content-Length: {len(raw)}\r\n\r\n".encode() + raw
        fields = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Date: {day}T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        out.write(fields.encode() + block + b"\r\n\r\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())
    return path


def card(folder: Path, **changes) -> Path:
    """The card of the crawl, beside a run file over it alone."""
    made = {
        "id": "web", "title": "A crawl made for the tests", "paths": ["../text/web/*.warc"],
        "licence": {"declared": "CC0-1.0", "concluded": "CC0-1.0", "evidence": "made for tests"},
        "rights_basis": "licence",
        "custodian": {"name": "The tests", "contact": "tests@example.org"},
        "jurisdiction": "INT",
        "collected": {"from": "2026-10-01", "to": "2026-10-03", "how": "written by the tests"},
        "expires": None, "source_type": "crawl", **changes,
    }  # fmt: skip
    path = folder / "sources" / "web.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(made), encoding="utf-8")
    return path


def crawl(folder: Path, entries, policy=None, **changes) -> Path:
    """A run file over such a crawl."""
    run = runs.make_run(folder, (), **({"policy": policy} if policy else {}))
    write_warc(folder / "text" / "web" / "a.warc", entries)
    card(folder, **changes)
    return run
