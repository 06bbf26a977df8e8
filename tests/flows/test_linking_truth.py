"""Linking eight departments' files, held against the truth that nothing of the product ever opens."""

import io
import shutil

import openpyxl
import pyarrow.parquet as pq
import pytest
from departments import deliver, departments_of, open_feed

from wangge.cores.linkage.evaluate import evaluate

LEAST_F1 = 0.985


@pytest.fixture(scope="module", params=[1, 2, 3])
def loaded(request, loader):
    yield from loader(request.param)


def clusters(town, departments):
    """(department, file, row) → person, as the data officer exports it."""
    found = {}
    for department in departments:
        content = town.at("data_officer").get(f"hub/feeds/{department}/links.xlsx")
        rows = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(
            min_row=2, values_only=True
        )
        found |= {(department, file, int(row)): person for file, row, person, *_ in rows}
    return found


def partition(found):
    """The same clusters, whatever their ids."""
    members = {}
    for record, person in found.items():
        members.setdefault(person, set()).add(record)
    return {frozenset(one) for one in members.values()}


def test_departments_files_link_to_the_people_they_speak_of(town, capsys, tmp_path):
    truth = town.truth
    if (
        town.seed == 1
    ):  # with the truth gone nothing is different: it is only read here, from where it was put
        truth = tmp_path / "truth"
        shutil.move(town.truth, truth)
    try:
        with town.when(days=40):
            departments = departments_of(town)
            for department in departments:
                open_feed(town, department)
                deliver(town, department)
            found = clusters(town, departments)
        true = {
            (r["department"], r["file"], r["row"]): r["person_id"]
            for r in pq.read_table(truth / "records.parquet").to_pylist()
        }
    finally:
        if truth != town.truth:
            shutil.move(truth, town.truth)
    both = found.keys() & true.keys()
    assert len(both) > 0.98 * len(found)
    score = evaluate({k: found[k] for k in both}, {k: true[k] for k in both})
    with capsys.disabled():
        print(
            f"\nseed {town.seed}: {len(both)} rows, precision {score.precision:.4f}, recall {score.recall:.4f}, F1 {score.f1:.4f}"
        )
    assert score.f1 >= LEAST_F1
    assert partition(found)
