"""Addresses of crypto wallets: Bitcoin and its kin, Ethereum and its kin.

Base58 addresses (Bitcoin, Litecoin, Dogecoin, Dash, Tron, XRP) by their four bytes of SHA-256,
bech32 ones (bc1…, ltc1…) by their checksum; Ethereum's by `0x` and forty hexadecimal digits
that are no run of one digit. Transaction ids (64 digits) and commit ids (no `0x`) stay.

Source: Bitcoin Base58Check; BIP 173 and BIP 350; EIP-55 (form; its capitals are not asked for);
XRP Ledger base58 alphabet.
"""

import hashlib
import re
from collections.abc import Iterator

from governance.pii.kinds import KEY
from governance.pii.recogniser import Recogniser, Window

_BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BASE58 = re.compile(r"(?<![0-9A-Za-z])[13LMDXTr][1-9A-HJ-NP-Za-km-z]{24,34}(?![0-9A-Za-z])")
_BECH32 = re.compile(
    r"(?<![0-9A-Za-z])(?:bc|BC|tb|ltc|LTC)1[02-9A-HJ-NP-Zac-hj-np-z]{8,87}(?![0-9A-Za-z])"
)
_ETHEREUM = re.compile(r"(?<![0-9A-Za-z])0x[0-9A-Fa-f]{40}(?![0-9A-Za-z])")
_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_ENDS = frozenset({1, 0x2BC830A3})
_FEWEST_DIFFERENT = 8
_BASE58_UNITS, _BECH32_UNITS = 8, 40


def find(window: Window) -> Iterator[tuple[int, int]]:
    """Spans of wallet addresses whose checksum is right."""
    text = window.text
    for match in _BASE58.finditer(text):
        window.spend(_BASE58_UNITS)
        if _is_base58(match.group()):
            yield match.span()
    for match in _BECH32.finditer(text):
        window.spend(_BECH32_UNITS)
        if _is_bech32(match.group()):
            yield match.span()
    for match in _ETHEREUM.finditer(text):
        if len(set(match.group().lower())) >= _FEWEST_DIFFERENT:
            yield match.span()


def _is_base58(address: str) -> bool:
    """Whether 21 bytes end with the first four of their double SHA-256.

    >>> _is_base58("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")
    True
    """
    alphabet = _RIPPLE if address[0] == "r" else _BITCOIN
    value = 0
    for char in address:
        value = value * 58 + alphabet.index(char)
    if value.bit_length() > 200:
        return False
    raw = value.to_bytes(25)
    once = hashlib.sha256(raw[:21]).digest()
    return hashlib.sha256(once).digest()[:4] == raw[21:]


def _is_bech32(address: str) -> bool:
    """Whether the checksum of BIP 173 or BIP 350 is right.

    >>> _is_bech32("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4")
    True
    """
    if address not in (address.lower(), address.upper()):
        return False
    human, _, data = address.lower().rpartition("1")
    values = [ord(char) >> 5 for char in human] + [0] + [ord(char) & 31 for char in human]
    check = 1
    for value in (*values, *(_CHARSET.index(char) for char in data)):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            check ^= generator if top >> place & 1 else 0
    return check in _BECH32_ENDS


RECOGNISER = Recogniser(
    name="Crypto wallet",
    type="CRYPTO_WALLET",
    anchors=KEY,
    strictness=5,
    find=find,
    description="Base58 and bech32 addresses by their checksum, Ethereum's by form.",
    source="Base58Check, BIP 173, BIP 350, EIP-55",
)
