"""What a report says of a release, for tests: its page, its numbers and its text."""

import json
import re
from html.parser import HTMLParser

import polars as pl

from governance.report import make_report


def as_it_is(text, _language, _country):
    return pl.DataFrame({"text": text})


def nothing(_text, _language, _country):
    return pl.DataFrame(schema={"type": pl.String})


def write(release, **options):
    """Every page of a report, one after the other, and the facts that they show; nothing is written."""
    made = make_report(release, scrub=options.pop("scrub", as_it_is), **options)
    return "\n".join(made.pages.values()), made.facts


def metrics(release):
    """The numbers of a report by name."""
    return json.loads(make_report(release, scrub=as_it_is).twin)["metrics"]


def crowd(first, *, of=12):
    """Rows of the same source as the first ones, so many that passages may be shown of it."""
    from tests.documents import row

    source = first[0]["source"]["id"]
    others = [row(9000 + number, "hau_Latn", f"Wasu kalmomi {number}") for number in range(of)]
    for one in others:
        one["source"]["id"] = source
    return [*first, *others]


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
