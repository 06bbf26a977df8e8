"""Every package that an installation or the front end gets is used: imported, or named here with what names it.

To mend: take the package out (`pyproject.toml`, then `./run lock`; or `frontend/package.json`), or say in the table of this file which
file names it without an import.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

from source import HOUSE, imports, modules, write

ROOT = HOUSE.parent

# Used without an import: the package, a file that names it, and the word by which it does.
BY_NAME = {
    "argon2-cffi": ("wangge/entry/site/settings.py", "Argon2PasswordHasher"),  # Django imports it to hash passwords
    "babel": ("run", "pybabel"),  # compiles the catalogues once the environment is made
    "django-csp": ("wangge/entry/site/settings.py", "csp.middleware"),  # a middleware is named in settings
    "granian": ("wangge/entry/site/serve.py", '"granian"'),  # the server is a process of its own
    "whitenoise": ("wangge/entry/site/settings.py", "whitenoise.middleware"),  # a middleware is named in settings
}  # fmt: skip

# The same of the front end: types and commands.
FRONT = ROOT / "frontend"
FRONT_BY_NAME = {
    "@types/node": ("frontend/vite.config.ts", "node:url"),  # types of what its modules import
    "axe-core": ("tests/browser/judging.py", '"axe-core"'),  # judges pages in the browser tests
    "openapi-typescript": ("frontend/package.json", '"client": "openapi-typescript '),  # makes the typed client
    "oxlint": ("frontend/package.json", '"lint": "oxlint '),
    "typescript": ("frontend/tsconfig.json", '"compilerOptions"'),
    "vue-tsc": ("frontend/package.json", '"types": "vue-tsc '),
}  # fmt: skip


def declared() -> set[str]:
    """The names of the run set in pyproject.toml, without extras and versions."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[\[<>=!~; ]", one)[0].lower() for one in project["dependencies"]}


def imported(root: Path = HOUSE) -> set[str]:
    """The distributions whose modules the house imports anywhere, in functions too."""
    tops = {name.split(".")[0] for _module, tree in modules(root) for _line, name in imports(tree)}
    found = packages_distributions()
    return {owner.lower().replace("_", "-") for top in tops for owner in found.get(top, ())}


def front_declared() -> set[str]:
    """The names of the front end's packages."""
    package = json.loads((FRONT / "package.json").read_text(encoding="utf-8"))
    return {*package["dependencies"], *package["devDependencies"]}


def front_imported(names: Iterable[str], root: Path = FRONT) -> set[str]:
    """Those that a source of the front end names in quotes, by itself or with a path in it."""
    sources = (
        path for path in root.rglob("*")
        if path.suffix in (".ts", ".vue", ".css", ".html") or path.match("tsconfig*.json")
    )  # fmt: skip
    text = "\n".join(one.read_text("utf-8") for one in sources if "node_modules" not in one.parts)
    return {name for name in names if re.search(rf"""["']{re.escape(name)}["'/]""", text)}


def unused(names: Iterable[str], used: set[str], by_name: dict[str, tuple[str, str]]) -> list[str]:
    """Declared packages that nothing needs, and lines of the table that are true no longer."""
    faults = [name for name in names if name not in used and name not in by_name]
    for name, (file, word) in by_name.items():
        path = ROOT / file
        if not path.exists() or word not in path.read_text(encoding="utf-8"):
            faults.append(f"{name}: {file} doesn't say {word}")
        elif name in used:
            faults.append(f"{name} is imported: take it out of BY_NAME")
    return sorted(faults)


def test_every_declared_package_is_used():
    assert len(declared()) > 15
    assert unused(declared(), imported(), BY_NAME) == []


def test_every_package_of_the_front_end_is_used():
    assert len(front_declared()) > 15
    assert unused(front_declared(), front_imported(front_declared()), FRONT_BY_NAME) == []


def test_the_rule_sees_a_package_of_the_front_end_that_nobody_imports(tmp_path):
    write(tmp_path, "shared/map.ts", 'import { Map } from "maplibre-gl/dist/maplibre-gl.mjs"; // like vant\n')
    write(tmp_path, "node_modules/vant/index.ts", 'import "vant";\n')
    assert front_imported({"maplibre-gl", "vant"}, tmp_path) == {"maplibre-gl"}
    assert unused({"maplibre-gl", "vant"}, {"maplibre-gl"}, {}) == ["vant"]


def test_the_rule_sees_a_package_that_nobody_imports(tmp_path):
    write(tmp_path, "cores/geo/lines.py", "def read():\n    import numpy as np\n    return np\n")
    used = imported(tmp_path)
    assert used == {"numpy"}
    table = {
        "granian": ("wangge/entry/site/serve.py", '"granian"'),
        "babel": ("run", "no such word"),
        "numpy": ("run", "NUMBA"),
    }
    assert unused({"numpy", "splink", "granian"}, used, table) == [
        "babel: run doesn't say no such word", "numpy is imported: take it out of BY_NAME", "splink"
    ]  # fmt: skip
