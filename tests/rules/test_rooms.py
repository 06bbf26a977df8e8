"""A room's models are its own; its queries take the actor first; its modules stay small.

To mend: ask the other room's `queries`, `columns` or `actions`; let a query take its actor first; part a module that grew by its nouns.
"""

import ast
from statistics import median

from source import FLOORS, HOUSE, imports, modules, write


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


def functions(tree):
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def queries(root=HOUSE):
    """The public functions of every room's queries: defined there, or written in another module of it and handed on."""
    trees = dict(modules(root))
    for name, tree in trees.items():
        if not name.endswith("/queries.py"):
            continue
        room = name.removesuffix("/queries.py")
        found = [(name, node) for node in functions(tree).values() if not node.name.startswith("_")]
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                source = "/".join(node.module.split(".")[1:]) + ".py"
                written = functions(trees[source]) if source in trees else {}
                handed_on = [one.name for one in node.names if one.asname == one.name]
                found += [(source, written[one]) for one in handed_on if one in written]
        yield from ((f"{room}.{node.name}", module, node) for module, node in found)


def queries_without_actor(root=HOUSE):
    for query, module, node in queries(root):
        arguments = [*node.args.posonlyargs, *node.args.args]
        if (not arguments or arguments[0].arg != "actor") and query not in LOOKUPS:
            yield f"{module}:{node.lineno}: {query}: the first argument of a query is the actor"


LOOKUPS = {
    # codes and opaque ids, or what anybody may see on a map
    "ground/areas.grid_at",
    "ground/areas.grids_at",
    "ground/areas.community_at",
    "ground/areas.grid_of_place",
    "ground/areas.building_by_plate",
    "ground/areas.address_entries",
    "ground/areas.map_layer",
    "ground/areas.city_map",
    "ground/areas.sketch",
    "ground/areas.tile",
    "ground/areas.communities_at",
    "ground/areas.community_names",
    "ground/areas.names_within",
    "ground/areas.position",
    "ground/areas.area_of_place",
    "ground/areas.area_of_key",
    "ground/areas.place_key",
    "ground/areas.place_keys",
    "ground/areas.building_keys",
    "ground/areas.grid_codes",
    "ground/areas.grid_is_known",
    "ground/areas.building_count",
    "ground/areas.codes_given",
    "ground/areas.grids_gone",
    "ground/areas.plan_in_force",
    "ground/areas.grids_of_buildings",
    # opaque ids for rooms that follow a person
    "ground/registry.current",
    "ground/registry.currents",
    "ground/registry.all_ids",
    "ground/registry.changed_since",
    "ground/registry.place_of_person",
    # the same of doors: where a matter is brought to, and which door an address in a file means
    "ground/registry.homes_of",
    "ground/registry.household_of",
    "ground/registry.homeless",
    "ground/registry.related",
    "ground/registry.every_door",
    "ground/registry.dwellings_edition",
    # the worker on duty, for rooms that address her
    "ground/workforce.on_duty",
    "ground/workforce.workers_on_duty",
    "ground/workforce.my_worker",
    # what not being in a complete list means; no person in it
    "work/hub.absent_values",
    # what is published
    "work/cases.track",
    "work/cases.track_photo",
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


def test_the_rule_sees_a_query_that_is_handed_on(tmp_path):
    write(
        tmp_path, "work/cases/finding.py", "def find(uid): ...\ndef found(actor): ...\ndef other(uid): ...\n"
    )
    write(
        tmp_path,
        "work/cases/queries.py",
        "from wangge.work.cases.finding import find as find\nfrom wangge.work.cases.finding import found as found\n"
        "from wangge.work.cases.finding import other\n",
    )
    (seen,) = queries_without_actor(tmp_path)
    assert seen.startswith("work/cases/finding.py:1: work/cases.find:")


def test_every_lookup_without_an_actor_is_still_there():
    without = {
        query for query, _, node in queries() if not node.args.args or node.args.args[0].arg != "actor"
    }
    assert LOOKUPS - without == set()


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
