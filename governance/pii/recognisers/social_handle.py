"""Accounts of social networks after their name: "Instagram: @amina.j", "推特 @example".

An at sign and two to thirty letters, digits, dots and underscores. Without the name of a
network, or a word for a user name, before it, an at sign may begin anything and stays.

Source: the networks' rules for user names: X (15), Instagram (30), Telegram (5 to 32), TikTok
(24), as published 2026-11.
"""

import re
from collections.abc import Iterator

from governance.pii.kinds import CUED
from governance.pii.recogniser import Recogniser, Window

_HANDLE = re.compile(r"(?<![0-9A-Za-z_@./])@[0-9A-Za-z_](?:[0-9A-Za-z_]|\.(?=[0-9A-Za-z_])){1,31}")
_NOT_AFTER = re.compile(r"[0-9A-Za-z_@/({]|\.[0-9A-Za-z]")
_REACH_CHARS = 24


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of handles, at sign included, close after a cue word."""
    for match in _HANDLE.finditer(window.text):
        window.spend(1)
        if _NOT_AFTER.match(window.text, match.end()):
            continue
        if window.has_cue("handle", match.start(), _REACH_CHARS):
            yield match.span()


RECOGNISER = Recogniser(
    name="Social handle",
    type="SOCIAL_HANDLE",
    anchors=CUED,
    strictness=1,
    find=find,
    description="User names with an at sign after the name of a network.",
    source="the networks' rules for user names, 2026-11",
)
