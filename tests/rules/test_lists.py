"""Every list that a page of the console shows goes out as a workbook, narrowed by whatever narrows the list.

A list is a GET route of the API that answers with rows (an array, or a page with ``items``) and that a page of the console asks
for. Its workbook stands beside it under the same name (``/x`` and ``/x.xlsx``, ``/rooms/`` and ``/rooms/rooms.xlsx``), takes the
same filter, and some page of the console has its address.

To mend: give the list a workbook (`exporting.py` of its room, a route `….xlsx` beside it, an `ExcelLink` on the page); what is no list of
a page goes into `NO_LIST`, with its reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
ASKED = re.compile(r'api\.GET(?:<[^>(]*>)?\(\s*["`](/api/[^"`]+)["`]')
PAGING = {"limit", "offset", "order", "zoom", "search"}
"""What cuts or orders a list, or finds one thing in it, and narrows nothing that people see as the list."""

NO_LIST = {
    "/api/access/departments": "names for the codes of other lists",
    "/api/areas/names": "names for the codes of other lists",
    "/api/areas/divisions": "choices of a field",
    "/api/areas/grids": "the grids of a map and of a field; who has them goes out as /api/workforce/cover.xlsx",
    "/api/areas/buildings": "what a search on the map finds",
    "/api/areas/search": "what a search on the map finds",
    "/api/cases/classes": "choices of a field; the catalogue has a workbook of its own",
    "/api/cases/crews": "choices of a field",
    "/api/cases/near": "what stands beside one case",
    "/api/cases/table": "the moves of a case, printed in the docs",
    "/api/assessment/departments": "goes out in /api/assessment/rates.xlsx, a row a department",
    "/api/assessment/formulas": "goes out in /api/assessment/rates.xlsx, on its second sheet",
    "/api/cases/responsibilities": "choices of a field; the list has a workbook of its own",
    "/api/consents/": "residents who consented to one thing, opened one by one under that consent and never as a list",
    "/api/services/counts": "figures of the programmes: they go out in /api/services/programmes.xlsx",
    "/api/services/to-confirm": "a batch to decide on, opened name by name; the list of the state goes out as /entitled.xlsx",
    "/api/todos/without-worker": "a part of the grid lead's home; who is missing goes out as /api/workforce/cover.xlsx",
    "/api/hub/feeds/{feed}/mapping": "how one feed is read, drawn as lines",
    "/api/planning/scenarios/{scenario}/buildings": "what the map of one community is made of, to change it by hand",
    "/api/planning/scenarios/{scenario}/edits": "the story of one draft, told beside its map",
    "/api/register/elements": "names for the codes of other lists; published in the register",
}
"""Routes that answer with rows and are no list of a page, each with its reason."""


def lists(schema: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """Every GET route that answers with rows, and the names of its query."""
    for path, verbs in schema["paths"].items():
        if "get" not in verbs:
            continue
        answer = verbs["get"]["responses"].get(200) or verbs["get"]["responses"].get("200", {})
        shape = answer.get("content", {}).get("application/json", {}).get("schema", {})
        name = shape.get("$ref", "").rpartition("/")[2]
        fields = schema["components"]["schemas"].get(name, {}).get("properties", {})
        if shape.get("type") == "array" or "items" in fields:
            yield path, query(verbs["get"])


def query(operation: Mapping[str, Any]) -> set[str]:
    """The names of an operation's query."""
    return {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}


def workbook_of(path: str) -> str:
    """Where a list's workbook stands."""
    return f"{path}{path.rstrip('/').rpartition('/')[2]}.xlsx" if path.endswith("/") else f"{path}.xlsx"


def kept_in(schema: Mapping[str, Any], sources: str, no_list: Mapping[str, str]) -> list[str]:
    """Lists of the console without a workbook, with one that narrows less, or with one that no page links."""
    asked, faults = set(ASKED.findall(sources)), []
    for path, narrows in lists(schema):
        if path not in asked or path in no_list:
            continue
        book = workbook_of(path)
        if book not in schema["paths"]:
            faults.append(f"{path}: no {book}")
        elif lost := narrows - PAGING - query(schema["paths"][book]["get"]):
            faults.append(f"{book}: doesn't narrow by {', '.join(sorted(lost))}")
        elif book not in sources:
            faults.append(f"{book}: no page of the console links it")
    return faults


def console() -> str:
    """The source of the console's pages."""
    found = [*FRONTEND.glob("console/**/*.vue"), *FRONTEND.glob("console/**/*.ts")]
    return "\n".join(one.read_text(encoding="utf-8") for one in found if ".test." not in one.name)


def schema_of_the_client() -> dict[str, Any]:
    """The schema from which the client was made; that it is the server's is checked elsewhere."""
    found: dict[str, Any] = json.loads((FRONTEND / "openapi.json").read_text(encoding="utf-8"))
    return found


def test_every_list_of_the_console_goes_out_as_it_is_seen():
    assert kept_in(schema_of_the_client(), console(), NO_LIST) == []


def test_the_exceptions_are_lists_that_stand():
    known = {path for path, _ in lists(schema_of_the_client())}
    assert sorted(set(NO_LIST) - known) == []


def test_the_rule_sees_a_list_that_stays_in_the_house():
    rows = {"200": {"content": {"application/json": {"schema": {"type": "array"}}}}}
    narrow = [{"name": "kind", "in": "query"}, {"name": "limit", "in": "query"}]
    schema = {
        "components": {"schemas": {}},
        "paths": {
            "/api/a": {"get": {"responses": rows}},
            "/api/b": {"get": {"responses": rows, "parameters": narrow}},
            "/api/b.xlsx": {"get": {"responses": {}}},
            "/api/c/": {"get": {"responses": rows, "parameters": narrow}},
            "/api/c/c.xlsx": {"get": {"responses": {}, "parameters": narrow}},
            "/api/d": {"get": {"responses": rows}},
        },
    }
    pages = 'api.GET("/api/a", {}); api.GET("/api/b", {}); api.GET("/api/c/", {})'
    assert kept_in(schema, pages, {}) == [
        "/api/a: no /api/a.xlsx", "/api/b.xlsx: doesn't narrow by kind", "/api/c/c.xlsx: no page of the console links it",
    ]  # fmt: skip
    assert kept_in(schema, pages + '"/api/c/c.xlsx"', {"/api/a": "", "/api/b": ""}) == []
