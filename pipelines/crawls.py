"""Which sources were collected from the web, so that their hosts must be asked."""

from collections.abc import Iterable

from pipelines.formats import for_path
from schemas.source import SourceCard

_ARCHIVES = frozenset(("warc", "wet"))


def is_crawled(card: SourceCard, uris: Iterable[str] = ()) -> bool:
    """Whether a source is a crawl: by its type, or because it is a web archive.

    Args:
        card: of the source.
        uris: names of its files, or the patterns on the card.
    """
    formats = {card.format} if card.format else {f.name for u in uris if (f := for_path(u))}
    return card.source_type == "crawl" or bool(formats & _ARCHIVES)
