"""The sheet: every row with its source, a city's own in its place, every bad row named."""

import pytest

from wangge.cores.tables.errors import TableError
from wangge.cores.workday.sheet_in import COLUMNS, read_sheet


def sheet(tmp_path, *rows):
    path = tmp_path / "own.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def test_every_shipped_row_has_a_source_or_is_called_an_assumption():
    for row in read_sheet().rows:
        assert row.assumption == ("assumption" in row.source), row.code


def test_a_row_of_ones_own_takes_the_place_of_the_shipped(tmp_path):
    own = read_sheet(sheet(tmp_path, "cases.rate,案件,Cases,2,1,3,cases/year,否,counted 2025"))
    assert own.values["cases.rate"] == 2
    assert own.values["cases.minutes"] == 25
    assert not next(row for row in own.rows if row.code == "cases.rate").assumption


def test_a_programme_of_ones_own_counts(tmp_path):
    rows = [f"visits.dogs.{part},犬只登记,Dogs,{value},{value},{value},x,yes,assumption"
            for part, value in (("share", 0.1), ("times", 1), ("minutes", 5), ("due", 20))]  # fmt: skip
    assert "dogs" in read_sheet(sheet(tmp_path, *rows)).programmes


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("cases.rate,案件,Cases,9,1,3,x,yes,guess", "value"),
        ("cases.rate,案件,Cases,two,1,3,x,yes,guess", "value"),
        ("cases.rate,案件,Cases,2,1,3,x,perhaps,guess", "assumption"),
        ("cases.rat,案件,Cases,2,1,3,x,yes,guess", "code"),
        ("visits.dogs.share,犬,Dogs,0.1,0.1,0.1,x,yes,guess", "code"),
        ("vain.share,无人应,Not at home,0.5,0.3,0.95,x,yes,guess", "high"),
        ("walk.speed,步速,Speed,1,0,2,m/s,yes,guess", "low"),
    ],
)
def test_a_bad_row_is_named(tmp_path, row, column):
    good = "cases.minutes,每案,Cases,25,15,40,minutes,yes,guess"
    with pytest.raises(TableError) as caught:
        read_sheet(sheet(tmp_path, good, row))
    assert [(one.row, one.column) for one in caught.value.errors] == [(3, column)]
