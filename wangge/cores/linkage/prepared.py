"""Linkage's prepared side: a table of records or golden persons as arrays that are ready to be compared.

Preparing reads every text once; comparing then never touches a string again (but for Latin names). The
golden side may be prepared once and linked against many times.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from wangge.cores.linkage import readers
from wangge.cores.linkage.errors import LinkageError
from wangge.cores.linkage.matrices import Codes, Keys, combined, hashed_texts

FIELDS = ("name", "id_number", "id_kind", "sex", "birth_date", "phone", "address", "dwelling")

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Prepared:
    """Rows ready to be compared; every array has one entry (or line) a row, 0 where nothing is known.

    ``labels`` are the opaque ids of the nodes (records or persons), ``node`` each row's node in them:
    a person may have several rows. ``source`` tells the files of one batch apart.
    """

    labels: list[str]
    node: Ints
    source: Ints
    name: Keys
    characters: Codes  # (rows, readers.NAME_WIDTH)
    name_length: Ints
    surname_length: Ints
    sound: Keys
    surname_sound: Keys
    given_sound: Keys
    latin: npt.NDArray[np.object_]  # the text of a name that is not Han, else None
    id_number: Keys
    id_characters: Codes  # (rows, readers.ID_WIDTH)
    id_length: Ints
    id_kind: Ints  # index in identifiers.KINDS
    id_valid: Flags
    id_citizen: Flags  # 18 characters that hold: nobody has two of them
    id_rounded: Flags  # spoilt by a spreadsheet that took it for a quantity
    birth: Ints  # yyyymmdd
    year: Ints  # also where month or day is not known
    month: Ints
    sex: Ints  # 1 male, 2 female
    phones: Ints  # (rows, readers.PHONES)
    dwelling: Keys
    door: Keys
    building: Keys
    origin: Keys  # records that rows came from, not in line with the rows, …
    origin_node: Ints  # … and the node that holds each

    def __len__(self) -> int:
        return len(self.node)

    @property
    def single(self) -> bool:
        """Whether every node has just one row."""
        return len(self.labels) == len(self.node)

    @property
    def content(self) -> Keys:
        """A key of all that a row says, blanks included: equal for rows that say the same."""
        one = np.uint64(1)
        columns = (self.name, self.id_number, self.birth, self.year, self.month, self.sex)
        places = (self.dwelling, self.door, self.building, *self.phones.T)
        return combined(*(column.astype(np.uint64) + one for column in (*columns, *places)))


def prepare(table: pa.Table, label: str) -> Prepared:
    """A table made ready; ``label`` names the column of opaque ids (``record`` or ``person``).

    The fields are FIELDS, optionally ``source`` (files of one batch) and, for golden rows, ``record``.
    Missing columns count as empty, others are not read. Rows are put in the order of their ids, so that the
    order of the table never matters. Raises LinkageError when the id column is missing or has blanks.
    """
    if label not in table.column_names:
        raise LinkageError("no_id_column", f"the table has no column {label!r}", column=label)
    ids = readers.texts(table, label)
    if not all(ids):
        raise LinkageError("blank_id", f"column {label!r} has blank ids", column=label)
    order = np.argsort(np.array(ids, dtype=np.str_), kind="stable")
    table = table.take(pa.array(order))
    labels, node = np.unique(np.array(ids, dtype=np.str_)[order], return_inverse=True)
    sources = hashed_texts(readers.texts(table, "source"))
    numbers = readers.id_fields(table)
    prepared = Prepared(
        labels=labels.tolist(),
        node=node.astype(np.int64),
        source=np.unique(sources, return_inverse=True)[1].astype(np.int64),
        **readers.name_fields(table),
        **numbers,
        **readers.birth_fields(table, numbers),
        **readers.sex_field(table, numbers),
        **readers.phone_field(table),
        **readers.place_fields(table),
        origin=hashed_texts(readers.texts(table, "record")),
        origin_node=node.astype(np.int64),
    )
    return _without_repeats(prepared) if label == "person" else prepared


def known_nodes(left: Prepared, right: Prepared) -> Ints:
    """For each left row the right node that already holds its record, -1 where none does."""
    order = np.argsort(right.origin, kind="stable")
    at = np.minimum(np.searchsorted(right.origin[order], left.origin), max(len(order) - 1, 0))
    if not len(order):
        return np.full(len(left), -1, dtype=np.int64)
    known = (right.origin[order[at]] == left.origin) & (left.origin != 0)
    return np.where(known, right.origin_node[order[at]], -1)


def _without_repeats(prepared: Prepared) -> Prepared:
    """A person whom every monthly file describes alike needs comparing once."""
    kept = np.unique(combined(prepared.node + 1, prepared.content), return_index=True)[1]
    if len(kept) == len(prepared):
        return prepared
    kept.sort()
    lines = {f.name: getattr(prepared, f.name) for f in fields(Prepared)}
    aside = ("labels", "origin", "origin_node")
    return Prepared(**{name: value if name in aside else value[kept] for name, value in lines.items()})
