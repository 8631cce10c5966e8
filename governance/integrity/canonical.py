"""One spelling of a JSON value, so that its digest and its signature mean one thing."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:  # noqa: ANN401  # whatever JSON can hold
    r"""The bytes of a JSON value: sorted keys, no spaces, ASCII, no NaN.

    The same choice as RFC 8785 (2020) for the values used here; other than there, numbers
    are spelled as Python spells them, and characters outside ASCII as `\u` escapes.

    >>> canonical({"b": 1, "a": "ä"})
    b'{"a":"\\u00e4","b":1}'
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("ascii")


def digest_of(value: Any) -> str:  # noqa: ANN401
    """sha256 of the canonical bytes, 64 hexadecimal characters.

    >>> digest_of({})[:8]
    '44136fa3'
    """
    return hashlib.sha256(canonical(value)).hexdigest()
