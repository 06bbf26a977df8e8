"""A room's models are its own; its queries take the actor first; its modules stay small."""

import ast
from statistics import median

from source import FLOORS, HOUSE, imports, modules, write

# Lookups that return codes, opaque ids or what is public anyway. Each stands here with its reason.
WITHOUT_ACTOR = {
    "ground/areas": "codes and places of points; maps that everybody may see",
}


def foreign_models(root=HOUSE):
    for name, tree in modules(root):
        room = "/".join(name.split("/")[:2])
        for line, imported in imports(tree):
            parts = imported.split(".")
            if (
                parts[0] == "wangge"
                and len(parts) > 3
                and parts[3] == "models"
                and "/".join(parts[1:3]) != room
            ):
                yield f"{name}:{line}: {imported}: another room's models; use its actions, queries or columns"


def test_every_room_keeps_its_models_to_itself():
    assert sorted(set(foreign_models())) == []


def test_the_rule_sees_foreign_models(tmp_path):
    write(
        tmp_path,
        "work/cases/actions.py",
        "from wangge.ground.registry.models import Person\nfrom wangge.work.cases.models import Case\n",
    )
    write(tmp_path, "work/hub/actions.py", "from wangge.ground.registry import models\n")
    assert len({found.split(":")[0] for found in foreign_models(tmp_path)}) == 2


def queries_without_actor(root=HOUSE):
    for name, tree in modules(root):
        if not name.endswith("/queries.py"):
            continue
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            first = node.args.args[0].arg if node.args.args else ""
            if first != "actor" and f"{name.removesuffix('/queries.py')}.{node.name}" not in LOOKUPS:
                yield f"{name}:{node.lineno}: {node.name}: the first argument of a query is the actor"


LOOKUPS = {
    # codes and opaque ids, or what anybody may see on a map
    "ground/areas.grid_at",
    "ground/areas.grids_at",
    "ground/areas.community_at",
    "ground/areas.grid_of_place",
    "ground/areas.building_by_plate",
    "ground/areas.address_entries",
    "ground/areas.map_layer",
    # opaque ids for rooms that follow a person
    "ground/registry.current",
    "ground/registry.all_ids",
    "ground/registry.changed_since",
    "ground/registry.place_of_person",
    # the worker on duty, for rooms that address her
    "ground/workforce.on_duty",
    "ground/workforce.my_worker",
    # what not being in a complete list means; no person in it
    "work/hub.absent_values",
    # what is published
    "work/cases.track",
}


def test_every_query_takes_the_actor_first():
    assert list(queries_without_actor()) == []


def test_the_rule_sees_a_query_without_actor(tmp_path):
    write(
        tmp_path,
        "work/cases/queries.py",
        "def cases(filters): ...\ndef _private(x): ...\ndef case(actor, uid): ...\n",
    )
    assert len(list(queries_without_actor(tmp_path))) == 1


def lengths(root=HOUSE):
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in root.rglob("*.py")
        if "/migrations/" not in path.as_posix()
    }


def test_modules_stay_small():
    sizes = lengths()
    assert {name: size for name, size in sizes.items() if size > 500} == {}
    assert median(sizes.values()) <= 80


EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base_utils"}


def test_no_module_has_a_name_that_says_nothing():
    assert [name for name in lengths() if name.rsplit("/", 1)[-1].removesuffix(".py") in EMPTY_NAMES] == []


def test_every_room_says_what_it_owns():
    rooms = [
        p for floor in FLOORS for p in (HOUSE / floor).iterdir() if p.is_dir() and p.name != "__pycache__"
    ]
    silent = [
        str(r)
        for r in rooms
        if not ast.get_docstring(ast.parse((r / "__init__.py").read_text(encoding="utf-8")))
    ]
    loud = [
        str(r)
        for r in rooms
        if any(True for _ in imports(ast.parse((r / "__init__.py").read_text(encoding="utf-8"))))
    ]
    assert silent == []
    assert loud == []
