"""A second version of the phone's app: it waits, and the person chooses when, never while something is being filled in; what is
unsent is there afterwards."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from waiting import comes_true

import wangge
from tests import databases, standing
from tools.screens.serving import served

pytestmark = pytest.mark.slow
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the product: what this module publishes is nobody else's new version, also while other modules run."""
    folder: Path = tmp_path_factory.mktemp("checkout")
    package = Path(wangge.__file__).parent
    shutil.copytree(package, folder / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def address_to_change(built_demo, checkout, tmp_path_factory):
    """A served demo of the module's own, out of the copy."""
    home: Path = tmp_path_factory.mktemp("updated") / "home"
    databases.copied(built_demo / standing.PRISTINE, home)
    with served(home, checkout=checkout) as address:
        yield home, address


@pytest.fixture
def second_build(checkout):
    """``second_build()``: from now on the server gives out another page and another worker that holds it; put back at the end."""
    phone = checkout / "wangge/entry/screens/static/web/phone"
    page, worker = (phone / name for name in ("index.html", "sw.js"))
    first = page.read_bytes(), worker.read_bytes()

    def publish():
        page.write_bytes(first[0].replace(b"</head>", b'<meta name="build" content="next"></head>'))
        held, changed = re.subn(rb"(/phone/`,revision:`)\w+", rb"\g<1>next", first[1])
        assert changed == 1, "the worker holds the page under a revision"
        worker.write_bytes(held)

    yield publish
    page.write_bytes(first[0])
    worker.write_bytes(first[1])


def test_it_waits_for_the_person_and_never_comes_in_between(stage, second_build):
    worker = stage.person("grid_worker_1")
    page = worker.open("/phone/today")
    comes_true(page, CONTROLLED)
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
    comes_true(page, "() => window.before === undefined")
    page.get_by_role("heading", name="上报").wait_for()
    assert page.get_by_text("新版本已备好").count() == 0


NEXT = "() => document.querySelector('meta[name=build]')?.content === 'next'"
HELD = """async () => {
  const names = await caches.keys();
  const held = await Promise.all(names.map(async (one) => (await (await caches.open(one)).keys()).map((asked) => asked.url)));
  return held.flat().filter((url) => url.includes('/phone/?')).map((url) => url.split('=').at(-1));
}"""


def test_what_is_unsent_survives_it_and_is_sent_once(stage, second_build, photo):
    worker = stage.person("grid_worker_1", size=1)
    page = worker.open("/phone/today")
    comes_true(page, CONTROLLED)
    worker.settled()  # what is carried for a day without a network has come
    assert not page.evaluate(NEXT)
    before = page.evaluate(HELD)
    with worker.watch.without_a_network():
        # The outbox stays shut, all else is open: the new version comes while something waits.
        worker.context.route("**/api/field/outbox", lambda route: route.abort())
        worker.context.set_offline(True)
        reports_without_a_network(page, photo)
        page.get_by_role("link", name=re.compile("未传 1 条")).wait_for()
        worker.context.set_offline(False)
        second_build()
        page.evaluate("navigator.serviceWorker.getRegistration('/phone/').then((one) => one.update())")
        page.get_by_role("button", name="撤销").wait_for(state="detached")
        page.get_by_role("button", name="更新", exact=True).click()
        comes_true(page, NEXT)
        page.get_by_role("link", name=re.compile("未传 1 条")).wait_for()
        assert before != ["next"] == page.evaluate(HELD), (
            "the worker of the second build holds its own page only"
        )
        page.goto(f"{stage.address}/phone/outbox")
        page.get_by_role("heading", name="未传 1").wait_for()
        page.get_by_text("上水井盖").first.wait_for()
    worker.context.unroute("**/api/field/outbox")
    with page.expect_response("**/api/field/outbox") as answer:
        page.get_by_role("button", name="现在同步").click()
    assert [one["state"] for one in answer.value.json()["receipts"]] == ["accepted"]
    page.get_by_text("都传上去了").first.wait_for()
    assert page.get_by_role("heading", name=re.compile("未传 ")).count() == 0


def reports_without_a_network(page, photo) -> None:
    """As somebody does who never opened this page before: a photo, the nearest address, a class by two taps."""
    page.get_by_role("navigation").get_by_role("link", name="上报").click()
    page.set_input_files("input[type=file]", photo)
    page.get_by_role("button", name="选最近的门牌").click()
    page.get_by_role("listitem").get_by_role("button").first.click()
    page.get_by_role("button", name="公用设施", exact=True).click()
    page.get_by_role("button", name="上水井盖", exact=True).click()
    page.get_by_role("button", name="存下并发送").click()
