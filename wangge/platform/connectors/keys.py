"""Room `connectors`: where the installation's keys live, and who hands them out.

A key has a name (its purpose) and versions. The newest version seals; the older ones stay live, so that
what they sealed still opens, until `retire` destroys them. `FileKeyStore` keeps one file a name; another
store (an HSM, a key-management service) needs only the methods of `KeyStore`.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

FIELDS = "fields"
INDEX = "index"
BATCHES = "batches"
PHOTOS = "photos"
MESSAGES = "messages"

AES = "AES-256-GCM"
SM4 = "SM4-GCM"
HMAC_SHA256 = "HMAC-SHA256"
HMAC_SM3 = "HMAC-SM3"

# Every algorithm takes 32 bytes here: working keys of the right length are derived from them.
MATERIAL_BYTES = 32
MAX_VERSION = 0xFFFF
_SEALING = (AES, SM4)
_MACS = (HMAC_SHA256, HMAC_SM3)


class KeyStoreError(RuntimeError):
    """The keys can't be had; the message says which file and what to do."""


@dataclass(frozen=True, slots=True)
class Key:
    """One version of a named key. The material never shows in a repr, so it never reaches a log."""

    name: str
    version: int
    algorithm: str
    material: bytes = field(repr=False)


class KeyStore(Protocol):
    """What every key store can do. Errors are `KeyStoreError`."""

    def current(self, name: str) -> Key:
        """Return the newest version of `name`; the first use makes version 1."""

    def key(self, name: str, version: int) -> Key:
        """Return one version; it is never made here, only found."""

    def versions(self, name: str) -> tuple[Key, ...]:
        """Return all live versions of `name`, newest first; the first use makes version 1."""

    def rotate(self, name: str, algorithm: str | None = None) -> Key:
        """Add a new version (of the same algorithm unless one is named) and return it."""

    def retire(self, name: str, version: int) -> None:
        """Destroy an old version for good: what only it opens is lost. The newest can't be retired."""


class FileKeyStore:
    """Keys in files of their own, one a name, mode 0600, in a folder of mode 0700.

    Reads take no lock: a file is replaced by renaming, so it is always whole, and a changed inode or time
    tells that it must be read again. Makers and rotators take turns on a lock file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._paths: dict[str, str] = {}
        self._read: dict[str, tuple[tuple[int, int, int], tuple[Key, ...]]] = {}

    def current(self, name: str) -> Key:
        """Return the newest version of `name`; the first use makes version 1."""
        return self.versions(name)[0]

    def key(self, name: str, version: int) -> Key:
        """Return one version. `KeyStoreError` where the file or the version isn't there."""
        for key in self._load(name):
            if key.version == version:
                return key
        raise KeyStoreError(
            f"Version {version} of the key {name!r} is not in {self._path(name)}: it was retired, or the "
            "file is not this installation's. Put the keys folder back from its backup."
        )

    def versions(self, name: str) -> tuple[Key, ...]:
        """Return all live versions of `name`, newest first; the first use makes version 1."""
        if name not in self._read and not self._path(name).exists():
            with self._turn():
                if not self._path(name).exists():
                    self._write(name, (_fresh(name, 1, _default_algorithm(name)),))
        return self._load(name)

    def rotate(self, name: str, algorithm: str | None = None) -> Key:
        """Add a version and return it. `ValueError` for an algorithm that this purpose can't use."""
        newest = self.current(name)
        chosen = algorithm or newest.algorithm
        if chosen not in (_MACS if newest.algorithm in _MACS else _SEALING):
            raise ValueError(f"The key {name!r} can't be used with {chosen!r}.")
        with self._turn():
            keys = self._load(name)
            if keys[0].version >= MAX_VERSION:
                raise KeyStoreError(f"The key {name!r} has used up its {MAX_VERSION} versions.")
            fresh = _fresh(name, keys[0].version + 1, chosen)
            self._write(name, (fresh, *keys))
        return fresh

    def retire(self, name: str, version: int) -> None:
        """Destroy an old version. `ValueError` for the newest, which is in use."""
        with self._turn():
            keys = self._load(name)
            if version == keys[0].version:
                raise ValueError(
                    f"Version {version} of the key {name!r} is in use: rotate before retiring it."
                )
            self._write(name, tuple(key for key in keys if key.version != version))

    def _path(self, name: str) -> Path:
        if not (name.isascii() and name.isidentifier()):
            raise ValueError(f"{name!r} is not a key's name: use letters, digits and underscores.")
        return self.folder / f"{name}.json"

    def _load(self, name: str) -> tuple[Key, ...]:
        # This stands in the way of every value that is sealed: one call to the kernel, and no Path is built.
        path = self._paths.get(name) or self._paths.setdefault(name, str(self._path(name)))
        try:
            mark = _checked(path, os.stat(path), "chmod 600")
        except FileNotFoundError:
            raise KeyStoreError(
                f"The key file {path} is missing. Put the keys folder back from its backup: what was sealed "
                "with these keys opens with no others."
            ) from None
        known = self._read.get(name)
        if known is None or known[0] != mark:
            known = self._read[name] = (mark, _parsed(name, Path(path)))
        return known[1]

    def _write(self, name: str, keys: tuple[Key, ...]) -> None:
        path = self._path(name)
        aside = path.with_suffix(".new")
        aside.unlink(missing_ok=True)
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as handle:
            json.dump({"name": name, "keys": [_to_json(key) for key in keys]}, handle, indent=1)
            handle.flush()
            os.fsync(handle.fileno())
        aside.rename(path)
        _sync_folder(self.folder)

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the folder's lock; the kernel lets go of it when the process dies."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _checked(self.folder, self.folder.stat(), "chmod 700")
        descriptor = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def key_store() -> KeyStore:
    """Return the installation's key store (a file store under `WANGGE_HOME/keys`)."""
    return _file_store(str(settings.WANGGE_HOME))


@lru_cache(maxsize=8)
def _file_store(home: str) -> FileKeyStore:
    return FileKeyStore(Path(home) / "keys")


def _default_algorithm(name: str) -> str:
    return HMAC_SHA256 if name == INDEX else AES


def _fresh(name: str, version: int, algorithm: str) -> Key:
    return Key(name, version, algorithm, os.urandom(MATERIAL_BYTES))


def _to_json(key: Key) -> dict[str, object]:
    material = base64.b64encode(key.material).decode("ascii")
    return {"version": key.version, "algorithm": key.algorithm, "material": material}


def _from_json(name: str, row: dict[str, str]) -> Key:
    key = Key(name, int(row["version"]), row["algorithm"], base64.b64decode(row["material"], validate=True))
    if len(key.material) != MATERIAL_BYTES or key.algorithm not in _SEALING + _MACS:
        raise ValueError
    return key


def _parsed(name: str, path: Path) -> tuple[Key, ...]:
    try:
        keys = [_from_json(name, row) for row in json.loads(path.read_text("utf-8"))["keys"]]
    except (ValueError, KeyError, TypeError):
        keys = []
    if not keys:
        # Outside the handler, so that no cause is chained: a JSON error carries the text it failed on.
        raise KeyStoreError(f"The key file {path} is damaged. Put the keys folder back from its backup.")
    return tuple(sorted(keys, key=lambda key: -key.version))


def _checked(path: Path | str, found: os.stat_result, cure: str) -> tuple[int, int, int]:
    """Refuse a file or folder that others can use; return what tells one state of it from another."""
    if found.st_mode & 0o077:
        raise KeyStoreError(
            f"Others on this machine can reach {path} (mode {stat.S_IMODE(found.st_mode):04o}), and keys "
            f"must be the owner's alone. Type: {cure} {path}"
        )
    return found.st_ino, found.st_mtime_ns, found.st_size


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
