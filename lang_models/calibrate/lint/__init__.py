"""What can be wrong with a profile: numbers that mean nothing, words of another language.

A table of limits made by a machine is believed because nobody reads it. FineWeb2 (2025,
arXiv:2506.20920) was published with a mean word length of 3,141 for Xhosa, and with the lowest
possible threshold for more than half of its languages. So each profile is looked at, those of
this package by a test, those of a programme by `endonym profiles check`.
"""

from lang_models.calibrate.lint import described, limits, stop_words
from lang_models.calibrate.lint.finding import Check, Finding
from lang_models.profile import ProfileFile

#: Every check, in the order in which its findings are told.
CHECKS: tuple[Check, ...] = (*limits.CHECKS, *stop_words.CHECKS, *described.CHECKS)

__all__ = ["CHECKS", "Check", "Finding", "lint"]


def lint(tag: str, profile: ProfileFile) -> tuple[Finding, ...]:
    """Everything that the checks find in a profile; nothing when it is sound.

    Args:
        tag: `xxx_Xxxx`.
        profile: what its file says.
    """
    return tuple(
        Finding(tag, check.name, level, text)
        for check in CHECKS
        for level, text in check.find(tag, profile)
    )
