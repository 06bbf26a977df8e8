"""Room `stores`: texts are sealed here, and found again by a blind index.

A sealed text is an envelope (`connectors.envelopes`): algorithm, key version, nonce, ciphertext. Its
*context* names the column it belongs to ("registry_person.id_number") and is authenticated with it.

A blind index is a keyed hash of the normalised text, `v<version>:<32 hexadecimal digits>`: HMAC-SHA256
(or HMAC-SM3, by the key's algorithm) cut to 128 bits, the least that RFC 2104 §5 allows. Two columns with the
same index context can be matched with each other, others can't. While a key rotates, rows carry the index of
either version: ask for `blind_indexes(value, context)`, never for one.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from wangge.platform.connectors import envelopes
from wangge.platform.connectors.envelopes import DoesNotOpen, derive
from wangge.platform.connectors.keys import FIELDS, HMAC_SM3, INDEX, Key, key_store

__all__ = [
    "INDEX_LENGTH",
    "DoesNotOpen",
    "Sealed",
    "blind_index",
    "blind_index_column",
    "blind_indexes",
    "is_stale",
    "normalised",
    "seal",
    "seal_column",
    "unseal",
    "unseal_column",
]

# "v65535:" and 32 digits, the longest index there can be.
INDEX_LENGTH = 39
_BLOCK = 64


class Sealed(str):
    """A text that came out of a sealed column: an ordinary `str` whose repr does not show it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed text>"


def seal(text: str, context: str) -> bytes:
    """Seal one text for its context."""
    return envelopes.seal(key_store().current(FIELDS), text.encode(), context)


def unseal(sealed: bytes, context: str) -> str:
    """Open one sealed text. Raises `DoesNotOpen`, or `KeyStoreError` where its key is gone."""
    return Sealed(envelopes.unseal(_field_key, sealed, context).decode())


def seal_column(values: Iterable[str | None], context: str) -> list[bytes | None]:
    """Seal a column at once (several hundred thousand a second); None stays None."""
    data = [None if value is None else value.encode() for value in values]
    return envelopes.seal_many(key_store().current(FIELDS), data, context)


def unseal_column(values: Iterable[bytes | None], context: str) -> list[str | None]:
    """Open a column at once; None stays None. Raises as `unseal` does, at the first value that fails."""
    opened = envelopes.unseal_many(_field_key, values, context)
    return [None if data is None else data.decode() for data in opened]


def is_stale(sealed: bytes) -> bool:
    """Tell whether an older version than today's sealed it, so that it should be sealed again."""
    return envelopes.version_of(sealed) != key_store().current(FIELDS).version


def normalised(value: str) -> str:
    """Return letters and digits only, NFKC, upper case: `１３８-0013 8000` and `13800138000` meet."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", value).upper()))


def blind_index(value: str, context: str) -> str:
    """Return the current index of a text, or "" where nothing is left to index after normalising."""
    return _indexer(key_store().current(INDEX), context)(value)


def blind_indexes(value: str, context: str) -> list[str]:
    """Return the text's index under every live key version, newest first; nothing for an empty text."""
    found = [_indexer(key, context)(value) for key in key_store().versions(INDEX)]
    return [index for index in found if index]


def blind_index_column(
    values: Iterable[str | None], context: str, *, exact: bool = False, key: Key | None = None
) -> list[str | None]:
    """Index a column at once; None, and a text with nothing to index, give None.

    `exact` takes texts as they are instead of normalising them; `key` another version than the current one.
    """
    index = _indexer(key or key_store().current(INDEX), context, exact)
    return [None if value is None else index(value) or None for value in values]


def _field_key(version: int) -> Key:
    return key_store().key(FIELDS, version)


@lru_cache(maxsize=256)
def _indexer(key: Key, context: str, exact: bool = False) -> Callable[[str], str]:
    """Return what indexes one text under one key."""
    mac = _sm3_mac(key, context) if key.algorithm == HMAC_SM3 else _sha256_mac(key, context)
    prefix = f"v{key.version}:"

    def index(value: str) -> str:
        # Nearly all numbers are plain already; asking is cheaper than normalising.
        plain = exact or (value.isascii() and value.isalnum() and value == value.upper())
        text = value if plain else normalised(value)
        return prefix + mac(text.encode())[:32] if text else ""

    return index


def _sha256_mac(key: Key, context: str) -> Callable[[bytes], str]:
    """HMAC-SHA256 with both padded key blocks hashed once for all texts, which doubles its speed."""
    working = derive(key, f"index:{context}").ljust(_BLOCK, b"\0")
    inner_copy = hashlib.sha256(bytes(byte ^ 0x36 for byte in working)).copy
    outer_copy = hashlib.sha256(bytes(byte ^ 0x5C for byte in working)).copy

    def mac(data: bytes) -> str:
        inner, outer = inner_copy(), outer_copy()
        inner.update(data)
        outer.update(inner.digest())
        return outer.hexdigest()

    return mac


def _sm3_mac(key: Key, context: str) -> Callable[[bytes], str]:
    """HMAC-SM3 from `cryptography`: not every machine's `hashlib` has SM3."""
    keyed = HMAC(derive(key, f"index:{context}"), SM3())

    def mac(data: bytes) -> str:
        copy = keyed.copy()
        copy.update(data)
        return copy.finalize().hex()

    return mac
