"""Linkage's readers: each field of an Arrow table as the arrays that comparisons work on.

Names, dates, telephones and addresses repeat, so each distinct text is read once; identity numbers hardly
repeat and are read as one matrix.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from wangge.cores.linkage.address_text import door_parts
from wangge.cores.linkage.citizen_numbers import normalise_ids, real_days
from wangge.cores.linkage.dates import read_date
from wangge.cores.linkage.identifiers import KINDS, RESIDENT
from wangge.cores.linkage.matrices import combined, hashed, hashed_texts, text_matrix
from wangge.cores.linkage.names import is_han, normalise_name, surname_length
from wangge.cores.linkage.normalise import normalise_sex
from wangge.cores.linkage.phones import normalise_phone
from wangge.cores.linkage.sounds import sounds

NAME_WIDTH, ID_WIDTH, PHONES = 6, 18, 3

_PLACES = 10 ** np.arange(7, -1, -1, dtype=np.int64)

Arrays = dict[str, Any]
Ints = npt.NDArray[np.int64]


def texts(table: pa.Table, name: str) -> list[str | None]:
    """A column as Python texts; None throughout when the table does not have it."""
    if name not in table.column_names:
        return [None] * table.num_rows
    return table.column(name).cast(pa.string()).to_pylist()


def name_fields(table: pa.Table) -> Arrays:
    """Name keys, characters, lengths and sounds."""
    names, at = _distinct(table, "name", normalise_name)
    han = [n if n and is_han(n) else None for n in names]
    characters = text_matrix(han, NAME_WIDTH)
    surname = np.array([surname_length(n) if n else 0 for n in han], dtype=np.int64)
    place = np.arange(NAME_WIDTH)
    heard = np.where(place == 0, sounds().surname[characters], sounds().readings[0][characters])
    heard = heard.astype(np.uint32)
    latin: npt.NDArray[Any] = np.array([n if n and not is_han(n) else None for n in names], dtype=np.object_)
    arrays: Arrays = {
        "name": hashed_texts(names),
        "characters": characters,
        "name_length": np.array([len(n) if n else 0 for n in names], dtype=np.int64),
        "surname_length": surname,
        "sound": np.where(latin != None, hashed_texts(names), hashed(heard)),  # noqa: E711 (elementwise)
        "surname_sound": hashed(np.where(place < surname[:, None], heard, 0)),
        "given_sound": hashed(np.where(place >= surname[:, None], heard, 0)),
        "latin": latin,
    }
    return {field: array[at] for field, array in arrays.items()}


def id_fields(table: pa.Table) -> Arrays:
    """Identity number keys, characters, kind and validity."""
    column = normalise_ids(texts(table, "id_number"), texts(table, "id_kind"))
    matrix = column.matrix
    length = (matrix != 0).sum(axis=1)
    shaped = (
        (length == 18) & (matrix[:, :17] >= ord("0")).all(axis=1) & (matrix[:, :17] <= ord("9")).all(axis=1)
    )
    # A fragment is not held against anybody: it may be anything, and anybody's.
    whole = column.valid | (length >= np.where(column.kinds == KINDS.index(RESIDENT), 15, 7))
    return {
        "id_number": np.where(
            whole, combined(hashed(matrix), column.kinds.astype(np.int64) + 1), np.uint64(0)
        ),
        "id_characters": matrix[:, :ID_WIDTH],
        "id_length": length.astype(np.int64),
        "id_kind": column.kinds.astype(np.int64),
        "id_valid": column.valid,
        "id_citizen": column.valid & shaped,
        "id_rounded": column.reasons == "rounded",
    }


def birth_fields(table: pa.Table, numbers: Arrays) -> Arrays:
    """Birth date as stated, else as a valid identity number says; year and month also where they stand alone."""
    birth, year, month = _stated_births(table)
    digits = numbers["id_characters"][:, 6:14].astype(np.int64) - ord("0")
    from_id = np.where(numbers["id_citizen"], digits @ _PLACES, 0)
    stated = year > 0
    birth = np.where(stated, birth, from_id)
    return {
        "birth": birth,
        "year": np.where(stated, year, from_id // 10000),
        "month": np.where(stated, month, from_id // 100 % 100),
    }


def sex_field(table: pa.Table, numbers: Arrays) -> Arrays:
    """Sex as stated (1, 2), else as a valid identity number says, else 0."""
    read, at = _distinct(table, "sex", lambda t: int(normalise_sex(t) or 0) % 9)
    stated = np.array(read, dtype=np.int64)[at]
    odd = numbers["id_characters"][:, 16].astype(np.int64) % 2
    return {"sex": np.where((stated == 0) & numbers["id_citizen"], 2 - odd, stated)}


def phone_field(table: pa.Table) -> Arrays:
    """Up to PHONES numbers a row, as integers."""
    read, at = _distinct(table, "phone", _phones)
    return {"phones": np.array(read, dtype=np.int64).reshape(-1, PHONES)[at]}


def place_fields(table: pa.Table) -> Arrays:
    """Keys of the resolved dwelling and, from the address's text, of door and building."""
    read, at = _distinct(table, "address", door_parts)
    return {
        "dwelling": hashed_texts(texts(table, "dwelling")),
        "door": hashed_texts([f"{p[0]}|{'-'.join(p[1])}" if p and len(p[1]) > 1 else None for p in read])[at],
        "building": hashed_texts([f"{p[0]}|{p[1][0]}" if p else None for p in read])[at],
    }


def _distinct(table: pa.Table, name: str, read: Callable[[str | None], Any]) -> tuple[list[Any], Ints]:
    """What ``read`` makes of each distinct text of a column, and which of them each row has."""
    if name not in table.column_names:
        return [read(None)], np.zeros(table.num_rows, dtype=np.int64)
    encoded = table.column(name).cast(pa.string()).combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    values = encoded.dictionary.to_pylist()
    at = encoded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False).astype(np.int64)
    return [*map(read, values), read(None)], at


def _stated_births(table: pa.Table) -> tuple[Ints, Ints, Ints]:
    """Day (yyyymmdd), year and month as written; ISO days, which most are, in one sweep."""
    written = np.array([t or "" for t in texts(table, "birth_date")], dtype="<U12")
    codes = written.view(np.uint32).reshape(len(written), 12).astype(np.int64)
    digits = codes[:, [0, 1, 2, 3, 5, 6, 8, 9]] - ord("0")
    iso = ((digits >= 0) & (digits <= 9)).all(axis=1) & (codes[:, [4, 7]] == ord("-")).all(axis=1)
    iso &= (codes[:, 10] == 0) & real_days(np.where(iso[:, None], digits, 0))
    birth = np.where(iso, digits @ _PLACES, 0)
    year, month = birth // 10_000, birth // 100 % 100
    rest = np.flatnonzero(~iso & (written != ""))
    read, at = _distinct(table.take(pa.array(rest)), "birth_date", _birth)
    birth[rest], year[rest], month[rest] = np.array(read, dtype=np.int64).reshape(-1, 3)[at].T
    return birth, year, month


def _birth(text: str | None) -> tuple[int, int, int]:
    reading = read_date(text)
    day = int(reading.value.replace("-", "")) if reading.value else 0
    return day, reading.year or 0, reading.month or 0


def _phones(text: str | None) -> tuple[int, ...]:
    # A landline's leading zero goes with the text; a 1 before it keeps it apart from a mobile number.
    numbers = [int(n) if n[0] == "1" else int("9" + n) for n in normalise_phone(text)[:PHONES]]
    return (*numbers, *[0] * (PHONES - len(numbers)))
