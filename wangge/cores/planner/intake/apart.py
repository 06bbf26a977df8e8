"""Pairs of units that are to be kept apart: no link leads from one to the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from wangge.cores.messages.said import said
from wangge.cores.planner.intake.checking import Checks
from wangge.cores.planner.intake.shapes import Source
from wangge.cores.planner.records import Ints


def read_apart(source: Source, ids: Sequence[str], row: Ints, compound: Sequence[str]) -> Ints:
    """A sheet of pairs, in its first two columns, by the ids of buildings; every unit of one is apart from every of the other.

    :param ids: of the buildings, each once; `row`: the building of each of n units; `compound`: theirs, "" for none.
    :returns: p x 2 rows of units.
    :raises TableError: naming every pair with an id that isn't there, of one building with itself, or inside
        one compound, which stays together.
    """
    from wangge.cores.tables.errors import refusal
    from wangge.cores.tables.reading import read_table

    table = read_table(source.path, sheet=source.layer)
    if len(table.columns) < 2:
        advice = said("Write one pair a row, an id in each of the first two columns.")
        raise refusal(table.file, "no_pairs", said("two columns of ids"), advice, sheet=table.sheet)
    checks, number = Checks(table), {name: i for i, name in enumerate(ids)}
    first, second = table.columns[:2]
    sides = [checks.names(column) for column in (first, second)]
    for column, side in zip((first, second), sides, strict=True):
        lost = [i for i, name in enumerate(side) if name not in number]
        checks.refuse(column, lost, "unknown_building", said("the id of a building"), said("Correct the id."))
    yard = {int(building): name for building, name in zip(row, compound, strict=True) if name}
    one = [
        i
        for i, (a, b) in enumerate(zip(*sides, strict=True))
        if a != b and a in number and number[a] in yard and yard[number[a]] == yard.get(number.get(b, -1))
    ]
    expected, advice = (
        said("buildings of two compounds"),
        said("Take the pair out, or take one out of the compound."),
    )
    checks.refuse(second, one, "same_compound", expected, advice)
    same = [i for i, (a, b) in enumerate(zip(*sides, strict=True)) if a == b]
    checks.refuse(
        second, same, "same_building", said("another building than the first"), said("Correct the id.")
    )
    checks.finish()
    units: list[list[int]] = [[] for _ in ids]
    for unit, mine in enumerate(row):
        units[mine].append(unit)
    pairs = [(u, v) for a, b in zip(*sides, strict=True) for u in units[number[a]] for v in units[number[b]]]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
