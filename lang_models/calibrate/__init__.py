"""Makes a language's profile from reference text: measures, proposes limits, lints, writes.

    sample      chooses the text
    measured    every quality measure, source by source, on documents and on pieces
    limits      a proposal for every limit, or the reason why the one for all languages stands
    stop_words, traits, neighbours   what else a profile tells of a language
    draft       the profile, with what a person set before
    lint        what is wrong with a profile, proposed or written by hand
    layout      the profile as the file that people read

docs/profiles.md says how it is used, and what the packaged ones are made of.
"""

from lang_models.calibrate.aim import Aim, Sample
from lang_models.calibrate.draft import Draft, calibrate
from lang_models.calibrate.layout import as_yaml
from lang_models.calibrate.lint import CHECKS, Finding, lint
from lang_models.calibrate.proposal import Proposal

__all__ = [
    "CHECKS",
    "Aim",
    "Draft",
    "Finding",
    "Proposal",
    "Sample",
    "as_yaml",
    "calibrate",
    "lint",
]
