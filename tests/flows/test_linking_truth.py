"""Linking eight departments' files, held against the truth that nothing of the product ever opens."""

import io
import shutil

import openpyxl
import pyarrow.parquet as pq
import pytest
from departments import deliver, departments_of, open_feed
from django.db import transaction

from wangge.cores.linkage.evaluate import evaluate

pytestmark = pytest.mark.django_db
LEAST_F1 = 0.985


@pytest.fixture(scope="module", params=[1, 2, 3])
def loaded(request, loader):
    yield from loader(request.param)


def clusters(town, departments):
    """(department, file, row, which person of it) → person, as the data officer exports it."""
    found = {}
    for department in departments:
        content = town.at("data_officer").get(f"hub/feeds/{department}/links.xlsx")
        rows = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(
            min_row=2, values_only=True
        )
        found |= {(department, file, int(row), int(part)): person for file, row, person, *_, part in rows}
    return found


def partition(found):
    """The same clusters, whatever their ids."""
    members = {}
    for record, person in found.items():
        members.setdefault(person, set()).add(record)
    return {frozenset(one) for one in members.values()}


def same(found, again):
    """Whether two linkings of the same files put every row into the same cluster.

    Persons whom the town knew beforehand have the same ids both times, so rows that mean one of them mean the same one; those
    who became known by the files are new people each time.
    """
    return (
        found.keys() == again.keys()
        and partition(found) == partition(again)
        and meant_alike(found, again) == meant_alike(again, found)
    )


def meant_alike(found, again):
    """Rows whose person is somebody in the other linking too."""
    others = set(again.values())
    return {record: person for record, person in found.items() if person in others}


def linked(town):
    """All departments' files, linked from the town as it was loaded; taken back afterwards."""
    with town.when(days=40), transaction.atomic():
        departments = departments_of(town)
        for department in departments:
            open_feed(town, department)
            deliver(town, department)
        found = clusters(town, departments)
        transaction.set_rollback(True)
    town.desks.clear()
    return found


@pytest.fixture(scope="module")
def found(loaded):
    """The clusters of a town, made once."""
    return linked(loaded)


def test_departments_files_link_to_the_people_they_speak_of(loaded, found, capsys):
    true = {
        (r["department"], r["file"], r["row"], part): r[whose]
        for r in pq.read_table(loaded.truth / "records.parquet").to_pylist()
        for part, whose in ((1, "person_id"), (2, "tenant_id"))
        if r[whose]
    }
    # Second persons whom linking left without anybody count as missed.
    found = {record: "nobody " + str(record) for record in true if record[3] == 2} | found
    both = found.keys() & true.keys()
    assert len(both) > 0.98 * len(found)
    score = evaluate({k: found[k] for k in both}, {k: true[k] for k in both})
    with capsys.disabled():
        print(
            f"\nseed {loaded.seed}: {len(both)} rows, precision {score.precision:.4f}, recall {score.recall:.4f}, F1 {score.f1:.4f}"
        )
    assert score.f1 >= LEAST_F1


@pytest.mark.parametrize("loaded", [1], indirect=True)
def test_with_the_truth_gone_the_clusters_are_the_same(loaded, found, tmp_path):
    assert loaded.truth.is_dir()  # it was there when ``found`` was made
    shutil.move(loaded.truth, tmp_path / "truth")
    try:
        again = linked(loaded)
    finally:
        shutil.move(tmp_path / "truth", loaded.truth)
    assert same(found, again)
    assert meant_alike(found, again)


def test_the_comparison_sees_clusters_that_differ(found):
    records, persons = sorted(found), sorted(set(found.values()))
    assert same(found, dict(found))
    renamed = {person: f"new {number}" for number, person in enumerate(persons)}
    assert same(found, {record: renamed[person] for record, person in found.items()})
    other = next(person for person in persons if person != found[records[0]])
    assert not same(found, {**found, records[0]: other})
    several = next(record for record in records if list(found.values()).count(found[record]) > 1)
    assert not same(found, {**found, several: "somebody new"})
    assert not same(found, {record: found[record] for record in records[1:]})
    swapped = {found[records[0]]: other, other: found[records[0]]}
    assert not same(found, {record: swapped.get(person, person) for record, person in found.items()})
