"""The passages of a page, read back from its HTML: for those who must know what a report shows."""

from html.parser import HTMLParser


def passages(html: str) -> list[str]:
    """The texts of the passages of a page of the report, without markup.

    Args:
        html: a page as `governance.report` writes it.

    >>> passages('<p>told</p><div class="text" dir="ltr">Habari <mark>[X]</mark></div>')
    ['Habari [X]']
    """
    reader = _Reader()
    reader.feed(html)
    return ["".join(parts) for parts in reader.found]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self._open = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "div":
            return
        if self._open:
            self._open += 1
        elif ("class", "text") in attrs:
            self._open = 1
            self.found.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._open:
            self._open -= 1

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1].append(data)
