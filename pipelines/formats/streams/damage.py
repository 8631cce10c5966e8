"""The one exception of the streams: the bytes end here, and why. It never leaves the formats."""


class DamagedError(Exception):
    """A stream that cannot be read any further.

    Args:
        reason: failure code of the record that stands for the rest of the stream.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
