"""`wangge workday`: from files to the sentence that says where a day fills."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from wangge.cores.workday.command import main
from wangge.cores.workday.settlements import settlement
from wangge.cores.workday.study import Band, Wanted
from wangge.cores.workday.summary import said_of_band

SHORT = ["--sizes", "300", "600", "--years", "1"]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """One old community of the made-up kind as a file, walk-ups of six floors."""
    path = tmp_path_factory.mktemp("city") / "units.csv"
    units = settlement("old", 1, communities=1).units
    lines = [
        f"{units.ids[i]},{units.x[i]:.1f},{units.y[i]:.1f},{units.households[i]},{units.community[i]},6,0"
        for i in range(len(units))
    ]
    path.write_text(
        "\n".join(["unit_id,x,y,households,community,floors,lift", *lines]) + "\n", encoding="utf-8"
    )
    return path


def full_at(said: str) -> int:
    found = re.search(r"is full at (\d+) households", said)
    assert found, said
    return int(found[1])


def test_a_citys_own_buildings_and_sheet(city, tmp_path, capsys):
    sheet = tmp_path / "ours.csv"
    sheet.write_text(
        "code,zh,en,value,low,high,unit,assumption,source\n"
        "stairs.seconds,楼梯,Stairs,70,70,70,seconds,no,timed\n",
        encoding="utf-8",
    )
    assert main(["--units", str(city), *SHORT]) == 0
    shipped = capsys.readouterr().out
    assert main(["--units", str(city), "--sheet", str(sheet), *SHORT]) == 0
    ours = capsys.readouterr().out
    assert full_at(ours) < full_at(shipped)
    assert "seed 1; of 65 rows of the sheet 59 are assumptions" in ours
    assert "units.csv: " in ours


def test_recorded_months_stand_for_assumptions(city, tmp_path, capsys):
    months = tmp_path / "months.csv"
    lines = [
        f"g{g},2026-{m:02},400,{120 + g},{(120 + g) * 11 + 40 * 25},40,21"
        for g in range(4)
        for m in range(1, 7)
    ]
    months.write_text(
        "grid,month,households,visits,minutes,cases,days\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    assert main(["--units", str(city), "--recorded", str(months), *SHORT]) == 0
    said = capsys.readouterr().out
    assert "recorded: 24 grid-months" in said
    assert re.search(r"cases\.rate: 1\.2 before, 1\.18 now .*; measured", said)
    assert "nan" not in said
    assert "  cases.rate 1.2" not in said  # no assumption any more


def test_bad_rows_are_named_and_nothing_runs(city, tmp_path, capsys):
    sheet = tmp_path / "ours.csv"
    sheet.write_text(
        "code,zh,en,value,low,high,unit,assumption,source\nlift.second,电梯,Lift,60,60,60,seconds,no,timed\n",
        encoding="utf-8",
    )
    assert main(["--units", str(city), "--sheet", str(sheet), *SHORT]) == 1
    out, error = capsys.readouterr()
    assert (out, "row 2" in error, "code" in error) == ("", True, True)


@pytest.mark.parametrize("wrong", [["--edges", "e.csv"], ["--sizes", "300"], ["--years", "0"]])
def test_what_cant_be_understood_is_said(wrong, capsys):
    assert main(wrong) == 2
    assert capsys.readouterr().err.startswith("wangge workday: ")


def test_it_loads_no_django():
    script = "import sys\nfrom wangge.entry.site.__main__ import main\nmain(['workday', '--sizes', '1'])\nsys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(
    ("band", "words"),
    [
        (Band(None, 450.0, True), "from the smallest size here to 450 households"),
        (Band(310.0, None, True), "from 310 households to the largest size here"),
        (Band(None, None, True), "every size here"),
        (Band(500.0, 400.0, False), "no size here has"),
    ],
)
def test_the_band_in_words(band, words):

    assert said_of_band(band, Wanted()).startswith(words)
