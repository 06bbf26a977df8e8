"""Linkage's reporting: joined clusters as tables, and the pairs that people should look at."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from wangge.cores.linkage import name_comparison as names
from wangge.cores.linkage.comparing import FIELDS, NAME
from wangge.cores.linkage.joining import Batch, Joined
from wangge.cores.linkage.links import DOUBLE_SCHEMA, LINK_SCHEMA, UNSURE_SCHEMA
from wangge.cores.linkage.model import LEVELS, Model
from wangge.cores.linkage.pairs import Pairs
from wangge.cores.linkage.vetoes import FITTING_NAME, ID_OF_ANOTHER, TWO_IDS, VETOES

NEW = "new:"
# More questions about one record than this help nobody.
_MOST_PER_RECORD = 5


def link_table(joined: Joined, batch: Batch, unsure: pa.Table) -> pa.Table:
    """One row a record, as LINK_SCHEMA."""
    doubt = _doubt(unsure)
    rows: dict[str, list[object]] = {name: [] for name in LINK_SCHEMA.names}
    ways: dict[int, dict[int, tuple[str, float]]] = {}
    seen: dict[tuple[int, int], str] = {}
    for node, label in enumerate(batch.left.labels):
        root, person = joined.clusters.root(node), joined.clusters.person(node)
        if person is None:
            name, tier, probability = None, "new", 1.0 - doubt[label]
        else:
            if person not in ways:
                ways[person] = joined.ways(person)
            name = batch.right.labels[person - batch.records]
            tier, probability = ways[person][node]
        first = seen.setdefault((root, int(batch.left.source[node])), label)
        rows["record"].append(label)
        rows["person"].append(name)
        rows["cluster"].append(name or NEW + seen.setdefault((root, -1), label))
        rows["probability"].append(probability)
        rows["tier"].append(tier)
        rows["duplicate_of"].append(None if first == label else first)
    return pa.table(rows, schema=LINK_SCHEMA)


def unsure_tables(joined: Joined, batch: Batch, model: Model) -> tuple[pa.Table, pa.Table]:
    """Pairs of records that found no golden person, best first per record: to be asked, and plainly refused."""
    pairs = joined.pairs
    plain = (pairs.veto == TWO_IDS) & ~np.isin(pairs.levels[:, NAME], FITTING_NAME)
    plain |= (pairs.veto == TWO_IDS) & (pairs.levels[:, NAME] == names.ONE)
    tables = []
    for chosen in (~plain, plain):
        rows = [_row(joined, batch, *asked) for asked in _worth_asking(joined, batch, model, chosen)]
        tables.append(pa.Table.from_pylist(rows, schema=UNSURE_SCHEMA))
    return tables[0], tables[1]


def double_table(joined: Joined, batch: Batch) -> pa.Table:
    """Golden persons known twice, as DOUBLE_SCHEMA, each two once."""
    rows: dict[tuple[str, str], str] = {}
    labels, records = batch.right.labels, batch.records
    for double in joined.doubles:
        two = labels[double.kept - records], labels[double.other - records]
        if two[::-1] not in rows:
            rows.setdefault(two, batch.left.labels[int(joined.pairs.left[double.pair])])
    found = [{"person": a, "other": b, "record": record} for (a, b), record in sorted(rows.items())]
    return pa.Table.from_pylist(found, schema=DOUBLE_SCHEMA)


def _worth_asking(
    joined: Joined, batch: Batch, model: Model, chosen: npt.NDArray[np.bool_]
) -> list[tuple[int, int, int]]:
    """Pairs to show, as (pair, record asked about, other node): golden ones first, a few per record."""
    pairs, records = joined.pairs, batch.records
    settled = np.array([joined.clusters.person(node) is not None for node in range(records)] + [True])
    asked = np.flatnonzero(
        chosen & ((joined.probability >= model.part_below) | (pairs.veto == ID_OF_ANOTHER))
    )
    asked = asked[~(settled[pairs.left[asked]] & settled[np.minimum(pairs.right[asked], records)])]
    inside = pairs.right[asked] < records
    asked = asked[np.lexsort((pairs.right[asked], pairs.left[asked], -joined.probability[asked], inside))]
    per_record: defaultdict[int, set[int]] = defaultdict(set)
    kept = []
    for at in asked.tolist():
        a, b = int(pairs.left[at]), int(pairs.right[at])
        if settled[a]:
            a, b = b, a
        theirs = joined.clusters.root(b)
        if (
            theirs != joined.clusters.root(a)
            and theirs not in per_record[a]
            and len(per_record[a]) < _MOST_PER_RECORD
        ):
            per_record[a].add(theirs)
            kept.append((at, a, b))
    return sorted(kept, key=lambda k: (k[1], -joined.probability[k[0]], k[2]))


def _row(joined: Joined, batch: Batch, at: int, record: int, other: int) -> dict[str, object]:
    pairs = joined.pairs
    golden = other >= batch.records
    return {
        "record": batch.left.labels[record],
        "other": batch.right.labels[other - batch.records] if golden else batch.left.labels[other],
        "other_is": "person" if golden else "record",
        "probability": float(joined.probability[at]),
        "reason": VETOES[pairs.veto[at]] or joined.refused.get(at, ""),
        "start": float(pairs.start[at]),
        "against": "kin" if pairs.kin[at] else "stranger",
        "weights": _waterfall(pairs, at),
    }


def _waterfall(pairs: Pairs, at: int) -> list[dict[str, object]]:
    return [
        {"field": field, "level": LEVELS[field][level], "weight": float(weight)}
        for field, level, weight in zip(FIELDS, pairs.levels[at], pairs.weights[at], strict=True)
        if level
    ]


def _doubt(unsure: pa.Table) -> defaultdict[str, float]:
    """How likely it is that a record is one of those it was not joined to, vetoes apart."""
    doubt: defaultdict[str, float] = defaultdict(float)
    columns = (unsure.column(c).to_pylist() for c in ("record", "probability", "reason"))
    for record, probability, reason in zip(*columns, strict=True):
        if not reason:
            doubt[record] = max(doubt[record], probability)
    return doubt
