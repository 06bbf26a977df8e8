"""Room `cores.tables`: a look into an xlsx before it is opened: a small file must not fill the memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from wangge.cores.messages.said import said
from wangge.cores.tables.errors import TableError, refusal

# A deflated byte becomes at most 1032 (zlib's documentation): smaller files need no counting.
MOST_PER_BYTE = 1032
READ_SIZE = 1 << 20

# Columns A to Z need no look (26 of the last possible row fit the limit): literal starts search fast.
_WIDE = (re.compile(rb'r="([A-Z]{2,3})\d'), re.compile(rb"r='([A-Z]{2,3})\d"))
_ROW = re.compile(rb"""\br=["'][A-Z]{0,3}(\d+)""")
LAST_ROW = 1_048_576
TAIL = 64


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
    """The member's size as it unpacks. Raises TableError above `left` bytes or for a sheet too wide."""
    sheet = info.filename.startswith("xl/worksheets/")
    if not sheet and info.compress_size * MOST_PER_BYTE < min(left, READ_SIZE * 64):
        return info.file_size
    # zipfile stops at the size that the archive claims; this makes it read what is really there.
    info.file_size = left + 2 * READ_SIZE
    size, columns = 0, 26
    for new, text in _chunks(archive, info):
        size += new
        if size > left:
            raise _too_large(file, limits)
        if sheet:
            columns = max([columns, *(_number(name) for wide in _WIDE for name in set(wide.findall(text)))])
    if sheet and columns * LAST_ROW > limits.boxes:
        # Readers lay out every box from the first to the last one, empty or not.
        rows = max((int(row) for _, text in _chunks(archive, info) for row in _ROW.findall(text)), default=0)
        if rows * columns > limits.boxes:
            raise _too_wide(file, info.filename, rows, columns, limits)
    return size


def _chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
    """How many bytes are new, and these with the end of the chunk before, so that nothing is cut in two."""
    tail = b""
    with archive.open(info) as member:
        while chunk := member.read(READ_SIZE):
            yield len(chunk), tail + chunk
            tail = chunk[-TAIL:]


def _number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number


def damaged(file: str) -> TableError:
    """The TableError for a workbook that can't be opened."""
    advice = said(
        "The file is damaged. Open it in a spreadsheet program, save it again as .xlsx and send that."
    )
    return refusal(file, "damaged_file", said("a whole .xlsx workbook"), advice)


def _other_archive(file: str, names: list[str]) -> TableError:
    advice = said("This is an archive of another kind: save the table as .xlsx and send that.")
    if "xl/workbook.bin" in names:
        advice = said("This is an .xlsb workbook: save it as .xlsx and send that.")
    return refusal(file, "unknown_format", said("an .xlsx workbook"), advice)


def _too_large(file: str, limits: Limits) -> TableError:
    return refusal(
        file,
        "too_large",
        said("at most %(bytes)s bytes when unpacked", bytes=f"{limits.bytes:,}"),
        said("Send the rows in several files, or ask for a higher limit."),
        limit=limits.bytes,
    )


def _too_wide(file: str, member: str, rows: int, columns: int, limits: Limits) -> TableError:
    return refusal(
        file,
        "too_many_boxes_in_sheet",
        said("at most %(boxes)s boxes in a sheet", boxes=f"{limits.boxes:,}"),
        said(
            "%(sheet)s reaches to row %(row)s and column %(column)s: delete the stray boxes far from the table and "
            "send the file again.",
            sheet=member,
            row=f"{rows:,}",
            column=f"{columns:,}",
        ),
        limit=limits.boxes,
        rows=rows,
        columns=columns,
    )
