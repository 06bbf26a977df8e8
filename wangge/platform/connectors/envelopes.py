"""Room `connectors`: the envelope in which every sealed value and file of the product stands.

    byte 0      algorithm: 1 AES-256-GCM, 2 SM4-GCM
    bytes 1–2   version of the key, big-endian
    bytes 3–14  nonce, random
    the rest    ciphertext, then the tag of 16 bytes

Because the algorithm and the version stand with each value, a change of key or of cipher needs no migration.
A working key is derived for every context (HKDF-SHA256, RFC 5869), and context and header are authenticated
too (NIST SP 800-38D; SM4: GB/T 32907, RFC 8998): a value moved to another column doesn't open there, and the
2³² messages allowed under one random-nonce key count for each context apart.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wangge.platform.connectors.keys import AES, SM4, Key

HEADER_BYTES = 3
NONCE_BYTES = 12
TAG_BYTES = 16
OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES
_TAGS = {AES: 1, SM4: 2}
_KEY_BYTES = {AES: 32, SM4: 16}


class DoesNotOpen(ValueError):
    """What is sealed was altered, cut short, or sealed with another key or for another context."""


class _Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


class _Sm4Gcm:
    """SM4-GCM with the interface of `AESGCM`, which `cryptography` gives only for AES."""

    def __init__(self, key: bytes) -> None:
        self._cipher = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        encryptor = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        if len(data) < TAG_BYTES:
            raise InvalidTag
        decryptor = Cipher(self._cipher, modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


# The cipher, the header that it writes, and the data that it authenticates.
_Sealer = tuple[_Aead, bytes, bytes]


@lru_cache(maxsize=1024)
def derive(key: Key, purpose: str, length: int = 32) -> bytes:
    """Return a working key of `length` bytes, its own for each purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(SHA256(), length, salt=None, info=f"wangge:{key.name}:{purpose}".encode()).derive(
        key.material
    )


@lru_cache(maxsize=1024)
def _sealer(key: Key, context: str) -> _Sealer:
    """Return the cipher, the header and the authenticated data for one key and context."""
    if key.algorithm not in _TAGS:
        raise ValueError(f"The key {key.name!r} ({key.algorithm}) is not for sealing.")
    working = derive(key, f"{key.algorithm}:{context}", _KEY_BYTES[key.algorithm])
    header = bytes([_TAGS[key.algorithm]]) + key.version.to_bytes(2, "big")
    cipher: _Aead = AESGCM(working) if key.algorithm == AES else _Sm4Gcm(working)
    return cipher, header, header + context.encode()


def seal(key: Key, data: bytes, context: str) -> bytes:
    """Seal `data` for `context`; the result is `OVERHEAD_BYTES` longer."""
    cipher, header, authenticated = _sealer(key, context)
    nonce = os.urandom(NONCE_BYTES)
    return header + nonce + cipher.encrypt(nonce, data, authenticated)


def seal_many(key: Key, data: Sequence[bytes | None], context: str) -> list[bytes | None]:
    """Seal many values for one context at once; None stays None."""
    cipher, header, authenticated = _sealer(key, context)
    encrypt, size = cipher.encrypt, NONCE_BYTES
    nonces = os.urandom(size * len(data))
    sealed: list[bytes | None] = []
    for at, value in enumerate(data):
        if value is None:
            sealed.append(None)
            continue
        nonce = nonces[at * size : at * size + size]
        sealed.append(header + nonce + encrypt(nonce, value, authenticated))
    return sealed


def unseal(key_of: Callable[[int], Key], sealed: bytes, context: str) -> bytes:
    """Open what `seal` made. `key_of` finds a version's key. Raises `DoesNotOpen`."""
    return _open(_opener(key_of, sealed, context), sealed, context)


def unseal_many(
    key_of: Callable[[int], Key], sealed: Iterable[bytes | None], context: str
) -> list[bytes | None]:
    """Open many values of one context at once; None stays None. Raises `DoesNotOpen` at the first bad one."""
    openers: dict[bytes, _Sealer] = {}
    opened: list[bytes | None] = []
    for value in sealed:
        if value is None:
            opened.append(None)
            continue
        opener = openers.get(value[:HEADER_BYTES])
        if opener is None:
            opener = openers[value[:HEADER_BYTES]] = _opener(key_of, value, context)
        opened.append(_open(opener, value, context))
    return opened


def _opener(key_of: Callable[[int], Key], sealed: bytes, context: str) -> _Sealer:
    sealer = _sealer(key_of(version_of(sealed)), context)
    if not sealed.startswith(sealer[1]):
        raise DoesNotOpen(f"A sealed value of {context} names another algorithm than its key's.")
    return sealer


def _open(opener: _Sealer, sealed: bytes, context: str) -> bytes:
    try:
        return opener[0].decrypt(sealed[3:15], sealed[15:], opener[2])
    except (InvalidTag, ValueError):
        raise DoesNotOpen(
            f"A sealed value of {context} does not open: it was altered or cut short, or sealed with another "
            "key or for another context."
        ) from None


def version_of(sealed: bytes) -> int:
    """Return the version of the key that sealed it. Raises `DoesNotOpen` for what is no envelope."""
    if len(sealed) < OVERHEAD_BYTES or sealed[0] not in _TAGS.values():
        raise DoesNotOpen("This is not a sealed value: it is too short or names no known algorithm.")
    return int.from_bytes(sealed[1:HEADER_BYTES], "big")
