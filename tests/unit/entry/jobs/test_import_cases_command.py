"""``wangge import-cases``: good files come in once and stay out of every rate; bad ones are told row by row and leave nothing."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests import databases
from wangge.entry.jobs import import_cases
from wangge.entry.jobs.case_files import BadRows, MappingWrong, read_cases, read_mapping
from wangge.platform.access import actors
from wangge.platform.access.errors import Forbidden
from wangge.work.cases import actions, queries
from wangge.work.cases.filters import Filters
from wangge.work.cases.models import Case, Step

ROOT = Path(__file__).resolve().parents[4]
LA311 = ROOT / "docs" / "examples" / "la311.yaml"
HEADER = (
    "SRNumber,CreatedDate,ClosedDate,RequestType,Status,Owner,RequestSource,Address,Longitude,Latitude,Left"
)
GOOD = [
    "1-1,12/31/2017 11:59:58 PM,04/09/2018 09:18:35 AM,Bulky Items,Closed,BOS,Call,2111 W BELLEVUE AVE,-118.266861909,34.073216645,x",
    "1-2,12/31/2017 11:56:39 PM,01/01/2018 10:11:23 AM,Graffiti Removal,Closed,OCB,Driver Self Report,6122 E MESA AVE,,,",
    "1-3,12/30/2017 01:00:00 AM,,Feedback,Open,NEW,Fax,,-118.2,34.1,",
    "1-4,12/30/2017 12:30:00 AM,12/29/2017 12:30:00 AM,Other,Cancelled,,Email,,-118.2,34.1,",
]


def written(folder, rows, header=HEADER):
    path = folder / "requests.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def mapping():
    return read_mapping(LA311)


def test_a_good_file_is_read_whole(tmp_path, mapping):
    brought = read_cases(written(tmp_path, GOOD), mapping)
    first, second, third, fourth = brought.cases
    assert first.outside_number == "la311:1-1"
    assert first.reported_at == datetime(
        2018, 1, 1, 7, 59, 58, tzinfo=UTC
    )  # Los Angeles is eight hours behind
    assert first.day == date(2017, 12, 31)
    assert (first.class_code, first.department, first.source, first.state) == (
        "E0199",
        "la_sanitation",
        "hotline",
        "closed",
    )
    assert (second.lon, second.source) == (None, "patrol")
    assert (third.state, third.closed_at, third.source, third.department) == (
        "to_accept",
        None,
        "import",
        "NEW",
    )
    assert third.class_code.startswith("I")  # a class that nobody mapped, the same code each time
    assert third.class_code == read_cases(written(tmp_path, GOOD), mapping).cases[2].class_code
    assert fourth.closed_at < fourth.reported_at  # kept as it was recorded
    assert [one.name_zh for one in brought.classes] == ["大件垃圾", "乱涂乱画", "Feedback", "其他"]


def test_every_bad_row_is_named_with_its_column(tmp_path, mapping):
    rows = [
        *GOOD,
        "1-1,12/31/2017 11:59:58 PM,,Other,Open,BOS,Call,,,,",  # row 6: a number twice
        "1-6,31.12.2017,,Other,Open,BOS,Call,,,,",  # row 7: another form of date
        "1-7,12/31/2017 11:59:58 PM,,Other,Opne,BOS,Call,,,,",  # row 8: an unknown status
        "1-8,12/31/2017 11:59:58 PM,,,Open,BOS,Call,,-118.2,,",  # row 9: no class, and half a point
        "1-9,12/31/2017 11:59:58 PM,,Other,Open,BOS,Call,,-918.2,34,",  # row 10: nowhere on earth
    ]
    with pytest.raises(BadRows) as error:
        read_cases(written(tmp_path, rows), mapping)
    told = [(e.row, e.column) for e in error.value.errors]
    assert told == [
        (6, "SRNumber"), (7, "CreatedDate"), (8, "Status"), (9, "RequestType"), (9, "Latitude"), (10, "Longitude"),
    ]  # fmt: skip
    assert "Did you mean 'Open'?" in str(error.value.errors[2])
    assert str(error.value.errors[0]).startswith(
        "requests.csv, row 6, column 'SRNumber': found '1-1', expected a number of its own (row 2"
    )


def test_the_command_tells_a_hundred_bad_rows_and_counts_all(tmp_path, capsys):
    rows = [f"1-{n},yesterday,,Other,Open,BOS,Call,,,," for n in range(150)]
    path = written(tmp_path, rows)
    folder = tmp_path / "installation"
    assert import_cases.main([str(path), "--mapping", str(LA311), "--folder", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert out == "imported 0, without grid 0, refused 150\n"
    assert err.count("column 'CreatedDate'") == 100
    assert "50 more bad rows" in err
    assert not folder.exists()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace("name: la311", "name: LA 311"), "name"),
        (lambda text: text.replace("America/Los_Angeles", "America/Hollywood"), "no time zone"),
        (lambda text: text.replace("Open: to_accept", "Open: opened"), "'opened' is no state"),
        (lambda text: text.replace("number: SRNumber", "nummer: SRNumber"), "columns.nummer"),
        (lambda text: text + "\n  : [", "no YAML"),
    ],
)
def test_a_bad_mapping_names_what_is_wrong(tmp_path, capsys, spoil, said):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(spoil(LA311.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(MappingWrong):
        read_mapping(wrong)
    assert (
        import_cases.main(
            [str(written(tmp_path, GOOD)), "--mapping", str(wrong), "--folder", str(tmp_path / "x")]
        )
        == 1
    )
    out, err = capsys.readouterr()
    assert "wrong.yaml" in err
    assert said in err
    assert out.endswith("imported 0, without grid 0, refused 0\n")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("name", ["missing.csv", "empty.csv", "columns.csv"])
def test_a_file_that_is_no_table_of_these_columns_leaves_nothing(tmp_path, capsys, name):
    path = tmp_path / name
    if name == "empty.csv":
        path.write_text("")
    if name == "columns.csv":
        path = written(tmp_path, GOOD, HEADER.replace("CreatedDate", "CreateDate"))
    assert import_cases.main([str(path), "--mapping", str(LA311), "--folder", str(tmp_path / "x")]) == 1
    out, err = capsys.readouterr()
    assert out.endswith("imported 0, without grid 0, refused 0\n")
    assert path.name in err
    assert name != "columns.csv" or "column 'CreatedDate'" in err
    assert not (tmp_path / "x").exists()


def test_an_empty_folder_becomes_an_installation_that_holds_the_cases(tmp_path):
    folder = tmp_path / "installation"
    command = [
        sys.executable,
        "-m",
        "wangge.entry.site",
        "import-cases",
        written(tmp_path, GOOD),
        "--mapping",
        LA311,
        "--folder",
        folder,
    ]
    databases.empty(folder)
    here = databases.environment(tmp_path)
    first = subprocess.run(
        command, cwd=ROOT, env=here, capture_output=True, text=True, check=False, timeout=300
    )
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[-1] == "imported 4, without grid 4, refused 0"
    again = subprocess.run(
        command, cwd=ROOT, env=here, capture_output=True, text=True, check=False, timeout=300
    )
    assert again.stdout.splitlines()[-2:] == ["there already: 4", "imported 0, without grid 0, refused 0"]
    counted = "SELECT count(*), count(*) FILTER (WHERE imported), count(*) - count(lon), count(*) - count(counts_at)"
    assert databases.rows(folder, f"{counted} FROM cases_case") == [(4, 4, 1, 4)]
    assert databases.rows(folder, "SELECT count(*) FROM cases_step WHERE verb = 'import'") == [(4,)]


@pytest.mark.django_db
def test_imported_cases_get_grids_numbers_by_day_and_one_step_that_says_so(
    at_moment, installer, tmp_path, mapping
):
    sys.path.insert(0, str(ROOT / "tests" / "unit" / "work" / "cases"))
    import case_town

    town = case_town.build(installer)
    importer = actors.system("importer")
    here = "1-5,12/30/2017 12:30:00 AM,,Other,Open,,Email,学院街 1 号,111.02,30.05,"
    brought = read_cases(written(tmp_path, [*GOOD, here]), mapping)
    assert actions.import_classes(classes=brought.classes, by=importer) == 4
    done = actions.import_rows(rows=brought.cases, by=importer)
    assert (done.imported, done.without_grid, done.known) == (5, 4, 0)
    assert actions.import_rows(rows=brought.cases, by=importer).known == 5
    placed = Case.objects.get(outside_number="la311:1-5")
    assert (placed.grid, placed.area) == (case_town.GRID, case_town.GRID)
    assert sorted(Case.objects.values_list("number", flat=True)) == [
        "2017-1230-0001", "2017-1230-0002", "2017-1230-0003", "2017-1231-0001", "2017-1231-0002",
    ]  # fmt: skip
    steps = Step.objects.filter(case=placed)
    assert [(s.verb, s.to_state, s.post, s.at) for s in steps] == [
        ("import", "to_accept", "system:importer", at_moment)
    ]
    assert (
        queries.counts(town.leader).without_grid
        == queries.cases(town.leader, Filters(without_grid=True)).total
        == 4
    )
    assert queries.cases(town.leader, Filters(imported=True)).total == 5
    assert queries.cases(town.chief).total == 1
    assert (
        actions.edit(case=str(placed.uid), description="接着办", by=town.acceptor).state == "to_accept"
    )  # it can be gone on with


@pytest.mark.django_db
def test_only_who_may_import_imports(user_with, mapping, tmp_path):
    _, chief = user_with("chief", ("duty_chief", ""))
    with pytest.raises(Forbidden):
        actions.import_rows(rows=read_cases(written(tmp_path, GOOD), mapping).cases, by=chief)
