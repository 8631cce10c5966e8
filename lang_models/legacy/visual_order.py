"""Arabic letters in the order of the eye: the last letter of each word first."""

from lang_models.legacy._legacy import Legacy, share_of_lines
from lang_models.spelling.arabic_forms import SHAPES, has_visual_order


def _share(text: str) -> float:
    lines = text.split("\n")
    return share_of_lines(lines, [has_visual_order(line) for line in lines])


LEGACY = Legacy(
    name="visual-order",
    suspect=SHAPES,
    share=_share,
    about="Arabic script stored as shapes from left to right, as some programs read it out of PDF",
    source="the joining of the shapes, Unicode Character Database 17.0 (2025): a final shape "
    "before an initial one joins from left to right only",
)
