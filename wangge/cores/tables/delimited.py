"""Room `cores.tables`: csv in the encodings and with the delimiters that departments use."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import IO, NamedTuple

from wangge.cores.messages.said import said
from wangge.cores.tables.assembling import Lines
from wangge.cores.tables.errors import refusal

DELIMITERS = ",;\t"
SNIFFED = 1 << 16
READ_SIZE = 1 << 20
LONGEST_BOX = 1 << 22
SURELY_UTF8 = 24
"""Bytes beyond ASCII that chance does not make valid UTF-8: about a dozen Han characters."""


def csv_lines(file: str, source: IO[bytes]) -> Lines:
    """The lines of a csv file, read as they are asked for. Raises TableError.

    Encodings: UTF-8 with or without a mark, UTF-16 with one, else GB18030.
    """
    encoding = find_encoding(file, source)
    text = io.TextIOWrapper(source, encoding, newline="")
    delimiter = find_delimiter(text.read(SNIFFED))
    text.seek(0)
    return Lines(file, None, _records(file, text, delimiter))


def find_encoding(file: str, source: IO[bytes]) -> str:
    """The encoding that the whole file can be read in. Raises TableError naming the row that can't.

    GB18030 can read most bytes, even those of a broken UTF-8 file, as other words: what was UTF-8 for
    long before it broke is not tried as GB18030.
    """
    mark = source.read(4)
    source.seek(0)
    if mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8-sig" if mark.startswith(codecs.BOM_UTF8) else "utf-8", "gb18030"]
    furthest = 0
    for encoding in candidates:
        found = _broken(source, encoding)
        if found is None:
            return encoding
        furthest = max(furthest, found.line)
        if found.wide_letters >= SURELY_UTF8 or encoding == "utf-8-sig":
            break
    raise refusal(
        file,
        "unknown_encoding",
        said("text in UTF-8 or GB18030"),
        said("Save the file as .xlsx, or as csv in UTF-8, and send that."),
        row=furthest,
    )


class _Broken(NamedTuple):
    """Where a text can't be read: the line (from 1), and how many bytes beyond ASCII had been read well."""

    line: int
    wide_letters: int


def _broken(source: IO[bytes], encoding: str) -> _Broken | None:
    """Where the file can't be read in this encoding, None if it can. A NUL is never text."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, wide = 1, 0
    source.seek(0)
    try:
        while True:
            chunk = source.read(READ_SIZE)
            text = decoder.decode(chunk, final=not chunk)
            if "\0" in text:
                return _Broken(line + text[: text.index("\0")].count("\n"), 0)
            if not chunk:
                return None
            line += text.count("\n")
            wide += len(chunk) - len(text)
    except UnicodeDecodeError as error:
        good = bytes(error.object[: error.start])
        return _Broken(line + good.count(b"\n"), wide + len(good) - len(good.decode(encoding)))
    finally:
        source.seek(0)


def find_delimiter(sample: str) -> str:
    """The delimiter that cuts most lines of the sample into the same number of boxes."""
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            records = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))[:200]
        except csv.Error:
            continue
        widths = Counter(len(record) for record in records if len(record) > 1)
        if widths:
            width, lines = widths.most_common(1)[0]
            best, best_score = max((best, best_score), (delimiter, (lines, width)), key=lambda pair: pair[1])
    return best


def _records(file: str, text: io.TextIOBase, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_BOX)  # the library's own 128 KiB is less than a polygon's text
    count = 0
    try:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        for record in reader:
            count += 1
            yield record
    except csv.Error as error:
        raise refusal(
            file,
            "broken_quotes",
            said("values that hold quotes or line breaks between double quotes, inner quotes doubled"),
            said("The row can't be read (%(why)s): mend its quotes and send the file again.", why=str(error)),
            row=count + 1,
        ) from error
    finally:
        text.detach()
