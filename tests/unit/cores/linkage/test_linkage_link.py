"""The linker's promises: tiers, order, running twice, people's decisions, one-to-one, floods."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linkage_people import FIELDS, make_town

from wangge.cores.linkage.decisions import Decision
from wangge.cores.linkage.errors import LinkageError
from wangge.cores.linkage.link import link
from wangge.cores.linkage.prepared import prepare

NOBODY = pa.table({"person": pa.array([], pa.string())})
TOWN = make_town(3, 40)
GOLDEN = TOWN.batches["police"].rename_columns(["person", *TOWN.batches["police"].column_names[1:]])
RECORDS = TOWN.batches["health"]


def person_of(records: pa.Table, golden: pa.Table, decisions: tuple[Decision, ...] = ()) -> dict[str, str]:
    links = link(records, golden, decisions=decisions).links
    return dict(zip(links["record"].to_pylist(), links["cluster"].to_pylist(), strict=True))


def with_links(records: pa.Table, golden: pa.Table) -> pa.Table:
    """The golden rows and those of the records, under the persons that the linker gave them."""
    clusters = person_of(records, golden)
    persons = pa.array([clusters[record] for record in records["record"].to_pylist()])
    return pa.concat_tables([golden, records.append_column("person", persons)], promote_options="default")


@pytest.mark.parametrize(
    ("record", "tier"),
    [
        ({"name": "章玮", "id_number": "110105491231002"}, "rule"),
        ({"name": "张伟", "birth_date": "1949-12-31", "dwelling": "D1"}, "model"),
        ({"name": "章玮", "birth_date": "1949-12-31", "phone": "13812345679"}, "model"),
        ({"name": "张伟", "birth_date": "1949-12-13", "phone": "13812345679"}, "model"),
        ({"name": "张伟"}, "new"),
        ({"name": "赵丽", "birth_date": "1999-01-01"}, "new"),
    ],
)
def test_tiers(record: dict[str, str], tier: str) -> None:
    golden = pa.table(
        {
            "person": ["P"],
            "name": ["张伟"],
            "id_number": ["11010519491231002X"],
            "dwelling": ["D1"],
            "phone": ["13812345679"],
        }
    )
    row = link(pa.Table.from_pylist([{"record": "r"} | record]), golden).links.to_pylist()[0]
    assert row["tier"] == tier
    assert row["person"] == (None if tier == "new" else "P")
    assert 0 <= row["probability"] <= 1


@given(st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None)
def test_the_order_of_rows_does_not_matter(shuffle: random.Random) -> None:
    orders = [list(range(RECORDS.num_rows)), list(range(GOLDEN.num_rows))]
    for order in orders:
        shuffle.shuffle(order)
    expected = link(RECORDS, GOLDEN)
    found = link(RECORDS.take(pa.array(orders[0])), GOLDEN.take(pa.array(orders[1])))
    assert found.links.equals(expected.links)
    assert found.unsure.equals(expected.unsure)


def test_linking_twice_changes_nothing() -> None:
    first = person_of(RECORDS, GOLDEN)
    assert person_of(RECORDS, with_links(RECORDS, GOLDEN)) == first


def test_a_prepared_golden_side_links_alike() -> None:
    assert link(RECORDS, prepare(GOLDEN, "person")).links.equals(link(RECORDS, GOLDEN).links)


@given(st.data())
@settings(max_examples=5, deadline=None)
def test_decisions_are_obeyed_and_a_reversal_splits_again(data: st.DataObject) -> None:
    before = person_of(RECORDS, GOLDEN)
    record = data.draw(st.sampled_from(RECORDS["record"].to_pylist()))
    person = data.draw(st.sampled_from(GOLDEN["person"].to_pylist()))
    same, apart = Decision(record, person, True), Decision(person, record, False)
    joined = link(RECORDS, GOLDEN, decisions=[same])
    row = joined.links.filter(pa.compute.equal(joined.links["record"], record)).to_pylist()[0]
    assert row["person"] == person
    assert row["tier"] in ("decision", "rule")
    assert person_of(RECORDS, GOLDEN, (apart,))[record] != person
    assert person_of(RECORDS, GOLDEN, (same, apart))[record] != person
    if before[record] != person:
        reversed_again = person_of(RECORDS, GOLDEN, (same, apart))
        assert reversed_again == person_of(RECORDS, GOLDEN, (apart,))


def test_a_decision_outranks_a_veto_and_its_end_restores_it() -> None:
    golden = pa.table({"person": ["P"], "name": ["李思雨"], "birth_date": ["2012-05-03"], "dwelling": ["D1"]})
    twin = pa.table({"record": ["r"], "name": ["李思雪"], "birth_date": ["2012-05-03"], "dwelling": ["D1"]})
    assert person_of(twin, golden) == {"r": "new:r"}
    assert person_of(twin, golden, (Decision("r", "P", True),)) == {"r": "P"}
    assert person_of(twin, golden) == {"r": "new:r"}


def test_decisions_that_cannot_be_obeyed_are_reported() -> None:
    golden = pa.table({"person": ["P", "Q"], "name": ["王伟", "李丽"]})
    records = pa.table({"record": ["r"], "name": ["王伟"]})
    decisions = [Decision("r", "P", True), Decision("r", "Q", True), Decision("r", "nobody", False)]
    links = link(records, golden, decisions=decisions)
    assert links.links["person"].to_pylist() == ["P"]
    assert [w.code for w in links.warnings] == ["decision_unknown", "decision_contradicts"]


def test_a_person_gets_one_record_a_file_unless_it_is_a_duplicate() -> None:
    golden = pa.table({"person": ["P"], "name": ["王建国"], "birth_date": ["1960-02-11"], "dwelling": ["D7"]})
    records = pa.table(
        {
            "record": ["a", "b", "c"],
            "name": ["王建国", "王建国", "王建果"],
            "birth_date": ["1960-02-11"] * 3,
            "dwelling": ["D7"] * 3,
            "phone": [None, "13812345679", None],
        }
    )
    links = link(records, golden)
    assert links.links["person"].to_pylist() == ["P", "P", None]
    assert links.links["duplicate_of"].to_pylist() == [None, "a", None]
    assert ("c", "second_record") in zip(
        links.unsure["record"].to_pylist(), links.unsure["reason"].to_pylist(), strict=True
    )


def test_new_people_of_a_batch_share_a_cluster() -> None:
    rows = [
        {"record": "a", "source": "x", "name": "王建国", "birth_date": "1960-02-11", "phone": "13812345679"},
        {"record": "b", "source": "y", "name": "王建果", "birth_date": "1960-02-11", "phone": "13812345679"},
        {"record": "c", "source": "y", "name": "赵丽", "birth_date": "1990-02-11", "phone": "13812345670"},
    ]
    links = link(pa.Table.from_pylist(rows), NOBODY).links
    assert links["cluster"].to_pylist() == ["new:a", "new:a", "new:c"]


def test_two_equally_good_persons_are_never_guessed_between() -> None:
    golden = pa.table(
        {"person": ["P", "Q"], "name": ["张伟"] * 2, "birth_date": ["1990-01-02"] * 2, "sex": ["1", "1"]}
        | {"id_number": ["420502199001021237", "420502199001023451"]}
    )
    links = link(pa.table({"record": ["r"], "name": ["张伟"], "birth_date": ["1990-01-02"]}), golden)
    assert links.links["person"].to_pylist() == [None]
    assert sorted(links.unsure["other"].to_pylist()) == ["P", "Q"]
    assert links.unsure["probability"].to_pylist() == pytest.approx([0.5, 0.5], abs=0.01)


def test_a_person_known_twice_is_reported_and_the_better_known_gets_the_record() -> None:
    golden = pa.table(
        {
            "person": ["P", "Q"],
            "name": ["严凯", "严凯"],
            "phone": ["13812345679", None],
            "dwelling": [None, "D7"],
            "id_number": [None, "11010519491231002X"],
        }
    )
    links = link(
        pa.table({"record": ["r"], "name": ["严凯"], "phone": ["13812345679"], "dwelling": ["D7"]}), golden
    )
    assert links.links["person"].to_pylist() == ["Q"]
    assert links.doubles.to_pylist() == [{"person": "Q", "other": "P", "record": "r"}]


def test_a_record_that_is_known_keeps_its_person() -> None:
    golden = pa.table({"person": ["P", "Q"], "record": ["old", "r"], "name": ["张伟", "张伟"]})
    links = link(pa.table({"record": ["r"], "name": ["张伟"]}), golden).links
    assert links["person"].to_pylist() == ["Q"]


def test_the_weights_of_an_unsure_pair_add_up() -> None:
    golden = pa.table({"person": ["P", "Q"], "name": ["王建国", "王建军"], "dwelling": ["D7", "D7"]})
    records = pa.table({"record": ["a", "b"], "name": ["王建国", "王建果"], "dwelling": [None, "D7"]})
    unsure = link(records, golden).unsure.to_pylist()
    assert {row["record"] for row in unsure} == {"a", "b"}
    for row in unsure:
        odds = row["start"] + sum(weight["weight"] for weight in row["weights"])
        assert 2**odds / (1 + 2**odds) >= row["probability"] - 1e-9  # rivals only lower it


def flood(n: int, **columns: object) -> dict[str, list[object]]:
    return {name: value if isinstance(value, list) else [value] * n for name, value in columns.items()}


@pytest.mark.parametrize("known", [{}, {"phone": "13812345670"}, {"birth_date": "1990-01-01"}])
def test_ten_thousand_namesakes_end_apart_in_bounded_work(known: dict[str, str]) -> None:
    n = 10_000
    records = pa.table({"record": [f"r{k}" for k in range(n)]} | flood(n, name="张伟", **known))
    golden = pa.table({"person": [f"P{k}" for k in range(n)]} | flood(n, name="张伟", **known))
    links = link(records, golden)
    assert set(links.links["person"].to_pylist()) == {None}
    assert len(set(links.links["cluster"].to_pylist())) == n
    assert [(w.code, w.count) for w in links.warnings] == [("crowded", n)]


def test_a_file_pasted_twice_and_a_line_that_came_ten_thousand_times() -> None:
    n = 10_000
    rows = flood(n, name="张伟", id_number="11010519491231002X")
    links = link(pa.table({"record": [f"r{k}" for k in range(n)]} | rows), NOBODY)
    assert len(set(links.links["cluster"].to_pylist())) == 1
    twice = pa.concat_tables(
        [RECORDS, RECORDS.set_column(0, "record", pa.array([f"2{r}" for r in RECORDS["record"].to_pylist()]))]
    )
    clusters = person_of(twice, NOBODY)
    known = RECORDS.filter(pa.compute.is_valid(RECORDS["id_number"]))["record"].to_pylist()
    assert all(clusters[r] == clusters[f"2{r}"] for r in known)


def test_missing_columns_empty_tables_and_bad_ids() -> None:
    assert link(pa.table({"record": ["r"]}), NOBODY).warnings[0].code == "no_evidence"
    assert link(pa.table({"record": pa.array([], pa.string())}), GOLDEN).links.num_rows == 0
    for table, code in (
        (pa.table({"name": ["张伟"]}), "no_id_column"),
        (pa.table({"record": ["a", None]}), "blank_id"),
        (pa.table({"record": ["a", "a"]}), "repeated_record"),
    ):
        with pytest.raises(LinkageError) as error:
            link(table, NOBODY)
        assert error.value.code == code


def test_columns_of_other_types_are_read_as_text() -> None:
    records = pa.table(
        {"record": [1, 2], "name": ["张伟", "李丽"], "sex": [1, 2], **{f: [None, None] for f in FIELDS[3:]}}
    )
    assert link(records, NOBODY).links["record"].to_pylist() == ["1", "2"]
