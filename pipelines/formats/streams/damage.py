"""The one exception of the streams: the bytes end here, and why. It never leaves the formats."""


class DamagedError(Exception):
    """A stream that cannot be read any further.

    Args:
        reason: failure code of the record that stands for the rest of the stream.
        since: all unpacked bytes before this one are sound. Bytes behind it may have
            been passed on before the damage showed.
    """

    def __init__(self, reason: str, since: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.since = since
