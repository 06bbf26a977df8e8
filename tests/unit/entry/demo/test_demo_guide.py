"""The start page: each step shows what its account sees at this moment, and why where it sees nothing."""

from __future__ import annotations

from wangge.entry.demo.accounts import Account
from wangge.entry.demo.guide import Guide
from wangge.entry.demo.guiding import drawing
from wangge.entry.demo.guiding.following import AT_THE_DEPARTMENT, ON_SITE, POST, STANDS_AT
from wangge.entry.demo.guiding.sights import Sight
from wangge.entry.demo.guiding.stories import ONE_BENEFIT, ONE_PROBLEM, POSTS, Step
from wangge.platform.access import policy
from wangge.work.cases import states


def test_a_post_that_nobody_holds_is_said_to_be_so():
    shown = Guide([], english=False).shown(1, ONE_PROBLEM.steps[0])
    assert shown.sight is None
    assert shown.why == "这个镇子里没有这样的账号"
    assert list(Guide([], english=True).posts()) == []


def test_what_an_account_may_not_see_is_said_with_the_reason(user_with):
    uid, _ = user_with("l1", ("leader", "420502"))
    account = Account("l1", "secret", "leader", "领导", "420502", "", uid)
    feeds = next(one for one in POSTS if one.role == "data_officer")
    shown = Guide([account], english=True).shown(
        1, Step("对应", "Map", "leader", feeds.path, feeds.list, feeds.look)
    )
    assert shown.sight is None
    assert shown.why.startswith("this post can't see it: ")
    assert "hub.see" in shown.why


def test_in_chinese_a_number_stays_with_its_unit(user_with):
    uid, _ = user_with("l1", ("leader", "420502"))
    account = Account("l1", "secret", "leader", "领导", "420502", "", uid)
    step = Step(
        "看", "See", "leader", "/", "/", lambda actor, english: Sight(3, "待受理 3 件", "剩 1 工作时")
    )
    assert Guide([account], english=False).shown(1, step).sight == Sight(
        3, "待受理\u00a03\u00a0件", "剩\u00a01\u00a0工作时"
    )
    assert Guide([account], english=True).shown(1, step).sight == Sight(3, "待受理 3 件", "剩 1 工作时")


def test_the_steps_are_taken_by_posts_that_there_are():
    for step in (*ONE_PROBLEM.steps, *ONE_BENEFIT.steps, *POSTS):
        assert step.role in {*policy.ROLES, policy.RESIDENT}
        assert step.role in {one.role for one in POSTS}
    assert set(STANDS_AT) == {*states.OPEN, "closed"} - {"shelved"}
    assert {*POST, *ON_SITE, *AT_THE_DEPARTMENT, "closed"} == set(STANDS_AT)
    assert set(STANDS_AT.values()) <= set(range(1, len(ONE_PROBLEM.steps) + 1))


def test_a_step_opens_a_page_of_the_app_that_its_post_works_in():
    for step in (*ONE_PROBLEM.steps, *ONE_BENEFIT.steps, *POSTS):
        app = {"grid_worker": "phone", "resident": "portal"}.get(step.role, "console")
        assert step.path.startswith(f"/{app}/")
        assert step.list.startswith("/api/")


def test_the_page_opens_in_the_language_of_the_guide():
    step = POSTS[2]
    assert Guide([], english=True).shown(1, step).onward == f"{step.path}&language=en"
    assert Guide([], english=False).shown(1, POSTS[0]).onward == f"{POSTS[0].path}?language=zh-Hans"


def test_the_strip_of_the_map_is_drawn_from_the_towns_own(hamlet, tmp_path):
    (tmp_path / "town").symlink_to(hamlet.folder)
    drawn = drawing.of(tmp_path)
    for kind in ("water", "road", "house", "ours"):
        assert f'class="{kind}"' in drawn
    assert drawing.of(tmp_path / "nothing") == ""
