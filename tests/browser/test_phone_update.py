"""A second version of the phone's app: it waits, and the person chooses when, never while something is being filled in."""

from __future__ import annotations

import pytest

from wangge.entry.screens import built

pytestmark = pytest.mark.slow


@pytest.fixture
def second_build():
    """``second_build()``: from now on the server gives out another worker, as after a new build; put back at the end."""
    path = built.FOLDER / "phone" / "sw.js"
    first = path.read_bytes()

    def publish():
        path.write_bytes(first + b"\n/* the next build */\n")

    yield publish
    path.write_bytes(first)


def test_it_waits_for_the_person_and_never_comes_in_between(stage, second_build):
    worker = stage.person("grid_worker_1")
    page = worker.open("/phone/today")
    page.wait_for_function(
        "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
    )
    page.goto(f"{stage.address}/phone/report")
    page.get_by_role("textbox", name="说明").fill("盲道砖缺了几块")
    second_build()
    page.evaluate("navigator.serviceWorker.getRegistration('/phone/').then((one) => one.update())")
    page.get_by_text("先填完、存下，再更新").wait_for()
    assert page.get_by_role("button", name="更新", exact=True).count() == 0
    assert page.get_by_role("textbox", name="说明").input_value() == "盲道砖缺了几块"
    page.get_by_role("textbox", name="说明").fill("")
    page.evaluate("window.before = true")
    page.get_by_role("button", name="更新", exact=True).click()
    page.wait_for_function("window.before === undefined")
    page.get_by_role("heading", name="上报").wait_for()
    assert page.get_by_text("新版本已备好").count() == 0
