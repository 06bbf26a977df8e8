"""Recorded months: made-up truth is found again, and what the months can't tell stays an assumption."""

import numpy as np
import pytest

from wangge.cores.tables.errors import TableError
from wangge.cores.workday.calibration import calibrate
from wangge.cores.workday.months import Month, read_months
from wangge.cores.workday.sheet_in import read_sheet

SHEET = read_sheet()


def months(count, visit=14.0, case=35.0, rest=10.0, noise=60.0):
    rng = np.random.default_rng(7)
    made = []
    for number in range(count):
        visits, cases, days = rng.integers(60, 200), rng.integers(15, 70), rng.integers(17, 23)
        took = visits * visit + cases * case + days * rest + rng.normal(0, noise)
        made.append(Month(f"g{number % 20}", f"2026-{number // 20 + 1:02}", 400, visits, took, cases, days))
    return made


def test_the_truth_is_found_again():
    found = calibrate(SHEET, months(120))
    fitted = {one.code: one for one in found.fitted}
    mean = 14.0 / fitted["minutes.factor"].value  # what the sheet thinks an average visit takes
    assert fitted["minutes.factor"].low * mean <= 14.0 <= fitted["minutes.factor"].high * mean
    assert fitted["cases.minutes"].low <= 35.0 <= fitted["cases.minutes"].high
    assert abs(found.rest.value - 10.0) < 10
    assert all(one.is_measured for one in found.fitted)
    measured = {row.code for row in found.sheet.rows if row.source.startswith("recorded")}
    assert measured == {"minutes.factor", "cases.minutes", "visits.factor", "cases.rate"}
    assert not any(row.assumption for row in found.sheet.rows if row.code in measured)


def test_few_noisy_months_leave_the_assumption():
    found = calibrate(SHEET, months(4, noise=3000))
    case = next(one for one in found.fitted if one.code == "cases.minutes")
    assert not case.is_measured
    assert next(row for row in found.sheet.rows if row.code == "cases.minutes").assumption


def test_nothing_takes_less_than_no_time():
    found = calibrate(SHEET, months(60, case=0.0, rest=0.0, noise=10))
    assert all(one.low >= 0 for one in (*found.fitted, found.rest))


def test_too_few_months_are_refused():
    with pytest.raises(ValueError, match="three"):
        calibrate(SHEET, months(2))


def test_a_file_of_months_is_read_and_its_bad_row_named(tmp_path):
    path = tmp_path / "months.csv"
    head = "grid,month,households,visits,minutes,cases,days\n"
    path.write_text(head + "g1,2026-01,400,120,1800,40,21\n", encoding="utf-8")
    assert read_months(path) == [Month("g1", "2026-01", 400, 120, 1800, 40, 21)]
    path.write_text(head + "g1,2026-01,400,120,1800,40,21\ng2,2026-01,400,-1,1800,40,21\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_months(path)
    assert [(one.row, one.column) for one in caught.value.errors] == [(3, "visits")]
