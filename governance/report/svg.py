"""Small charts as inline SVG: no script, no asset, colours by class so that they follow the page.

Every chart has a spoken label, and stands beside a table with the same numbers.
"""

from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

#: As much of a name as stands beside a bar.
_NAME_CHARS = 22


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
    """A share of a whole as a short bar, for a cell of a table.

    Without a label it is not read out: the number stands in the cell beside it.
    """
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


def bars(rows: Sequence[tuple[str, float]], label: str) -> Markup:
    """Named bars under each other, each as long as its size beside the greatest.

    Args:
        rows: name and size. None at all: an empty chart.
        label: read out instead of the chart.
    """
    top = max((size for _, size in rows), default=0) or 1
    drawn = []
    for place, (name, size) in enumerate(rows):
        drawn.append(_text(218, place * 24 + 16, _short(name), "end"))
        drawn.append(_rect(230, place * 24 + 4, max(380 * size / top, 1.5), 15, "bar"))
        drawn.append(_text(236 + 380 * size / top, place * 24 + 16, f"{size:,.0f}", "start"))
    return _svg(700, max(len(rows) * 24, 1), "".join(drawn), label, "flow")


def intervals(rows: Sequence[tuple[str, float, float, float]], label: str) -> Markup:
    """Points with their intervals on a scale from 0 to 1, under each other.

    Args:
        rows: name, value, lower and upper bound.
        label: read out instead of the chart.
    """
    drawn = []
    for place, (name, value, low, high) in enumerate(rows):
        y = place * 24 + 12
        left, right = 230 + 420 * low, 230 + 420 * high
        drawn.append(_text(218, y + 4, _short(name), "end"))
        drawn.append(_rect(230, y, 420, 1, "track"))
        drawn.append(_rect(left, y - 1.5, max(right - left, 1), 4, "bar"))
        drawn.append(_rect(230 + 420 * value - 2, y - 6, 4, 13, "dot"))
    bottom = len(rows) * 24 + 14
    drawn += [_text(230 + 420 * at, bottom, f"{at:g}", "middle") for at in (0, 0.5, 1)]
    return _svg(700, bottom + 4, "".join(drawn), label, "flow")


def heat(names: Sequence[str], counts: Mapping[tuple[str, str], int], label: str) -> Markup:
    """Counts by two names as a square of fields, the darker the more.

    Args:
        names: of the rows and the columns.
        counts: by row and column.
        label: read out instead of the chart.
    """
    top = max((counts.get((row, column), 0) for row in names for column in names), default=0) or 1
    drawn = []
    for y, row in enumerate(names):
        drawn.append(_text(142, 122 + y * 26 + 17, _short(row), "end"))
        turned = f'transform="rotate(-60 {165 + y * 26} 114)"'
        drawn.append(f'<text x="{165 + y * 26}" y="114" {turned}>{escape(_short(row))}</text>')
        for x, column in enumerate(names):
            count = counts.get((row, column), 0)
            step = 0 if not count else 1 + int(3.99 * count / top)
            told = f"<title>{escape(row)}, {escape(column)}: {count:,}</title>"
            drawn.append(_rect(150 + x * 26, 122 + y * 26, 25, 25, f"heat-{step}", told))
    side = 26 * len(names)
    return _svg(150 + side + 70, 126 + side, "".join(drawn), label, "heat")


def spread(counts: Sequence[int], before: Sequence[int], label: str) -> Markup:
    """A histogram with the shape of an earlier one as a line over it; both to the same height.

    Args:
        counts: documents by bar.
        before: the same of the earlier release; empty when there is none.
        label: read out instead of the chart.
    """
    step = 240 / max(len(counts), 1)
    top, old = max(counts, default=0) or 1, max(before, default=0) or 1
    drawn = [
        _rect(place * step + 0.5, 60 - max(56 * count / top, 1.5), step - 1,
              max(56 * count / top, 1.5), "bar")
        for place, count in enumerate(counts) if count
    ]  # fmt: skip
    if any(before):
        path = " ".join(f"{(place + 0.5) * step:.1f},{60 - 56 * count / old:.1f}"
                        for place, count in enumerate(before))  # fmt: skip
        drawn.append(f'<polyline class="before" points="{path}"/>')
    drawn.append(_rect(0, 60, 240, 1, "tick"))
    return _svg(240, 62, "".join(drawn), label, "spread")


def try_link(tag: str, rule: str, words: str) -> Markup:
    """A link that sets the movable limit of the page to a language and a rule."""
    return Markup('<a href="#move" data-what-if="{}|{}">{}</a>').format(tag, rule, words)


def _short(name: str) -> str:
    return name if len(name) <= _NAME_CHARS else f"{name[: _NAME_CHARS - 1]}…"


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
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(  # noqa: S704  # numbers and escaped names only
        f'<svg class="{kind}" viewBox="0 0 {width:g} {height:g}"{fit} {said}>{inner}</svg>'
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
