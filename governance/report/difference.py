"""Two texts that were taken for copies, with the differences marked."""

from difflib import SequenceMatcher

from markupsafe import Markup, escape

from governance.report.excerpt import visible
from governance.report.render import masked

#: Code points of each text that are compared; what follows is told to be left out.
COMPARED_CHARS = 1_200


def marked(removed: str, kept: str) -> tuple[Markup, Markup]:
    """Both texts as inert HTML; words that only one of them has stand in `del` or `ins`.

    Args:
        removed: masked text of the copy.
        kept: masked text of the document kept in its place.

    Returns:
        The two, cut after `COMPARED_CHARS` code points.

    >>> [str(one) for one in marked("habari ya <b>", "habari za <b>")]
    ['habari <del>ya</del> &lt;b&gt;', 'habari <ins>za</ins> &lt;b&gt;']
    """
    left, right = _pieces(removed), _pieces(kept)
    told: tuple[list[Markup], list[Markup]] = ([], [])
    for what, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for place, words, sign in ((0, left[a:b], "del"), (1, right[c:d], "ins")):
            text = masked("".join(words))
            told[place].append(text if what == "equal" or not words else _in(sign, text))
    first, second = (Markup("").join(parts) for parts in told)
    return first + _rest(removed), second + _rest(kept)


def _in(sign: str, text: Markup) -> Markup:
    return Markup(f"<{sign}>{{}}</{sign}>").format(text)  # noqa: S704  # our own two names


def _rest(text: str) -> Markup:
    return escape(" ⋯") if len(text) > COMPARED_CHARS else Markup("")


def _pieces(text: str) -> list[str]:
    """Words with the white space between them; signs of scripts without spaces one by one."""
    shown = visible(text[:COMPARED_CHARS])
    found: list[str] = []
    for char in shown:
        joins = bool(found) and char.isspace() == found[-1][-1].isspace() and not _is_alone(char)
        if joins and not _is_alone(found[-1][-1]):
            found[-1] += char
        else:
            found.append(char)
    return found


def _is_alone(char: str) -> bool:
    """Han, Kana: written without spaces, and a sign is most of a word."""
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff"
