"""Every page of every role, in both languages: no outside request, no broken policy, no error, nothing that axe finds grave."""

from __future__ import annotations

import os

import pytest
from judging import PARTS, inaccessible, told, too_wide

from tools.screens.pages import NOWHERE, REST, open_page, places, routes
from tools.screens.seats import LANGUAGES, SIZES, seats

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("browser")]
ACCOUNTS = (
    "grid_lead_1", "grid_worker_1", "acceptor_1", "duty_chief_1", "dispatcher_1", "data_officer_1", "leader_1", "department_clerk_civil_affairs",
    "department_clerk_water", "crew_water", "planner_1", "organiser_1", "administrator_1", "resident_1", "visitor",
)  # fmt: skip
EVERY = os.environ.get("WANGGE_EVERY_PAGE") == "1"
"""All accounts take a quarter of an hour: asked for by name. Otherwise one of each app goes round."""
SOME = ("grid_worker_1", "acceptor_1", "visitor")
NOT_FOUND_BY_LINKS: dict[str, str] = {}
"""Pages (app and pattern) to which nobody comes by a link, with the reason."""
visited: dict[str, set[str]] = {}
known: dict[str, set[str]] = {}
looked_at_by_axe: set[tuple[str, str]] = set()


def test_every_account_of_the_demo_is_here(address_to_read):
    assert {one.name for one in seats(address_to_read[0])} == set(ACCOUNTS)


@pytest.mark.parametrize("account", ACCOUNTS if EVERY else SOME)
def test_every_page_of(looking, account):
    faults = []
    for language in LANGUAGES:
        person = looking.person(account, language=language)
        app, page = person.seat.app, person.page
        for place in places(page, person.traffic, looking.address, app):
            visited.setdefault(app, set()).add(place.pattern)
            for fault in _faults(page, app, person.seat.role, place.pattern, language):
                faults.append(f"{place.path} ({language}): {fault}")
        known.setdefault(app, set()).update(routes(page))
    assert not faults, "\n".join(faults)


def _faults(page, app: str, role: str, pattern: str, language: str) -> list[str]:
    found = told(page)
    for width, height in reversed(SIZES[app]):
        page.set_viewport_size({"width": width, "height": height})
        found += too_wide(page)
    # axe looks once at a page as each role sees it; in the dark once an app: the tokens are the same for all.
    if language == LANGUAGES[0]:
        found += inaccessible(page)
        if (app, pattern) not in looked_at_by_axe:
            looked_at_by_axe.add((app, pattern))
            page.emulate_media(color_scheme="dark")
            found += [f"in the dark, {one}" for one in inaccessible(page)]
            page.emulate_media(color_scheme="light")
    return found


def test_no_page_was_left_out():
    """Runs after those above: whatever page the routers know, somebody came to it."""
    if not EVERY or len(known) < len(SIZES):
        pytest.skip("only a part of the pages was asked for: WANGGE_EVERY_PAGE=1 goes to all of them")
    missed = {
        f"{app} {pattern}"
        for app, every in known.items()
        for pattern in every - visited[app]
        if REST not in pattern
    }
    assert missed == set(NOT_FOUND_BY_LINKS)


@pytest.mark.parametrize("app", SIZES)
def test_an_address_that_is_no_page_says_so_in_words(looking, app):
    person = looking.person(
        {"console": "administrator_1", "phone": "grid_worker_1", "portal": "visitor"}[app]
    )
    page = person.open(f"/{app}/{NOWHERE}")
    assert page.get_by_role("heading").count()


class TestTheJudges:
    """They can find something: each is shown a page that is wrong."""

    def test_a_request_to_elsewhere(self, looking):
        person = looking.person("visitor")
        person.page.goto(
            "about:blank"
        )  # no policy holds here: the request really goes out, to a port that nobody listens on
        person.page.evaluate("() => fetch('http://127.0.0.1:9/', { mode: 'no-cors' }).catch(() => 0)")
        person.page.wait_for_timeout(100)
        assert any("a request to elsewhere: GET http://127.0.0.1:9/" in one for one in person.watch.faults)
        person.watch.faults.clear()

    def test_a_broken_policy_and_a_failing_script(self, looking):
        person = looking.person("visitor")
        page = person.open("/portal/")
        page.evaluate(
            "() => { const one = document.createElement('script'); one.textContent = '1'; document.body.append(one) }"
        )
        page.evaluate("() => setTimeout(() => { throw new Error('on purpose') }, 0)")
        page.wait_for_timeout(100)
        said = "\n".join(person.watch.faults)
        assert "the policy was broken: script-src" in said
        assert "on purpose" in said
        person.watch.faults.clear()

    def test_a_key_without_words_a_wide_page_and_an_unnamed_button(self, looking):
        page = looking.person("visitor").open("/portal/")
        assert not told(page)
        key = page.evaluate(PARTS)[0]
        page.evaluate(
            "(key) => { const one = document.createElement('p'); one.textContent = `${key}.nobody.wrote`; document.body.append(one);"
            " const wide = document.createElement('button'); wide.style.width = '3000px'; document.body.append(wide) }",
            key,
        )
        assert told(page) == [f"no words for {key}.nobody.wrote"]
        assert too_wide(page)
        assert any("button-name" in one for one in inaccessible(page))

    def test_an_error_of_the_server(self, looking):
        person = looking.person("visitor")
        person.context.route("**/api/broken", lambda route: route.fulfill(status=500))
        person.open("/portal/").evaluate("() => fetch('/api/broken')")
        assert any("answers 500" in one for one in person.watch.faults)
        person.watch.faults.clear()


def test_the_phone_and_the_portal_speak_to_nobody_in_particular(looking):
    """A visitor is asked for nothing before they ask for something: no sign-in page stands before the portal's home."""
    person = looking.person("visitor")
    open_page(person.page, person.traffic, f"{looking.address}/portal/")
    assert "sign-in" not in person.page.url
