"""Linkage's main door: a batch of records linked against the golden persons known so far.

In tiers, cheap to dear: people's decisions, rules, the model. Deterministic: the order of rows plays no part,
and nothing is drawn at random. See docs/adr/0003-linking.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from wangge.cores.linkage.blocking import candidates
from wangge.cores.linkage.decisions import Decision, settle
from wangge.cores.linkage.errors import LinkageError
from wangge.cores.linkage.joining import Batch, join_all
from wangge.cores.linkage.links import Links
from wangge.cores.linkage.matrices import hashed_texts
from wangge.cores.linkage.model import Model, chinese
from wangge.cores.linkage.pairs import find_pairs
from wangge.cores.linkage.prepared import Prepared, prepare
from wangge.cores.linkage.repeats import repeats
from wangge.cores.linkage.reporting import double_table, link_table, unsure_tables
from wangge.cores.linkage.warnings import warn


def link(
    records: pa.Table,
    golden: pa.Table | Prepared,
    *,
    model: Model | None = None,
    decisions: Sequence[Decision] = (),
) -> Links:
    """Say for each record which golden person it is, or that it is somebody new.

    ``records``: column ``record`` (unique opaque ids), the fields of ``prepared.FIELDS`` as text, optionally
    ``source`` when the batch holds several files. ``golden``: column ``person``, the same fields, any number
    of rows a person (all that is known: former names, telephones, addresses), optionally ``record``, the
    record a row came from: such a record keeps its person. ``golden`` may come prepared
    (``prepare(table, "person")``). ``model``: the shipped Chinese one by default.

    Raises LinkageError for missing, blank or repeated record ids.
    """
    model = model or chinese()
    left = prepare(records, "record")
    if len(left.labels) != len(left):
        raise LinkageError(
            "repeated_record", f"{len(left) - len(left.labels)} record ids come more than once"
        )
    right = golden if isinstance(golden, Prepared) else prepare(golden, "person")
    batch = Batch(left, right, repeats(left))
    skip = batch.first != np.arange(len(left))
    found = candidates(left, right, skip), candidates(left, skip=skip)
    settled = settle(decisions, _nodes(batch, decisions))
    golden_pairs = find_pairs(left, right, found[0], model, golden=True)
    joined = join_all(
        batch, golden_pairs, find_pairs(left, left, found[1], model, golden=False), settled, model
    )
    unsure, refused = unsure_tables(joined, batch, model)
    return Links(
        links=link_table(joined, batch, unsure),
        unsure=unsure,
        refused=refused,
        doubles=double_table(joined, batch),
        warnings=warn(batch, joined, found, settled.unknown),
    )


def _nodes(batch: Batch, decisions: Sequence[Decision]) -> dict[str, int]:
    """Node of every id that decisions name: a record, a golden person, or a record that a person holds."""
    wanted = sorted({label for decision in decisions for label in (decision.left, decision.right)})
    nodes: dict[str, int] = {}
    for label, key in zip(wanted, hashed_texts(wanted), strict=True):
        held = np.flatnonzero(batch.right.origin == key)
        if len(held):
            nodes[label] = batch.records + int(batch.right.origin_node[held[0]])
    for labels, offset in ((batch.right.labels, batch.records), (batch.left.labels, 0)):
        place = {label: at + offset for at, label in enumerate(labels)} if wanted else {}
        nodes |= {label: place[label] for label in wanted if label in place}
    return nodes
