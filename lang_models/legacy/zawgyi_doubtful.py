"""Burmese that is neither Unicode nor Zawgyi throughout: lines with signs of both."""

from lang_models.legacy._legacy import Legacy, lines_that
from lang_models.spelling.burmese import SUSPECT, is_doubtful

LEGACY = Legacy(
    name="zawgyi-doubtful",
    suspect=SUSPECT,
    share=lines_that(is_doubtful),
    about="Burmese lines that still have signs of Zawgyi after normalising: half mended, or both "
    "encodings in one line",
    source="the signs of `lang_models.spelling.burmese` (measured 2026-11-25)",
)
