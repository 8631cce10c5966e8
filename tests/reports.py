"""What a report says of a release, for tests: its page, its numbers and its text."""

import json
import re
from html.parser import HTMLParser

import polars as pl

from governance.report import write_report


def as_it_is(text, _language, _country):
    return pl.DataFrame({"text": text})


def nothing(_text, _language, _country):
    return pl.DataFrame(schema={"type": pl.String})


def write(release):
    """The page and the numbers of a report."""
    path = write_report(release, scrub=as_it_is)
    facts = json.loads((release / "report/report.json").read_text(encoding="utf-8"))
    return path.read_text(encoding="utf-8"), facts


class Page(HTMLParser):
    """Tags with their attributes, and the visible text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.open = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def of(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def text_of(html):
    return re.sub(r"\s+", " ", "".join(Page(html).words))
