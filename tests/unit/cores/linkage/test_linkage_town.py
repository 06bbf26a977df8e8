"""Linking a made-up town's eight files, batch after batch: few wrong pairs, few missed."""

from __future__ import annotations

import pyarrow as pa
import pytest
from linkage_people import FIELDS, Errors, Town, make_town

from wangge.cores.linkage.evaluate import Score, evaluate
from wangge.cores.linkage.link import link


def linked(town: Town) -> Score:
    """Each file against the persons known so far; whoever is new becomes one."""
    golden = pa.table({name: pa.array([], pa.string()) for name in ("person", "record", *FIELDS)})
    clusters: dict[str, str] = {}
    for name, batch in town.batches.items():
        links = link(batch, golden).links
        for record, cluster in zip(links["record"].to_pylist(), links["cluster"].to_pylist(), strict=True):
            clusters[record] = f"{name}/{cluster}" if cluster.startswith("new:") else cluster
        person = pa.array([clusters[record] for record in batch["record"].to_pylist()])
        golden = pa.concat_tables([golden, batch.append_column("person", person).select(golden.column_names)])
    return evaluate(clusters, town.truth)


@pytest.mark.parametrize("seed", [101, 102])
def test_a_town_is_linked_rightly(seed: int) -> None:
    score = linked(make_town(seed, 350))
    assert score.precision >= 0.999
    assert score.recall >= 0.98
    assert score.f1 >= 0.99


def test_a_careless_town_loses_pairs_but_merges_nobody_wrongly() -> None:
    score = linked(
        make_town(
            103, 250, Errors(homophone=0.05, id_digit=0.05, id_swap=0.03, birth_day=0.03, phone_old=0.3)
        )
    )
    assert score.precision >= 0.999
    assert score.recall >= 0.95
