"""The keyed list of what was taken down and must not come back.

One Arrow file for each case. Addresses, ids and texts stand there as HMACs; the shingles of a
text under a secret permutation (AES with a key of its own, cut to 64 bits), which leaves the
Jaccard similarity of two texts what it was, and how much of one stands in another. So near
copies are known again exactly as duplicates are, pages that embed a text too, and whoever has
the list but not the key can test no guess against it. What it does tell is how many documents
there are, and about how long.

Source: HMAC is FIPS 198-1 (2008); AES is FIPS 197, a pseudo-random permutation; similarity
as in docs/duplicates.md.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl

from governance.keys import Keyring
from governance.takedown import addresses
from schemas.errors import InputError

PURPOSE, SHINGLES_PURPOSE = "suppression", "suppression-shingles"
#: Changes when texts or addresses are brought into another spelling before they are keyed.
NORMALISER = "1"
_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "kind": pl.String,
    "digest": pl.Binary,
    "words": pl.Int64,
    "shingles": pl.List(pl.UInt64),
    "key_id": pl.String,
    "normaliser": pl.String,
}
SCHEMA = pl.Schema(_COLUMNS)
#: Kinds of places; those of `MASKED` are seen only after personal data was masked.
PLACES = ("url", "native_id", "host", "prefix", "source")
MASKED = ("masked_url", "masked_native_id")
_BLOCK_BYTES = 16
#: A text or passage of fewer shingles (twelve words) is not looked for inside others: so much
#: alike are greetings, menus and formulas. Decision of 2026-11-25.
LEAST_PART_SHINGLES = 8


@dataclass(frozen=True)
class SuppressionList:
    """The list as a run reads it: once in a process.

    Args:
        digest: of all its files.
        entries: rows of `SCHEMA`.
        keyring: of the programme.
    """

    digest: str
    entries: pl.DataFrame
    keyring: Keyring

    def digests(self, kind: str) -> frozenset[bytes]:
        """The keyed digests of a kind."""
        return frozenset(self.entries.filter(pl.col("kind") == kind)["digest"].to_list())

    def near(self) -> tuple[np.ndarray, np.ndarray]:
        """The keyed shingles of all texts, uint64 and ascending in each, and their starts."""
        return self._shingles(("near",))

    def parts(self) -> tuple[np.ndarray, np.ndarray]:
        """The same of all texts and of all passages that were quoted, if they are long enough.

        A page that holds so few words of a text says nothing of that text.
        """
        return self._shingles(("near", "passage"), LEAST_PART_SHINGLES)

    def _shingles(self, kinds: Iterable[str], least: int = 0) -> tuple[np.ndarray, np.ndarray]:
        chosen = pl.col("kind").is_in(list(kinds)) & (pl.col("shingles").list.len() >= least)
        lists = self.entries.filter(chosen)["shingles"]
        starts = np.concatenate([[0], lists.list.len().to_numpy()]).cumsum().astype(np.int64)
        return lists.explode().drop_nulls().to_numpy().astype(np.uint64), starts


def keyed(keyring: Keyring, kind: str, values: Iterable[bytes]) -> list[bytes]:
    """The digest of every value, 32 bytes, in order; kinds never share one."""
    key = keyring.derive(PURPOSE)
    head = f"{NORMALISER}\0{kind}\0".encode()
    return [hmac.digest(key, head + value, "sha256") for value in values]


def keyed_shingles(keyring: Keyring, hashes: np.ndarray) -> np.ndarray:
    """32-bit shingle hashes under the secret permutation, uint64, in order.

    Args:
        keyring: of the programme.
        hashes: uint32.
    """
    from cryptography.hazmat.primitives.ciphers import (  # noqa: PLC0415  # slow to import
        Cipher,
        algorithms,
        modes,
    )

    blocks = np.zeros((len(hashes), _BLOCK_BYTES // 4), "<u4")
    blocks[:, 0] = hashes
    # Each block stands for itself on purpose: equal shingles must stay equal.
    cipher = Cipher(algorithms.AES(keyring.derive(SHINGLES_PURPOSE)), modes.ECB())  # noqa: S305
    done = cipher.encryptor().update(blocks.tobytes())
    return np.frombuffer(done, "<u8")[::2].astype(np.uint64)


def key_id(keyring: Keyring) -> str:
    """Eight characters that tell the keys of lists apart."""
    return keyring.derive(f"{PURPOSE}-id").hex()[:8]


def write(folder: Path, case: str, entries: pl.DataFrame, keyring: Keyring) -> None:
    """Writes the entries of a case; the same entries give the same bytes.

    Args:
        folder: `corpus.state / "suppression"`.
        case: id of the case.
        entries: kind, digest, words, shingles.
        keyring: of the programme.
    """
    whole = entries.with_columns(
        pl.lit(key_id(keyring)).alias("key_id"), pl.lit(NORMALISER).alias("normaliser")
    ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    order = whole.select(
        "kind", "digest", pl.col("shingles").cast(pl.List(pl.String)).list.join(" ")
    )
    ranked = whole.with_columns(order["shingles"].alias("_order"))
    ordered = ranked.unique(maintain_order=False).sort("kind", "digest", "_order").drop("_order")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = folder / f".{case}.partial"
    ordered.write_ipc(partial, compression="zstd", compat_level=pl.CompatLevel.oldest())
    partial.chmod(0o600)
    partial.replace(folder / f"{case}.arrow")


def digest_of(folder: Path) -> str | None:
    """The digest of the list in a folder; None when there is none."""
    paths = sorted(folder.glob("[!.]*.arrow"))
    if not paths:
        return None
    content = hashlib.sha256()
    for path in paths:
        content.update(hashlib.sha256(path.read_bytes()).digest())
    return content.hexdigest()


@lru_cache(maxsize=2)
def load(folder: Path, digest: str, keyring: Keyring) -> SuppressionList:
    """The list in a folder, as it was when its digest was taken.

    Raises:
        InputError: it has changed since, cannot be read, or was made with another key.
    """
    if digest_of(folder) != digest:
        raise InputError(
            f"{folder}: the suppression list changed while the run was at work; start it again"
        )
    paths = sorted(folder.glob("[!.]*.arrow"))
    try:
        parts = [pl.read_ipc(path) for path in paths]
        entries = pl.concat([SCHEMA.to_frame(), *parts])
    except (OSError, pl.exceptions.PolarsError):
        raise InputError(f"{folder}: the suppression list is damaged; restore it") from None
    strangers = set(entries["key_id"].to_list()) - {key_id(keyring)}
    if strangers:
        raise InputError(
            f"{folder}: the suppression list was made with another key"
            f" ({', '.join(sorted(strangers))}); give the key that it was made with"
        )
    return SuppressionList(digest, entries, keyring)


def blocked_places(listed: SuppressionList, source: pl.Series, *, is_masked: bool) -> pl.Series:
    """Which documents lie where nothing may be taken from any more.

    Args:
        listed: the list.
        source: the column `source` of a batch.
        is_masked: whether personal data in it was masked already.

    Returns:
        Booleans, never null.
    """
    field = source.struct.field
    found = pl.Series("blocked", [False]).new_from_index(0, len(source))
    pages: pl.Series | None = None
    for kind in MASKED if is_masked else PLACES:
        digests = listed.digests(kind)
        if not digests:
            continue
        if kind in {"native_id", "masked_native_id"}:
            values = _with_source(source)
        elif kind == "source":
            values = field("id")
        else:
            pages = addresses.pages(field("url")) if pages is None else pages
            values = pages
        found |= _blocked(listed.keyring, kind, values, digests)
    return found


def _with_source(source: pl.Series) -> pl.Series:
    frame = source.struct.unnest()
    return frame.select(pl.concat_str("id", "native_id", separator="\0").alias("value"))["value"]


_COVERING = {"host": addresses.hosts_covering, "prefix": addresses.prefixes_covering}


def _blocked(
    keyring: Keyring, kind: str, values: pl.Series, digests: frozenset[bytes]
) -> pl.Series:
    once = values.drop_nulls().unique().rename("value")
    names = _COVERING[kind](once) if kind in _COVERING else once
    table = pl.DataFrame({"value": once, "name": names})
    table = table.explode("name") if kind in _COVERING else table
    table = table.drop_nulls("name")
    distinct = table["name"].unique().to_list()
    digest_of_name = keyed(keyring, kind, (name.encode() for name in distinct))
    bad = [name for name, one in zip(distinct, digest_of_name, strict=True) if one in digests]
    blocked = table.filter(pl.col("name").is_in(bad))["value"].unique()
    return values.is_in(blocked.implode()).fill_null(value=False)
