"""One span for every stretch of personal data, however many recognisers claim it."""

from typing import NamedTuple


class Span(NamedTuple):
    """A finding: code points `start` to `end` (exclusive), type, and strictness of the check."""

    start: int
    end: int
    type: str
    strictness: int


def settle(spans: list[Span]) -> list[Span]:
    """Spans in order without overlaps.

    Of spans that share a character the longest gives the type, of equally long
    ones the one with the stricter check; its span grows over the others, since
    half of somebody's number is still a piece of it. No spans: an empty list.

    >>> settle([Span(0, 9, "PHONE_NUMBER", 2), Span(4, 16, "CREDIT_CARD", 4)])
    [Span(start=0, end=16, type='CREDIT_CARD', strictness=4)]
    """
    if len(spans) < 2:
        return spans
    settled: list[Span] = []
    cluster: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if cluster and span.start >= max(member.end for member in cluster):
            settled.append(_union(cluster))
            cluster = []
        cluster.append(span)
    return [*settled, _union(cluster)] if cluster else settled


def _union(cluster: list[Span]) -> Span:
    winner = max(cluster, key=lambda span: (span.end - span.start, span.strictness, span.type))
    start, end = min(span.start for span in cluster), max(span.end for span in cluster)
    return Span(start, end, winner.type, winner.strictness)
