"""The page that lists every recogniser and every national number: docs/recognisers.md.

`python -m governance.pii.catalogue > docs/recognisers.md` writes it anew; a test
fails while the page and the registry differ.
"""

import sys
from itertools import groupby

from governance.pii.national_ids import Entry, entries
from governance.pii.recognisers import RECOGNISERS

_HEAD = """\
# What is found and masked

Each line is one recogniser, one file in `governance/pii/recognisers/`. What it finds is
replaced by its type in brackets: `[PHONE_NUMBER]`. Digits of every script count as digits.

| personal data | written as | what is found | source |
| --- | --- | --- | --- |
"""
_NUMBERS = """
## National identity and tax numbers

A number stands without a cue word where the source's country is the right one and its check
leaves little to chance ("bare"); some in their official way of writing only ("written");
the others after a cue word only ("cue"). "By chance" is the share of random numbers of the
same shape that pass the check, measured on 20,000 each. A number whose day of birth lies ahead
counts too, so what is masked does not depend on the day of the run.

The check is a module of python-stdnum; `own/…` is one of `governance/pii/number_checks/`, whose
files name the sources; `shape/…` has none that is public, and only its cue word, its letters or
its official way of writing tell it. Where neither a law, an authority's page, a standard, a package
nor an article could be found, the source says so, and the number needs a cue word.

| country | number | check | stands | by chance | source |
| --- | --- | --- | --- | --- | --- |
"""


def markdown() -> str:
    """The page, with a table of recognisers and one of national numbers by country."""
    kinds = [f"| {r.name} | `[{r.type}]` | {r.description} | {r.source} |\n" for r in RECOGNISERS]
    numbers = [
        f"| {country} | {entry.name} | `{entry.module}` | {_stands(entry)} |"
        f" {entry.chance_share:.2%} | {entry.source} |\n"
        for country, group in groupby(entries(), key=lambda entry: entry.country)
        for entry in group
    ]
    return _HEAD + "".join(kinds) + _NUMBERS + "".join(numbers)


def _stands(entry: Entry) -> str:
    if entry.is_bare:
        return "bare"
    return "written" if entry.written else "cue"


if __name__ == "__main__":
    sys.stdout.write(markdown())
