"""Arabic letters in the order of the eye: the last letter of each word first."""

from lang_models.legacy._legacy import Legacy, lines_that
from lang_models.spelling.arabic_forms import SHAPES, has_visual_order

LEGACY = Legacy(
    name="visual-order",
    suspect=SHAPES,
    share=lines_that(has_visual_order),
    about="Arabic script stored as shapes from left to right, as some programs read it out of PDF",
    source="the joining of the shapes, Unicode Character Database 17.0 (2025): a final shape "
    "before an initial one joins from left to right only",
)
