"""What the check asks: every GET route of the API, found in its own routers, and a few things of the demo's stories opened.

A route that needs something of whoever asks is given it in ``GIVEN``; one that isn't asked stands in ``NOT_ASKED`` with the
reason. A test fails when a route is neither.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ninja import NinjaAPI

NOT_ASKED = {
    "*.xlsx": "a file of a list that is asked; making one is an export, and recorded",
    "/audit/trail": "one thing's trail: whether somebody may read it is the thing's to say, not the post's",
    "*{*}*": "one thing, opened from a list that is asked; those that the stories open are asked (`OPENED`)",
}
"""Routes that aren't asked as they stand: by a pattern of their path, with the reason."""
GIVEN: dict[str, dict[str, str]] = {
    "/areas/search": {"text": "{address}"},
    "/areas/names": {"codes": "{district}"},
    "/areas/at": {"lon": "{lon}", "lat": "{lat}"},
    "/cases/near": {"class_code": "P0101", "lon": "{lon}", "lat": "{lat}"},
    "/cases/alike": {"class_code": "P0101", "lon": "{lon}", "lat": "{lat}"},
    "/areas/sketch": {"bbox": "{block}"},
    "/registry/disputes": {"area": "{district}"},
    "/todos/my-minutes": {"from_on": "{first_day}", "to_on": "{today}"},
    "/assessment/rates": {"from_on": "{first_day}", "to_on": "{today}"},
    "/assessment/departments": {"from_on": "{first_day}", "to_on": "{today}"},
}
"""What a route needs to be given."""
NARROWED = (
    ("/cases/", {"state": "closed"}),
    ("/cases/", {"asked": "true"}),
    ("/todos/", {"state": "settled"}),
    ("/hub/return", {"kind": "outcome"}),
)
"""Lists that are asked again, narrowed."""
OPENED = {
    "/areas/map/{kind}": {"kind": "road", "bbox": "{bbox}"},
    "/cases/{uid}": {"uid": "{case}"},
    "/hub/feeds/{feed}/mapping": {"feed": "{department}"},
    "/field/bundle/{grid}": {"grid": "{grid}"},
    "/planning/scenarios/{scenario}/grids": {"scenario": "{scenario}"},
}
"""Routes of one thing, opened with what the stories name; only where the account may."""
PAGE, LIST = "1", "200"
"""How many rows of a page (which says how many there are in all), and of a list that doesn't."""


@dataclass(frozen=True)
class Ask:
    """One question: the route, what it is given, and the permission that it names. ``opened``: it is about one thing;
    ``key``: the route with what narrows it, under which the expected figures are filed."""

    route: str
    key: str
    permission: str
    given: dict[str, str] = field(default_factory=dict)
    opened: bool = False


def asks(api: NinjaAPI) -> Iterator[Ask]:
    """Everything that the check asks, in the order of the routers."""
    for route, view in gets(api):
        permission = getattr(view, "permission", "")
        if route in OPENED:
            yield Ask(route, route, permission, OPENED[route], opened=True)
        if left_out(route):
            continue
        given = {**GIVEN.get(route, {}), **_limit(view)}
        yield Ask(route, route, permission, given)
        for of, narrow in NARROWED:
            if of == route:
                said = "&".join(f"{name}={value}" for name, value in narrow.items())
                yield Ask(route, f"{route}?{said}", permission, {**given, **narrow})


def gets(api: NinjaAPI) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every GET route: its path below the API's root, and its view."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if "GET" in operation.methods:
                    yield f"{prefix.rstrip('/')}/{path.lstrip('/')}", operation.view_func


def left_out(route: str) -> str:
    """Why a route isn't asked as it stands; empty where it is."""
    if route.endswith(".xlsx"):
        return NOT_ASKED["*.xlsx"]
    return NOT_ASKED["*{*}*"] if "{" in route else NOT_ASKED.get(route, "")


def _limit(view: Callable[..., Any]) -> dict[str, str]:
    """A page of one row where the answer says how many there are; as many as there may be where it doesn't."""
    known = inspect.signature(view)
    if "limit" not in known.parameters:
        return {}
    pages = "total" in getattr(known.return_annotation, "model_fields", {})
    return {"limit": PAGE if pages else LIST}
