"""Signatures with Ed25519, and the keys for them: PEM files, named by path.

A private key is read where it signs and never copied, logged or printed; a public key is
known by its fingerprint, the sha256 of its standard form (SubjectPublicKeyInfo, DER).

Source: Ed25519 is RFC 8032 (2017); the key files are PKCS #8 (RFC 5958, 2010) and
SubjectPublicKeyInfo (RFC 8410, 2018) in PEM (RFC 7468, 2015).
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

PUBLIC_SUFFIX = ".pub.pem"


@dataclass(frozen=True)
class NewKeys:
    """A pair of keys as it was made: two files and the fingerprint of the public one."""

    private: Path
    public: Path
    fingerprint: str


def new_keys(private: Path) -> NewKeys:
    """Makes a pair of keys: `NAME.pem`, readable by its owner alone, and `NAME.pub.pem`.

    Raises:
        InputError: one of the files is there already, or cannot be written.
    """
    from cryptography.hazmat.primitives import serialization as forms  # noqa: PLC0415  # slow
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )

    public = private.with_name(private.name.removesuffix(".pem") + PUBLIC_SUFFIX)
    for path in (private, public):
        if os.path.lexists(path):
            raise InputError(f"{path}: is there already; a key is never written over")
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption())
    shown = key.public_key().public_bytes(
        forms.Encoding.PEM, forms.PublicFormat.SubjectPublicKeyInfo
    )
    _create(private, secret, 0o600)
    _create(public, shown, 0o644)
    return NewKeys(private, public, fingerprint(public))


def sign(payload: bytes, private_key: Path) -> bytes:
    """The signature of some bytes, 64 bytes.

    Raises:
        InputError: the key file is missing, others may read it, or it is no Ed25519 key.
    """
    return _private(private_key).sign(payload)


def verify(payload: bytes, signature: bytes, public_key: Path) -> bool:
    """True when this key signed exactly these bytes.

    Raises:
        InputError: the key file is missing or is no Ed25519 public key.
    """
    return _is_signed(payload, signature, _public(public_key))


def verify_with(payload: bytes, signature: bytes, spki: bytes) -> bool:
    """As `verify`, for a public key as its DER bytes; False when they are no key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415  # slow
        Ed25519PublicKey,
    )
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        load_der_public_key,
    )

    try:
        key = load_der_public_key(spki)
    except ValueError:
        return False
    return isinstance(key, Ed25519PublicKey) and _is_signed(payload, signature, key)


def public_bytes(key_file: Path) -> bytes:
    """The public key of a private or public PEM file, as DER bytes (SubjectPublicKeyInfo).

    Raises:
        InputError: the file is missing or holds no Ed25519 key.
    """
    from cryptography.hazmat.primitives import serialization as forms  # noqa: PLC0415  # slow

    is_private = b"PRIVATE KEY" in _read(key_file)
    key = _private(key_file).public_key() if is_private else _public(key_file)
    return key.public_bytes(forms.Encoding.DER, forms.PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key_file: Path) -> str:
    """What a public key is known by, from the PEM file of either key: `sha256:` and 64 hex digits.

    Raises:
        InputError: the file is missing or holds no Ed25519 key.
    """
    return fingerprint_of(public_bytes(key_file))


def fingerprint_of(spki: bytes) -> str:
    """As `fingerprint`, for the DER bytes of a public key."""
    return f"sha256:{hashlib.sha256(spki).hexdigest()}"


def _is_signed(payload: bytes, signature: bytes, key: "Ed25519PublicKey") -> bool:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # slow

    try:
        key.verify(signature, payload)
    except InvalidSignature:
        return False
    return True


def _private(path: Path) -> "Ed25519PrivateKey":
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # slow
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PrivateKey,
    )
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        load_pem_private_key,
    )

    data = _read(path)
    if path.stat().st_mode & 0o077:
        raise InputError(f"{path}: others may read this private key; chmod 600 it")
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise InputError(
            f"{path}: is no private key without a password; endonym keys new makes one"
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError(f"{path}: is a private key of another kind; Ed25519 is needed")
    return key


def _public(path: Path) -> "Ed25519PublicKey":
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  # slow
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415
        load_pem_public_key,
    )

    data = _read(path)
    if b"PRIVATE KEY" in data:
        raise InputError(f"{path}: is a private key; give the public one, *{PUBLIC_SUFFIX}")
    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        raise InputError(f"{path}: is no public key in PEM; give *{PUBLIC_SUFFIX}") from None
    if not isinstance(key, Ed25519PublicKey):
        raise InputError(f"{path}: is a public key of another kind; Ed25519 is needed")
    return key


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such key file") from None
    except OSError as error:
        raise InputError(f"{path}: the key file cannot be read ({error.strerror})") from None


def _create(path: Path, data: bytes, mode: int) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
