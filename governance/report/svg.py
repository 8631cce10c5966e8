"""Small charts as inline SVG: no script, no asset, colours by class so that they follow the page.

Every chart has a spoken label, and stands beside a table with the same numbers.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape


def stacked(parts: Sequence[tuple[str, float, str]], label: str) -> Markup:
    """A bar of parts, as long as the page is wide.

    Args:
        parts: name, size and colour class of each part. Nothing at all: an empty bar.
        label: read out instead of the chart.
    """
    total = sum(size for _, size, _ in parts) or 1
    drawn, left = [], 0.0
    for name, size, colour in parts:
        width = 1000 * size / total
        title = f"<title>{escape(name)}</title>"
        drawn.append(_rect(left, 0, width, 24, colour, title))
        left += width
    return _svg(1000, 24, "".join(drawn), label, "stacked", stretch=True)


def meter(share: float, colour: str, label: str) -> Markup:
    """A share of a whole as a short bar, for a cell of a table."""
    width = 100 * min(max(share, 0.0), 1.0)
    drawn = _rect(0, 0, 100, 8, "track") + _rect(0, 0, width, 8, colour)
    return _svg(100, 8, drawn, label, "meter", stretch=True)


def histogram(counts: Sequence[int], label: str) -> Markup:
    """Bars from 0 to 1, each as high as its count beside the greatest.

    A count above zero is always at least a hair high, so that a few are not none.
    """
    top = max(counts, default=0) or 1
    step = 120 / max(len(counts), 1)
    bars = []
    for place, count in enumerate(counts):
        height = max(28 * count / top, 1.5) if count else 0
        bars.append(_rect(place * step + 0.5, 28 - height, step - 1, height, "bar"))
    axis = [_rect(0, 28, 120, 1, "tick"), *(_rect(x, 29, 1, 2, "tick") for x in (0, 59.5, 119))]
    return _svg(120, 31, "".join(bars + axis), label, "histogram")


def curve(points: Sequence[tuple[float, float]], mark: float, label: str) -> Markup:
    """A line over 0 to 1 in both directions, with a mark at one place.

    Args:
        points: x and y, from left to right.
        mark: x of the mark.
        label: read out instead of the chart.
    """
    at = 40 + 240 * mark
    return _plot(points, (at, 10, at, 130), label)


def reliability(points: Sequence[tuple[float, float]], label: str) -> Markup:
    """A line over 0 to 1 in both directions, beside the diagonal that it should follow.

    Args:
        points: mean score and share right, from left to right.
        label: read out instead of the chart.
    """
    return _plot(points, (40, 130, 280, 10), label)


def _plot(
    points: Sequence[tuple[float, float]], mark: tuple[float, float, float, float], label: str
) -> Markup:
    path = " ".join(f"{40 + 240 * x:.1f},{130 - 120 * y:.1f}" for x, y in points)
    left, top, right, bottom = mark
    line = f'x1="{left:.1f}" y1="{top:.1f}" x2="{right:.1f}" y2="{bottom:.1f}"'
    drawn = [f'<polyline class="curve" points="{path}"/>', f'<line class="mark" {line}/>']
    drawn.append('<line class="axis" x1="40" y1="130" x2="280" y2="130"/>')
    drawn.append('<line class="axis" x1="40" y1="10" x2="40" y2="130"/>')
    for value in (0, 0.5, 1):
        drawn.append(_text(40 + 240 * value, 146, f"{value:g}", "middle"))
        drawn.append(_text(34, 134 - 120 * value, f"{value:g}", "end"))
    return _svg(300, 152, "".join(drawn), label, "plot")


def flow(stages: Sequence[tuple[str, int, int, int]], label: str) -> Markup:
    """What passes each stage, and what it holds back, stage under stage.

    Args:
        stages: name, documents passed on, quarantined and removed there.
        label: read out instead of the chart.
    """
    read = max((sum(counts) for _, *counts in stages), default=0) or 1
    drawn = []
    for place, (name, out, held, removed) in enumerate(stages):
        top = place * 26
        drawn.append(_text(118, top + 16, name, "end"))
        left = 130.0
        for count, colour in ((out, "released"), (held, "quarantined"), (removed, "removed")):
            width = 560 * count / read
            drawn.append(_rect(left, top + 4, width, 16, colour))
            left += width
    return _svg(700, max(len(stages) * 26, 1), "".join(drawn), label, "flow")


def _svg(
    width: float, height: float, inner: str, label: str, kind: str, *, stretch: bool = False
) -> Markup:
    fit = ' preserveAspectRatio="none"' if stretch else ""
    return Markup(  # noqa: S704  # numbers and escaped names only
        f'<svg class="{kind}" viewBox="0 0 {width:g} {height:g}"{fit} role="img"'
        f' aria-label="{escape(label)}">{inner}</svg>'
    )


def _rect(  # a rectangle has four sides
    left: float, top: float, width: float, height: float, colour: str, inner: str = ""
) -> str:
    if width <= 0 or height <= 0:
        return ""
    place = f'x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}"'
    return f'<rect class="{colour}" {place}>{inner}</rect>'


def _text(left: float, top: float, text: str, anchor: str) -> str:
    return f'<text x="{left:g}" y="{top:g}" text-anchor="{anchor}">{escape(text)}</text>'
