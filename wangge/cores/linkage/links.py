"""Linkage's result: which person each record is, what people should look at, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

WEIGHT = pa.struct([("field", pa.string()), ("level", pa.string()), ("weight", pa.float64())])

LINK_SCHEMA = pa.schema(
    [
        ("record", pa.string()),
        ("person", pa.string()),
        ("cluster", pa.string()),
        ("probability", pa.float64()),
        ("tier", pa.string()),
        ("duplicate_of", pa.string()),
    ]
)
UNSURE_SCHEMA = pa.schema(
    [
        ("record", pa.string()),
        ("other", pa.string()),
        ("other_is", pa.string()),
        ("probability", pa.float64()),
        ("reason", pa.string()),
        ("start", pa.float64()),
        ("against", pa.string()),
        ("weights", pa.list_(WEIGHT)),
    ]
)


DOUBLE_SCHEMA = pa.schema([("person", pa.string()), ("other", pa.string()), ("record", pa.string())])


@dataclass(frozen=True, slots=True)
class LinkWarning:
    """Something the caller should know: a stable ``code``, how many, a plain sentence, and which ids."""

    code: str
    count: int
    message: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Links:
    """Result of ``link``.

    ``links``: one row a record, in the order of record ids. ``person``: the golden person, null for
    somebody new; ``cluster``: the person, or a key shared by the batch's records of one new person;
    ``probability`` that it belongs there; ``tier``: ``rule``, ``model``, ``decision`` (of people), ``new``
    (no golden person); ``duplicate_of``: an earlier record of the same file and person.

    ``unsure``: pairs for people, best first per record. ``other_is``: ``person`` or ``record``;
    ``reason``: ``""`` (simply unsure) or what forbids the merge: a veto of ``vetoes.VETOES``,
    ``second_record``, ``chain``, ``two_persons``, ``decision``; ``start`` and ``weights`` (log2, one per
    field that both know) add up to the odds; ``against``: the likelier other explanation, ``stranger`` or
    ``kin``; with rivals the probability is lower than the odds say.

    ``refused``: the same for pairs that are alike but plainly two people (two valid numbers under two
    names, as twins have): nobody needs to look.

    ``doubles``: golden persons that a record shows to be one, known twice so far; the record was linked to
    ``person``, and merging ``other`` into it is for people to decide.
    """

    links: pa.Table
    unsure: pa.Table
    refused: pa.Table
    doubles: pa.Table
    warnings: list[LinkWarning]
