"""Foreign keys go down, like imports: import contracts don't see Django's string labels.

To mend: turn the key round: the higher room points down. A lower room keeps an opaque id or a code.
"""

import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def order_of_rooms():
    """Rooms from the highest to the lowest, as the contracts list them: {app name: (height, group)}."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layered = {c["containers"][0]: c["layers"] for c in contracts if c["type"] == "layers"}
    height, heights = 0, {}
    for floor in reversed(layered["wangge"]):
        for layer in reversed(layered[f"wangge.{floor}"]):
            height += 1
            for room in layer.split("|"):
                heights[f"wangge.{floor}.{room.strip().strip('()')}"] = height
    return heights


def keys_that_go_up(relations):
    heights = order_of_rooms()
    for source, target, field in relations:
        if (
            source in heights
            and target in heights
            and source != target
            and heights[target] >= heights[source]
        ):
            yield f"{source}.{field} → {target}: a foreign key may only point to the same room or to one below"


def relations_of_the_house():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.many_to_one and field.concrete:
                yield (
                    apps.get_app_config(model._meta.app_label).name,
                    apps.get_app_config(field.related_model._meta.app_label).name,
                    field.name,
                )


def test_every_foreign_key_goes_down():
    found = list(relations_of_the_house())
    assert found
    assert list(keys_that_go_up(found)) == []


def test_the_rule_sees_a_key_that_goes_up_or_sideways():
    wrong = [
        ("wangge.ground.registry", "wangge.work.todos", "todo"),
        ("wangge.work.cases", "wangge.work.services", "programme"),
        ("wangge.work.cases", "wangge.ground.areas", "place"),
    ]
    assert len(list(keys_that_go_up(wrong))) == 2


def test_the_trail_has_no_foreign_keys():
    assert [
        f.name
        for m in apps.get_app_config("audit").get_models()
        for f in m._meta.get_fields()
        if f.is_relation
    ] == []
