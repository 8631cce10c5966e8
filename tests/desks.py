"""A page with everything that can be decided, as the report marks it, for tests of the desk."""

import base64
import hashlib
from html import escape
from importlib.resources import files
from pathlib import Path

ASSETS = files("governance.report") / "assets"


def script_hash(script: str) -> str:
    """The hash of an inline script, as a content security policy names it."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def desk_page(path: Path, digest: str, controls: list[tuple[str, str, str | None]],
              release: str = "demo 1.0.0") -> Path:  # fmt: skip
    """Writes a page with a table of controls: kind, target and present value of each."""
    script = (ASSETS / "desk.js").read_text("utf-8")
    style = (ASSETS / "desk.css").read_text("utf-8")
    csp = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src '{script_hash(script)}';"
        " base-uri 'none'; form-action 'none'"
    )
    rows = "".join(
        f'<tr data-decide-kind="{kind}" data-decide-target="{escape(target)}"'
        + (f' data-decide-value="{escape(value)}"' if value is not None else "")
        + f"><th scope=row>{escape(target)}</th><td>a text of a document</td></tr>"
        for kind, target, value in controls
    )
    path.write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{csp}">'
        '<meta name="color-scheme" content="light dark">'
        f'<meta name="endonym-report" content="{digest}">'
        f'<meta name="endonym-release" content="{release}">'
        f"<title>A report</title><style>{style}</style></head><body><main><h1>A report</h1>"
        f"<table><caption>What can be decided</caption>{rows}</table></main>"
        f"<script>{script}</script></body></html>",
        encoding="utf-8",
    )
    return path
