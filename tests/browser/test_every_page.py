"""Every page of every role, in both languages: no outside request, no broken policy, no error, nothing that axe finds grave."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from judging import PARTS, inaccessible, shapes, told, too_wide
from walking import reports

from tools.screens.pages import NOWHERE, REST, open_page, pattern_of, places, routes
from tools.screens.seats import LANGUAGES, SIZES, VISITOR, seats

pytestmark = pytest.mark.slow
ACCOUNTS = (
    "grid_lead_1", "grid_worker_1", "acceptor_1", "duty_chief_1", "dispatcher_1", "data_officer_1", "leader_1", "department_clerk_civil_affairs",
    "department_clerk_water", "crew_water", "department_clerk_urban_management", "crew_urban_management", "planner_1", "organiser_1", "administrator_1", "resident_1", VISITOR,
)  # fmt: skip
visited: dict[str, set[str]] = {}
known: dict[str, set[str]] = {}
seen_in: dict[str, set[tuple[str, str]]] = {"dark": set(), LANGUAGES[1]: set()}
"""Which pages (app and pattern) were looked at in the dark, and in the second language: once each, whoever sees them."""
judged: dict[tuple[str, str], set[str]] = {}
"""The kinds of element that axe was shown on a page (app and pattern): another account's page is judged if it has others."""
loaded: set[tuple[str, str]] = set()
"""Which pages somebody came to by their address; whoever comes after comes by a link."""
drawn: set[tuple[str, str]] = set()
"""Which pages were opened where maps are drawn: once each, whoever sees them; and everybody saw a drawn map once."""


def test_every_account_of_the_demo_is_here(address_to_read):
    assert {one.name for one in seats(address_to_read[0])} == set(ACCOUNTS)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_page_of(looking, account):
    person = looking.person(account)
    app = person.seat.app
    found, faults, saw_a_map, drawing = [], [], False, True

    def before(pattern: str) -> None:
        nonlocal drawing
        drawing = not saw_a_map or (app, pattern) not in drawn
        person.draws(drawing)

    def by_link(pattern: str) -> bool:
        return (app, pattern) in loaded

    for place in places(person.page, person.traffic, looking.address, app, before, by_link):
        found.append(place)
        loaded.add((app, place.pattern))
        # Only where it led: an address that isn't theirs showed nobody its map.
        drawn.update({(app, place.pattern)} if drawing else ())
        saw_a_map = saw_a_map or person.page.locator("canvas").count() > 0
        faults += _faults(person, place.pattern, LANGUAGES[0])
    visited.setdefault(app, set()).update(one.pattern for one in found)
    known.setdefault(app, set()).update(routes(person.page))
    for place in found:
        if (app, place.pattern) not in seen_in[LANGUAGES[1]]:
            known_there = f"{account} {LANGUAGES[1]} 0" in looking.people
            person = looking.person(account, language=LANGUAGES[1])
            person.draws(True)
            (person.turns_to if known_there else person.open)(place.path)
            faults += _faults(person, place.pattern, LANGUAGES[1])
    assert {(app, one.pattern) for one in found} <= drawn
    assert not faults, "\n".join(faults)


def test_the_pages_to_which_an_act_leads(stage, photo, place):
    """What a resident sees after a report: its receipt, and the page that its code opens."""
    faults = []
    for language in LANGUAGES:
        person = stage.person(VISITOR, language=language)
        if language == LANGUAGES[0]:
            code, _ = reports(person, photo, place)
            faults += _come_to(person, "/report/sent/:id", language)
        person.open(f"/portal/track/{code}")
        faults += _come_to(person, "/track/:code", language)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("account", "pattern"), [(VISITOR, "/sign-in"), ("resident_1", "/")], ids=["a stranger", "a resident"]
)
def test_the_console_to_whoever_has_no_desk(looking, account, pattern):
    faults = []
    for language in LANGUAGES:
        person = looking.person(account, language=language)
        person.open("/console/")
        faults += _come_to(person, pattern, language, app="console")
    assert not faults, "\n".join(faults)


def _come_to(person, pattern: str, language: str, *, app: str = "portal") -> list[str]:
    visited.setdefault(app, set()).add(pattern)
    said = urlsplit(person.page.url)
    assert pattern_of(person.page, said.path, app) == pattern
    return _faults(person, pattern, language, app=app)


def _faults(person, pattern: str, language: str, *, app: str = "") -> list[str]:
    """What is wrong with the page on which somebody stands, at both sizes of its app, each with where and how it was seen."""
    page, app = person.page, app or person.seat.app
    found = told(page)
    for width, height in reversed(SIZES[app]):
        page.set_viewport_size({"width": width, "height": height})
        found += too_wide(page)
    if language == LANGUAGES[0]:
        new = shapes(page) - judged.setdefault((app, pattern), set())
        judged[app, pattern] |= new
        found += inaccessible(page) if new else []
        if (app, pattern) not in seen_in["dark"]:
            seen_in["dark"].add((app, pattern))
            page.emulate_media(color_scheme="dark")
            found += [f"in the dark, {one}" for one in inaccessible(page)]
            page.emulate_media(color_scheme="light")
    else:
        seen_in[language].add((app, pattern))
    return [f"{urlsplit(page.url).path} ({language}): {one}" for one in found]


def test_no_page_was_left_out():
    """Runs after those above: whatever page the routers know, somebody came to it."""
    if not all(app in known for app in SIZES) or "/track/:code" not in visited["portal"]:
        pytest.skip("only a part of the pages was asked for")
    missed = {
        f"{app} {pattern}"
        for app, every in known.items()
        for pattern in every - visited[app]
        if REST not in pattern
    }
    assert not missed


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
