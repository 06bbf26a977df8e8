"""The way into a GeoPackage, which comes from outside: nothing but reading is let through, and nothing in it runs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from wangge.cores.messages.said import said
from wangge.cores.tables.errors import refusal

MOST_BYTES = 64 << 20  # of one value
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA}
_ENVELOPES = (
    0,
    32,
    48,
    48,
    64,
)  # bytes of a geometry's bounds, by the code in its flags (2.1.3 of the standard)


@contextmanager
def opened(file: str, source: Path | bytes) -> Iterator[sqlite3.Connection]:
    """The package for a while, read-only. Raises TableError for a damaged one."""
    if isinstance(source, Path):
        address = f"file:{quote(str(source.absolute()))}?mode=ro&immutable=1"
        database = sqlite3.connect(address, uri=True)
    else:
        database = sqlite3.connect(":memory:")
        # A database in memory has no journal beside it: the header must not ask for one (bytes 18, 19 of the file format).
        database.deserialize(source[:18] + b"\x01\x01" + source[20:])
    try:
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA cell_size_check = ON")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES)
        database.set_authorizer(_allow)
        yield database
    except (sqlite3.Error, UnicodeDecodeError) as error:
        advice = said("The file is damaged. Write it again and send that.")
        raise refusal(file, "damaged_file", said("a whole GeoPackage"), advice) from error
    finally:
        database.close()


def _allow(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action == sqlite3.SQLITE_PRAGMA and (first, second is not None) != ("table_xinfo", True):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def wkb_in(blob: object) -> bytes | None:
    """The WKB behind a GeoPackage's own header (2.1.3); b"" for what is no geometry of its kind."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return b""
    flags = blob[3]
    envelope = flags >> 1 & 7
    if flags & 0x20 or envelope >= len(_ENVELOPES):  # an extended geometry, or a code that isn't assigned
        return b""
    return None if flags & 0x10 else blob[8 + _ENVELOPES[envelope] :]
