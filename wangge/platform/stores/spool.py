"""Room `stores`: what is being received, held where nobody can read it.

What outgrows a chunk of memory goes to a file without a name, sealed chunk by chunk under a key that lives
only in this process: a column that is refused later never stood on a disk in clear, and a crash leaves
nothing readable.
"""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

DEFAULT_LIMIT = 1024**3
CHUNK = 256 * 1024
_SEALED = CHUNK + 16


class SpoolTooLarge(RequestDataTooBig):
    """More was written than the spool takes; Django answers such a request itself if nobody else does."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("The file is larger than %(limit)d MB, the most that is taken here. Send it in parts.")
            % {"limit": limit // 1024**2}
        )
        self.limit = limit


class Spool:
    """A buffer of any size up to `limit` bytes, in clear only in memory; at most two chunks of it at a time.

    Write first, then `open()` as often as needed; `close()` (or leaving the `with` block) loses the key.
    Chunk n is sealed with AES-256-GCM under nonce n, once, and the key is the spool's own.
    """

    def __init__(self, limit: int = DEFAULT_LIMIT, folder: Path | None = None) -> None:
        self.limit = limit
        self.size = 0
        self._folder = folder or Path(settings.WANGGE_HOME) / "tmp"
        self._cipher: AESGCM | None = AESGCM(AESGCM.generate_key(256))
        self._tail = bytearray()
        self._file: io.FileIO | None = None
        self._chunks = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, data: bytes) -> int:
        """Append. Raises `SpoolTooLarge` before anything beyond the limit is kept, `ValueError` when closed."""
        cipher = self._open_cipher()
        if self.size + len(data) > self.limit:
            raise SpoolTooLarge(self.limit)
        self._tail += data
        self.size += len(data)
        while len(self._tail) > CHUNK:
            self._seal_chunk(cipher, bytes(self._tail[:CHUNK]))
            del self._tail[:CHUNK]
        return len(data)

    def open(self) -> io.BufferedReader:
        """Return a seekable reader of what is written so far; readers don't disturb each other."""
        self._open_cipher()
        return io.BufferedReader(_SpoolReader(self, self.size), buffer_size=64 * 1024)

    def close(self) -> None:
        """Forget the key and the content. Readers that are open then fail."""
        self._cipher = None
        self._tail.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def chunk(self, number: int) -> bytes:
        """Return chunk `number` in clear. `OSError` where the file was tampered with."""
        cipher = self._open_cipher()
        if number >= self._chunks or self._file is None:
            return bytes(self._tail)
        sealed = os.pread(self._file.fileno(), _SEALED, number * _SEALED)
        try:
            return cipher.decrypt(number.to_bytes(12, "big"), sealed, None)
        except InvalidTag:
            raise OSError("A spooled file was altered on its disk.") from None

    def _seal_chunk(self, cipher: AESGCM, data: bytes) -> None:
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # It has no name in any folder: whatever happens to this process, the kernel reclaims it.
            self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
        sealed = cipher.encrypt(self._chunks.to_bytes(12, "big"), data, None)
        if self._file.write(sealed) != len(sealed):
            raise OSError("The disk is full: the file could not be received.")
        self._chunks += 1

    def _open_cipher(self) -> AESGCM:
        if self._cipher is None:
            raise ValueError("The spool is closed.")
        return self._cipher


class _SpoolReader(io.RawIOBase):
    """Reads a spool at any place, unsealing one chunk at a time."""

    def __init__(self, spool: Spool, size: int) -> None:
        self._spool = spool
        self._size = size
        self._at = 0
        self._held = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("A file has no place before its start.")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        number, within = divmod(self._at, CHUNK)
        room = min(len(buffer), self._size - self._at, CHUNK - within)
        if room <= 0:
            return 0
        if self._held[0] != number:
            self._held = (number, self._spool.chunk(number))
        buffer[:room] = self._held[1][within : within + room]
        self._at += room
        return room


class SpooledUpload(UploadedFile):
    """An uploaded file in a spool. It has no path; closing it, as the end of the request does, forgets it."""

    def __init__(self, spool: Spool, **kwargs: Any) -> None:
        super().__init__(spool.open(), size=spool.size, **kwargs)
        self._spool = spool

    def open(self, *_args: Any, **_kwargs: Any) -> SpooledUpload:
        """Start again from the first byte; Django's own would look for a file of that name on the disk."""
        self.seek(0)
        return self

    def close(self) -> None:
        """Close the reader and lose the spool's key."""
        super().close()
        self._spool.close()


class SpooledUploadHandler(FileUploadHandler):
    """Django's upload handler for all sizes. As the only one in `FILE_UPLOAD_HANDLERS`, it keeps every upload
    off the disk in clear, which Django's `TemporaryFileUploadHandler` would not.

    `WANGGE_UPLOAD_LIMIT` (bytes) is the most that a request may carry; more raises `SpoolTooLarge`.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse what announces itself as too large before any of it is read."""
        if content_length > upload_limit():
            raise SpoolTooLarge(upload_limit())

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file of the request."""
        super().new_file(*args, **kwargs)
        self._spool = Spool(upload_limit())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece; None tells Django that no other handler needs it."""
        self._spool.write(raw_data)

    def file_complete(self, file_size: int) -> SpooledUpload:
        """Hand the whole file to the view."""
        return SpooledUpload(
            self._spool,
            name=self.file_name,
            content_type=self.content_type,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Forget what came of a file whose sender went away."""
        if hasattr(self, "_spool"):
            self._spool.close()


def upload_limit() -> int:
    """Return the most bytes that one request may upload."""
    return int(getattr(settings, "WANGGE_UPLOAD_LIMIT", None) or DEFAULT_LIMIT)
