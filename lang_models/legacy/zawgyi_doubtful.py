"""Burmese that is neither Unicode nor Zawgyi throughout: lines with signs of both."""

from lang_models.legacy._legacy import Legacy, share_of_lines
from lang_models.spelling.burmese import SUSPECT, is_doubtful


def _share(text: str) -> float:
    lines = text.split("\n")
    return share_of_lines(lines, [is_doubtful(line) for line in lines])


LEGACY = Legacy(
    name="zawgyi-doubtful",
    suspect=SUSPECT,
    share=_share,
    about="Burmese lines that still have signs of Zawgyi after normalising: half mended, or both "
    "encodings in one line",
    source="the signs of `lang_models.spelling.burmese` (measured 2026-11-25)",
)
