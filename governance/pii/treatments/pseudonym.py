"""The same name for the same value in a whole release, and another one in the next.

HMAC-SHA-256 with a key of its own for every type and release, cut to 128 bits and written in
the letters a to p, so that no recogniser finds a number in it. Whoever holds the key can test
guesses, and equal values can be counted: this is for work inside, not for a public release.

Source: RFC 2104 (HMAC), NIST SP 800-107 (at least 128 bits are left), RFC 5869 (a key each).
"""

import hmac

from governance.keys import Keyring
from governance.pii.treatments.treatment import Treatment, Value
from schemas.privacy import PSEUDONYM

#: What a pseudonym looks like; the first group is its type.
PATTERN = r"\[([A-Z]+(?:_[A-Z]+)*):[a-p]{32}\]"
_BYTES = 16
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def purpose(kind: str, release: str) -> str:
    """What the key of a type in a release is derived for."""
    return f"pseudonym:{kind}:{release}"


def key_id(keyring: Keyring, kind: str, release: str) -> str:
    """Eight characters that tell the keys of types and releases apart, and say nothing of them."""
    return keyring.derive(f"{purpose(kind, release)}:id").hex()[:8]


def _replace(value: Value) -> str:
    key = value.keyring.derive(purpose(value.type, value.release))
    digest = hmac.digest(key, value.identity.encode(), "sha256")[:_BYTES]
    return f"[{value.type}:{digest.hex().translate(_LETTERS)}]"


TREATMENT = Treatment(
    PSEUDONYM, (), is_unique=False, replace=_replace, source="RFC 2104, NIST SP 800-107"
)
