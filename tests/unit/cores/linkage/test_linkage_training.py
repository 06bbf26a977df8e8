"""Training: EM finds what labels say; models survive their JSON; a broken one is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from linkage_people import make_town

from wangge.cores.linkage.errors import LinkageError
from wangge.cores.linkage.model import LEVELS, chinese, load_model, read_model
from wangge.cores.linkage.training import train

MODELS = Path(__file__).parents[4] / "wangge" / "cores" / "linkage" / "models"


def test_em_finds_what_labels_say() -> None:
    town = make_town(11, 220)
    police = town.batches["police"]
    golden = police.rename_columns(["person", *police.column_names[1:]])
    person = {town.truth[record]: record for record in golden["person"].to_pylist()}
    records = town.batches["health"]
    truth = {record: person.get(town.truth[record], "") for record in records["record"].to_pylist()}
    told = train(records, golden, truth=truth, lean=50.0)
    found = train(records, golden, lean=50.0)
    for field, levels in LEVELS.items():
        for level in levels[1:]:
            mine, theirs = found.fields[field][level], told.fields[field][level]
            assert mine.same == pytest.approx(theirs.same, abs=0.01)
            assert mine.kin == pytest.approx(theirs.kin, abs=0.03)


@pytest.mark.parametrize("name", ["chinese.json", "judged.json"])
def test_shipped_models_are_whole_and_survive_saving(name: str, tmp_path: Path) -> None:
    model = load_model(MODELS / name)
    model.save(tmp_path / "model.json")
    assert load_model(tmp_path / "model.json") == model
    for field, levels in LEVELS.items():
        assert set(model.fields[field]) == set(levels[1:])
    assert model.part_below < 0.5 < model.merge_above < 1


def test_a_broken_model_says_what_is_wrong() -> None:
    whole = json.loads((MODELS / "chinese.json").read_text("utf-8"))
    lacking = {f: dict(levels) for f, levels in whole["fields"].items()}
    del lacking["sex"]["different"]
    impossible = {**whole["fields"], "sex": {n: {**v, "kin": 0} for n, v in whole["fields"]["sex"].items()}}
    for text, code in (
        ("{", "model_unreadable"),
        (json.dumps({**whole, "coverage": None, "fields": []}), "model_unreadable"),
        (json.dumps({**whole, "fields": lacking}), "model_incomplete"),
        (json.dumps({**whole, "fields": impossible}), "model_chances"),
    ):
        with pytest.raises(LinkageError) as error:
            read_model(text)
        assert error.value.code == code


def test_a_stricter_model_merges_less() -> None:
    assert replace(chinese(), merge_above=0.999).merge_above > chinese().merge_above
