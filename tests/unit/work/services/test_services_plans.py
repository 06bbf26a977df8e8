"""How lists and counts of entitlements find their rows: by the places of an area, by the programmes of a department."""

from __future__ import annotations

from datetime import date

import pytest

from wangge.work.services import pushing, queries

COMMUNITY = "420502001001"
BY_PLACE, BY_PROGRAMME = "services_entitlement_place", "services_entitlement_state"
POSTS = {
    "a leader's street": (("leader", COMMUNITY), BY_PLACE),
    "a department": (("department_clerk", "", "health"), BY_PROGRAMME),
    "a department's district": (("department_clerk", "420502", "health"), BY_PROGRAMME),
}


@pytest.mark.parametrize("post", POSTS)
def test_nobody_reads_the_whole_citys_entitlements(post, user_with, plan_of):
    grant, index = POSTS[post]
    actor = user_with("u", grant)[1]
    for read in (queries.entitled_not_receiving, queries.counts):
        for line in plan_of(lambda read=read: read(actor), "services_entitlement"):
            assert line.startswith("SEARCH")
            assert index in line


def test_what_is_due_is_found_among_the_confirmed(user_with, plan_of):
    due = pushing.due_on(date(2026, 7, 31))
    (line,) = plan_of(lambda: list(due.values_list("pk", flat=True)), "services_entitlement")
    assert "services_entitlement_due (decline_until<?)" in line
