"""`wangge plan --verdicts` and `wangge plan-prove`: what one promises, the other checks, and sees whatever is tampered with."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wangge.cores.planner.command import main as plan
from wangge.cores.planner.proving import second_pass
from wangge.cores.planner.verifying.command import main as plan_prove

# Each community is a row of houses; what no plan can help is of each kind.
ROWS = {
    "none": [0, 0],
    "few": [100, 90],
    "unfit": [180, 180, 180],
    "giant": [640, 200, 200],
    "stuck": [290, 290, 320],
    "long": [290, 290, 320, *[100] * 17],
    "twice": [290, 290, *[450] * 6, 290, 290],
    "fine": [200, 200, 200, 200],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder with units, edges, plan and verdicts."""
    folder = tmp_path_factory.mktemp("proved")
    rows = [(name, i, size) for name, sizes in ROWS.items() for i, size in enumerate(sizes)]
    units = [
        {"unit_id": f"{name}{i}", "x": 30.0 * i, "y": 0.0, "households": size, "community": name}
        for name, i, size in rows
    ]
    pairs = [(r - 1, r) for r, (_, i, _) in enumerate(rows) if i]
    pq.write_table(pa.Table.from_pylist(units), folder / "units.parquet")
    pq.write_table(
        pa.table({"u": [u for u, _ in pairs], "v": [v for _, v in pairs]}), folder / "edges.parquet"
    )
    assert (
        plan([*given(folder), "--out", str(folder / "plan.csv"), "--verdicts", str(folder / "v.json")]) == 0
    )
    return folder


def given(folder: Path) -> list[str]:
    return ["--units", str(folder / "units.parquet"), "--edges", str(folder / "edges.parquet")]


def entries(folder: Path) -> list[dict]:
    return json.loads((folder / "v.json").read_text("utf-8"))["verdicts"]


def of(all_of_them: list[dict], community: str) -> list[dict]:
    return [one for one in all_of_them if one["community"] == community]


def test_every_grid_out_of_range_has_its_proof_and_all_hold(made, capsys):
    assert plan_prove([str(made / "plan.csv"), *given(made), "--verdicts", str(made / "v.json")]) == 0
    assert "0 undecided: none failed" in capsys.readouterr().out
    kinds = {one["community"]: one["certificate"]["kind"] for one in entries(made)}
    assert kinds == {
        "none": "total", "few": "total", "unfit": "total", "giant": "giant", "stuck": "no_cover", "long": "no_cover",
        "twice": "no_cover",
    }  # fmt: skip
    assert len(of(entries(made), "twice")) == 2
    assert all(one["reason"] and one["verdict"] == "proven" for one in entries(made))
    assert not list(made.glob("*partial*"))


def change(community: str, **fields: object) -> Callable[[list[dict]], None]:
    def tamper(verdicts: list[dict]) -> None:
        of(verdicts, community)[0]["certificate"].update(fields)

    return tamper


def call(community: str, verdict: str) -> Callable[[list[dict]], None]:
    def tamper(verdicts: list[dict]) -> None:
        of(verdicts, community)[0]["verdict"] = verdict

    return tamper


def join_proofs(verdicts: list[dict]) -> None:
    one, other = of(verdicts, "twice")
    other["certificate"] = one["certificate"]


TAMPERED = {
    "a verdict taken out": (lambda verdicts: verdicts.pop(), "is out of range and has no verdict"),
    "a verdict twice": (lambda verdicts: verdicts.append(verdicts[0]), "has 2 verdicts"),
    "a grid that isn't": (
        lambda verdicts: verdicts[0]["grid_ids"].append("x"),
        "which the plan doesn't have",
    ),
    "out of range called repaired": (call("stuck", "repaired"), "is called repaired and is out of range"),
    "another community": (lambda verdicts: verdicts[0].update(community="fine"), "does not lie in"),
    "no certificate": (lambda verdicts: verdicts[0].pop("certificate"), "can't be read"),
    "an unknown kind": (change("few", kind="faith"), "nobody knows this kind"),
    "another giant": (change("giant", unit="giant1"), "giant1 is not "),
    "a giant that isn't": (change("stuck", kind="giant", unit="stuck0"), "stuck0 is not"),
    "another total": (change("unfit", households=549), "holds 540 households, not 549"),
    "a total that fits": (change("stuck", kind="total", households=900), "a number of grids fits"),
    "fewer units": (change("stuck", units=["stuck2"]), "a choice of grids in range was found"),
    "fewer units, by the solver": (change("long", units=["long9"]), "a choice of grids in range was found"),
    "units elsewhere": (change("stuck", units=["fine0"]), "not all in the piece"),
    "no units": (change("stuck", units=[]), "not all in the piece"),
    "more than there are": (change("twice", least=3), "a choice of grids in range was found"),
    "fewer than there are": (change("stuck", least=0), "it speaks of 0 grids"),
    "one proof for two": (join_proofs, "might speak of the same grid"),
}


@pytest.mark.parametrize("tamper,words", TAMPERED.values(), ids=TAMPERED)
def test_a_tampered_verdict_is_seen(made, tmp_path, capsys, tamper, words):
    whole = json.loads((made / "v.json").read_text("utf-8"))
    tamper(whole["verdicts"])
    (tmp_path / "v.json").write_text(json.dumps(whole), "utf-8")
    assert plan_prove([str(made / "plan.csv"), *given(made), "--verdicts", str(tmp_path / "v.json")]) == 1
    assert words in capsys.readouterr().out


def proved_plan(made: Path, tmp_path: Path, moved: dict[str, str]) -> int:
    """Exit status for the plan with units put into the grid of another unit."""
    with (made / "plan.csv").open(encoding="utf-8") as file:
        rows = {row["unit_id"]: row["grid_id"] for row in csv.DictReader(file)}
    rows |= {unit: rows.get(other, other) for unit, other in moved.items()}
    lines = [f"{unit},{grid}\n" for unit, grid in rows.items() if grid]
    (tmp_path / "plan.csv").write_text("unit_id,grid_id\n" + "".join(lines), "utf-8")
    return plan_prove([str(tmp_path / "plan.csv"), *given(made), "--verdicts", str(made / "v.json")])


def test_a_tampered_plan_is_seen(made, tmp_path, capsys):
    assert proved_plan(made, tmp_path, {"fine0": "few0"}) == 1
    assert "lies in several communities" in capsys.readouterr().out
    assert proved_plan(made, tmp_path, {"long12": "long0", "long13": "long19"}) == 1
    assert "does not hang together" in capsys.readouterr().out
    assert proved_plan(made, tmp_path, {"fine1": "new"}) == 1
    assert "is out of range and has no verdict" in capsys.readouterr().out
    assert proved_plan(made, tmp_path, {"fine1": ""}) == 2
    assert "units without a grid: 1" in capsys.readouterr().err
    (tmp_path / "v.json").write_text("{}", "utf-8")
    assert plan_prove([str(made / "plan.csv"), *given(made), "--verdicts", str(tmp_path / "v.json")]) == 2


def test_an_interrupted_pass_goes_on_to_the_same_files(made, tmp_path, capsys, monkeypatch):
    out, verdicts = tmp_path / "plan.csv", tmp_path / "v.json"
    asked = [*given(made), "--out", str(out), "--verdicts", str(verdicts)]
    settle, settled = second_pass.settle, []

    def once(ground, *rest):
        if settled:
            raise KeyboardInterrupt
        settled.append(ground)
        return settle(ground, *rest)

    monkeypatch.setattr(second_pass, "settle", once)
    assert plan(asked) == 130
    said = capsys.readouterr().err
    assert "1 pieces are kept in" in said
    assert "goes on there" in said
    assert [path.name for path in tmp_path.iterdir()] == ["v.json.partial"]
    monkeypatch.setattr(second_pass, "settle", lambda *all_of_it: settled.append(0) or settle(*all_of_it))
    assert plan(asked) == 0
    assert "1 pieces kept from before" in capsys.readouterr().out
    assert len(settled) == 3  # of three pieces that need a search, each once
    assert verdicts.read_bytes() == (made / "v.json").read_bytes()
    assert out.read_bytes() == (made / "plan.csv").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"v.json", "plan.csv"}


def test_verdicts_need_units_and_a_folder(made, tmp_path, capsys):
    asked = [*given(made), "--out", str(tmp_path / "o.csv"), "--verdicts", str(tmp_path / "no" / "v.json")]
    assert plan(asked) == 2
    assert "--verdicts" in capsys.readouterr().err
