"""Room `cores.tables`: a look into an xlsx before it is opened: a small file must not fill the memory."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import IO

from wangge.cores.tables.errors import refusal

# A deflated byte becomes at most 1032 (zlib's documentation): smaller files need no counting.
MOST_PER_BYTE = 1032
READ_SIZE = 1 << 20

_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
# Columns A to Z need no look: 26 columns of the last possible row fit the limit.
_WIDE = re.compile(rb'\br="([A-Z]{2,3})\d')


@dataclass(frozen=True)
class Limits:
    """What a file may hold: `bytes` uncompressed, `boxes` (rows × columns) in one sheet."""

    bytes: int = 2 << 30
    boxes: int = 60_000_000


def inspect_xlsx(file: str, source: IO[bytes], limits: Limits) -> None:
    """Raise a TableError for what is no xlsx, is damaged, or unpacks to more than `limits`.

    Sizes are counted by unpacking: those written in an archive may lie.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" not in names:
                raise _other_archive(file, names)
            left = limits.bytes
            if sum(info.file_size for info in archive.infolist()) > left:
                raise _too_large(file, limits)
            for info in archive.infolist():
                left -= _unpacked(file, archive, info, left, limits)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise damaged(file) from error
    finally:
        source.seek(0)


def _unpacked(file: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int, limits: Limits) -> int:
    sheet = info.filename.startswith("xl/worksheets/")
    if not sheet and info.compress_size * MOST_PER_BYTE < min(left, READ_SIZE * 64):
        return info.file_size
    # zipfile stops at the size that the archive claims; this makes it read what is really there.
    info.file_size = left + 1
    size = 0
    extent = _Extent()
    with archive.open(info) as member:
        while chunk := member.read(READ_SIZE):
            size += len(chunk)
            if size > left:
                raise _too_large(file, limits)
            if sheet and extent.grow(chunk) > limits.boxes:
                raise _too_wide(file, info.filename, extent, limits)
    return size


class _Extent:
    """How far a sheet reaches: readers lay out every box from the first to the last one."""

    def __init__(self) -> None:
        self.rows, self.columns, self._tail = 0, 26, b""

    def grow(self, chunk: bytes) -> int:
        text = self._tail + chunk
        rows = _ROW.findall(text)
        if rows:
            self.rows = max(self.rows, *map(int, rows))
        for name in set(_WIDE.findall(text)):
            number = 0
            for letter in name:
                number = number * 26 + letter - 64
            self.columns = max(self.columns, number)
        self._tail = chunk[-256:]
        return self.rows * self.columns


def damaged(file: str) -> Exception:
    """The TableError for a workbook that can't be opened."""
    advice = "Open it in a spreadsheet program, save it again as .xlsx and send that."
    return refusal(file, "damaged_file", "a whole .xlsx workbook", f"The file is damaged. {advice}")


def _other_archive(file: str, names: list[str]) -> Exception:
    kind = "an .xlsb workbook" if "xl/workbook.bin" in names else "an archive of another kind"
    return refusal(
        file, "unknown_format", "an .xlsx workbook", f"This is {kind}: save it as .xlsx and send that."
    )


def _too_large(file: str, limits: Limits) -> Exception:
    return refusal(
        file,
        "too_large",
        f"at most {limits.bytes:,} bytes when unpacked",
        "Send the rows in several files, or ask for a higher limit.",
        limit=limits.bytes,
    )


def _too_wide(file: str, member: str, extent: _Extent, limits: Limits) -> Exception:
    return refusal(
        file,
        "too_many_boxes_in_sheet",
        f"at most {limits.boxes:,} boxes in a sheet",
        f"{member} reaches to row {extent.rows:,} and column {extent.columns:,}: delete the stray boxes far "
        "from the table and send the file again.",
        limit=limits.boxes,
        rows=extent.rows,
        columns=extent.columns,
    )
