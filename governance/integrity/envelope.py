"""A signed JSON document: an in-toto Statement in a DSSE envelope, one line of JSON.

Source: DSSE 1.0.2 (in-toto attestation framework, 2021): the envelope and its
pre-authentication encoding; in-toto Statement v1 (2023).
"""

import base64
import binascii
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from governance.integrity import signature
from governance.integrity.canonical import canonical

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"


@dataclass(frozen=True)
class Signed:
    """An envelope as it was read.

    Args:
        payload: the bytes that were signed.
        content: the same as JSON.
        key: fingerprint of the key that the envelope names.
        signature: 64 bytes.
    """

    payload: bytes
    content: dict[str, Any]
    key: str
    signature: bytes

    def is_signed_by(self, public_key: Path) -> bool:
        """True when this key signed this payload and is the one that the envelope names.

        Raises:
            InputError: the key file is missing or is no key.
        """
        is_named = signature.fingerprint(public_key) == self.key
        return signature.verify(encoding(self.payload), self.signature, public_key) and is_named

    def is_signed_with(self, spki: bytes) -> bool:
        """The same for the DER bytes of a public key."""
        return signature.verify_with(encoding(self.payload), self.signature, spki)


def encoding(payload: bytes) -> bytes:
    """What is signed: type and payload with their lengths, so that neither passes for the other.

    >>> encoding(b"{}")
    b'DSSEv1 28 application/vnd.in-toto+json 2 {}'
    """
    kind = PAYLOAD_TYPE.encode("ascii")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def seal(content: dict[str, Any], private_key: Path) -> bytes:
    """The envelope around a document, one line with its end.

    Raises:
        InputError: the key cannot be used.
    """
    payload = canonical(content)
    made = Signed(payload, content, signature.fingerprint(private_key),
                  signature.sign(encoding(payload), private_key))  # fmt: skip
    return _line(made)


def open_envelope(line: bytes) -> Signed | None:
    """The envelope in a line exactly as `seal` writes it, or None; the signature is not judged."""
    try:
        found = json.loads(line)
        payload = base64.b64decode(found["payload"], validate=True)
        (one,) = found["signatures"]
        signed = Signed(payload, json.loads(payload), one["keyid"],
                        base64.b64decode(one["sig"], validate=True))  # fmt: skip
        is_same = _line(signed) == line and canonical(signed.content) == payload
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error):
        return None
    return signed if is_same and isinstance(signed.content, dict) else None


def _line(signed: Signed) -> bytes:
    record = {
        "payload": base64.b64encode(signed.payload).decode("ascii"),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [
            {"keyid": signed.key, "sig": base64.b64encode(signed.signature).decode("ascii")}
        ],
    }
    return canonical(record) + b"\n"
