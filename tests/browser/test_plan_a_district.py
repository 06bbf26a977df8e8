"""A plan for the demo's district: made, changed by hand on the map, approved by a second person, in force; cases of before keep their grid."""

from __future__ import annotations

import re

import pytest
from judging import inaccessible
from playwright.sync_api import expect
from waiting import until

pytestmark = pytest.mark.slow

NAME = "冬季调整"
LOW, HIGH = 80, 140


def edits(planner, uid) -> int:
    return planner.ask(f"planning/scenarios/{uid}")["edits"]


def grids_of(planner, uid) -> dict[str, dict]:
    return {one["code"]: one for one in planner.ask(f"planning/scenarios/{uid}/grids")}


def makes(planner) -> str:
    """The form: a name, the district, a band; the scenario's page opens."""
    page = planner.open("/console/planning")
    page.get_by_role("button", name="新编方案").click()
    form = page.get_by_role("dialog", name="新编方案")
    form.get_by_label("名称").fill(NAME)
    form.get_by_label("范围", exact=True).fill("420502")
    form.get_by_label("范围", exact=True).press("Tab")
    # The hamlet is small: a finer band gives its communities several grids each.
    form.get_by_label("每格最少户数").fill(str(LOW))
    form.get_by_label("每格最多户数").fill(str(HIGH))
    form.get_by_role("button", name="开始编制").click()
    page.wait_for_url(re.compile("/console/planning/.{36}$"), timeout=60_000)
    page.locator("g.grid").first.wait_for()
    return page.url.rpartition("/")[2]


def moves_a_building(planner, uid, codes) -> tuple[str, str, str]:
    """Pull buildings on the map until one goes: (place, from, to). What would break a grid apart is refused in words."""
    page = planner.page
    page.get_by_role("link", name="手工调整").click()
    page.locator(".dots circle").first.wait_for()
    planner.settled()
    grids = [code for code in codes if code.startswith("420502")]
    community = next(code[:12] for code in grids if sum(one.startswith(code[:12]) for one in grids) > 2)
    page.get_by_label("社区", exact=True).select_option(community)
    page.locator(".dots circle").first.wait_for()
    planner.settled()
    asked = planner.ask(f"planning/scenarios/{uid}/buildings", community=community)
    for building, target in _near_a_border(asked):
        dot = page.locator(f'.dots circle[data-place="{building["place"]}"]')
        other = page.locator(f'.dots circle[data-place="{target["place"]}"]')
        dot.drag_to(other, force=True)
        planner.settled()
        if edits(planner, uid):
            return building["place"], building["grid"], target["grid"]
        expect(page.get_by_text("断成两片").first).to_be_visible()
    raise AssertionError("no building went to another grid")


def _near_a_border(buildings) -> list[tuple[dict, dict]]:
    """Buildings with the nearest building of another grid, the nearest pairs first."""
    pairs = [
        ((one["lon"] - other["lon"]) ** 2 + (one["lat"] - other["lat"]) ** 2, one["place"], one, other)
        for one in buildings
        for other in buildings
        if one["grid"] != other["grid"]
    ]
    return [(one, other) for _far, _place, one, other in sorted(pairs, key=lambda pair: pair[:2])]


def merges(planner, uid) -> tuple[str, str]:
    """By keyboard alone: choose a grid, choose a neighbour, merge; grids that don't touch are refused. (vanished, into)."""
    page = planner.page
    chosen = page.get_by_label("网格", exact=True)
    codes = [
        code for code in chosen.locator("option").evaluate_all("all => all.map(one => one.value)") if code
    ]
    for gone in codes:
        chosen.select_option(gone)
        for into in (code for code in codes if code != gone):
            page.get_by_label("并入").select_option(into)
            page.get_by_role("button", name="合并", exact=True).press("Enter")
            planner.settled()
            if gone not in grids_of(planner, uid):
                return gone, into
    raise AssertionError("no two grids are next to each other")


def test_a_plan_is_made_changed_approved_and_in_force(stage):
    planner, second = stage.person("planner_1"), stage.person("administrator_1")
    chief = stage.person("duty_chief_1")
    cases = [one for one in chief.ask("cases/", limit=50)["items"] if one["grid"]]
    uid = makes(planner)
    before = grids_of(planner, uid)

    place, old, new = moves_a_building(planner, uid, list(before))
    after = grids_of(planner, uid)
    moved = before[old]["households"] - after[old]["households"]
    assert after[new]["households"] - before[new]["households"] == moved
    gone, into = merges(planner, uid)
    assert not inaccessible(planner.page)
    merged = grids_of(planner, uid)
    assert merged[into]["households"] == after[into]["households"] + after[gone]["households"]
    report = planner.ask(f"planning/scenarios/{uid}")["report"]
    assert report["grids"] == len([code for code in merged if code.startswith("420502")])
    out = {one["grid"] for one in report["out_of_range"]}
    if merged[into]["households"] > HIGH:
        assert into in out
        expect(planner.page.get_by_role("listitem").filter(has_text="手工调整").first).to_be_visible()

    page = planner.open(f"/console/planning/{uid}")
    assert not page.get_by_role("button", name="批准这个方案").count()
    page = second.open(f"/console/planning/{uid}")
    page.get_by_role("button", name="批准这个方案").click()
    page.get_by_role("button", name="生效前看一看").click()
    dialog = page.get_by_role("dialog", name="生效前看一看")
    duties = second.ask(f"planning/scenarios/{uid}/comparison")["workers"]
    ending = [one for one in duties if one["ends"]]
    second.settled()
    assert dialog.get_by_text("网格撤销").count() == len(ending)
    dialog.locator("[type=submit]").click()
    until(lambda: second.ask(f"planning/scenarios/{uid}")["state"] == "in_force", "the plan is in force")

    held = {one["code"] for one in planner.ask("areas/grids")["items"]}
    assert gone not in held
    assert planner.ask("areas/buildings", place=place)["items"][0]["grid"] == (into if new == gone else new)
    assert {one["uid"]: one["grid"] for one in cases}.items() <= {
        one["uid"]: one["grid"] for one in chief.ask("cases/", limit=200)["items"]
    }.items()
