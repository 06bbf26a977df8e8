"""How inboxes, lists and counts find their rows: a worker's by the places, a city's in the order of the list."""

from __future__ import annotations

import pytest

from wangge.work.todos import queries
from wangge.work.todos.filters import Filters

GRID, OTHER, COMMUNITY = "420502001001001", "420502001001002", "420502001001"
READS = {
    "inbox": queries.inbox,
    "open": lambda actor: queries.todos(actor, Filters(state="open")),
    "settled": lambda actor: queries.todos(actor, Filters(state="settled")),
    "overdue": lambda actor: queries.todos(actor, Filters(overdue=True)),
    "everything": queries.todos,
    "counts": queries.counts,
}
POSTS = {
    "a worker": [("grid_worker", GRID)],
    "a worker of two grids": [("grid_worker", GRID), ("grid_worker", OTHER)],
    "a grid lead": [("grid_lead", COMMUNITY)],
}


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("post", POSTS)
def test_what_lies_in_an_area_is_found_by_its_places(read, post, user_with, plan_of):
    actor = user_with("w", *POSTS[post])[1]
    for line in plan_of(lambda: READS[read](actor), "todos_todo"):
        assert "todos_todo_place" in line
        assert line.startswith("SEARCH")


@pytest.mark.parametrize(("read", "index"), [("open", "open"), ("settled", "settled"), ("overdue", "open")])
def test_a_citys_lists_are_read_in_their_order(read, index, user_with, plan_of):
    officer = user_with("o", ("data_officer",))[1]
    for line in plan_of(lambda: READS[read](officer), "todos_todo"):
        assert f"todos_todo_{index}" in line
