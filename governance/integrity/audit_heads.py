"""Signed heads of the audit log: what it ended with, so that it cannot be cut or made anew.

A chain alone can be written again from any entry on by whoever can write the file. A head
that was signed, or that a released statement names, cannot be met by another chain.
"""

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from governance.integrity import signature
from governance.integrity.audit_entry import Head
from governance.integrity.audit_file import append_line, cut_torn_line, read_lines
from governance.integrity.canonical import canonical

HEADS = "heads.jsonl"
#: Stands before what is signed, so that a head is never mistaken for another document.
_CONTEXT = b"endonym audit head 1\n"


@dataclass(frozen=True)
class SignedHead:
    """A head with the fingerprint of the key that signed it and the signature (base64)."""

    seq: int
    hash: str
    key: str
    signature: str

    def is_signed_by(self, public_key: Path) -> bool:
        """True when this key signed this head.

        Raises:
            InputError: the key file is missing or is no key.
        """
        try:
            signed = base64.b64decode(self.signature, validate=True)
        except (binascii.Error, ValueError):
            return False
        payload = _payload(self.seq, self.hash, self.key)
        return signature.verify(payload, signed, public_key)


def add_head(folder: Path, head: Head, private_key: Path) -> SignedHead:
    """Signs a head and adds it to `heads.jsonl`; the caller holds the log's lock.

    Raises:
        InputError: the key cannot be used.
    """
    key = signature.fingerprint(private_key)
    signed = signature.sign(_payload(head.seq, head.hash, key), private_key)
    made = SignedHead(head.seq, head.hash, key, base64.b64encode(signed).decode("ascii"))
    path = folder / HEADS
    if path.exists():
        cut_torn_line(path)
    append_line(path, canonical(asdict(made)))
    return made


def read_heads(folder: Path) -> list[SignedHead | None]:
    """The signed heads in order, None for a line that is no head.

    What a killed process left half written at the end is left out: the head was not signed.
    """
    lines = [line for line in read_lines(folder / HEADS) if line.endswith(b"\n")]
    return [_head(line) for line in lines]


def _head(line: bytes) -> SignedHead | None:
    try:
        head = SignedHead(**json.loads(line))
    except (ValueError, TypeError, RecursionError):
        return None
    kinds = {"seq": int, "hash": str, "key": str, "signature": str}
    is_head = all(type(getattr(head, name)) is kind for name, kind in kinds.items())
    return head if is_head else None


def _payload(seq: int, head_hash: str, key: str) -> bytes:
    return _CONTEXT + canonical({"hash": head_hash, "key": key, "seq": seq})
