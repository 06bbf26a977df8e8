"""`--check` asks every list of the API, and knows who may see it; that it notices an emptied table is seen in `tests/demo`."""

from __future__ import annotations

from ninja import NinjaAPI

from wangge.entry.demo.accounts import Account
from wangge.entry.demo.check import asks as asking
from wangge.entry.demo.check import run
from wangge.entry.demo.check.asks import GIVEN, OPENED, asks, gets, left_out
from wangge.entry.demo.check.facts import FACTS
from wangge.entry.web.routing import GuardedRouter
from wangge.entry.web.urls import api


def required(api: NinjaAPI) -> dict[str, set[str]]:
    """Path → what a GET route must be given in its query, by the API's own description."""
    paths = api.get_openapi_schema(path_prefix="/")["paths"]
    return {
        path: {one["name"] for one in said["get"]["parameters"] if one["in"] == "query" and one["required"]}
        for path, said in paths.items()
        if "get" in said
    }


def test_every_list_is_asked_or_left_out_with_a_reason():
    asked = {one.route for one in asks(api)}
    every = required(api)
    assert {route for route, _ in gets(api)} == set(every)
    for route, needed in every.items():
        assert left_out(route) or route in asked, f"{route} is neither asked nor left out with a reason"
        if route in asked:
            sent = {**GIVEN.get(route, {}), **OPENED.get(route, {})}
            assert needed <= set(sent), f"{route} needs {needed - set(sent)}: say so in GIVEN"


def test_what_the_tables_name_is_there():
    every, asked = set(required(api)), {one.key for one in asks(api)}
    assert set(GIVEN) | set(OPENED) | {route for route, _ in asking.NARROWED} <= every
    assert set(FACTS) <= asked


def test_a_new_list_is_asked_without_a_word():
    new, router = NinjaAPI(urls_namespace="check"), GuardedRouter()

    @router.get("/things", permission="register.see", response=list[int])
    def things(request, limit: int = 5) -> list[int]:
        return []

    new.add_router("/new", router)
    assert [(one.route, one.given, one.permission) for one in asks(new)] == [
        ("/new/things", {"limit": "200"}, "register.see")
    ]


def test_who_may_ask_is_the_policys_to_say():
    def may(role, permission):
        return run._may(Account("a", "b", role, "", "", "", ""), permission)

    assert may("leader", "cases.see")
    assert not may("leader", "hub.see")
    assert may("resident", "residents.me")
    assert not may("leader", "residents.me")
    assert may("organiser", "register.see")
