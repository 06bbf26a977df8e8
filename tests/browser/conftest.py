"""People at screens: a served demo, a browser, and a context a person that fails the test on whatever a page must not do.

Without chromium these tests are left out, and the run says so in a line; where `WANGGE_BROWSER=required` (as in `.ci/run`) they
fail with the line to type.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from stage import PICTURES, Stage

from tests import databases, standing
from tools.screens import chromium
from tools.screens.serving import served

collect_ignore_glob = ["test_*.py"] if chromium.left_out() else []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Of a test that fails while somebody is on stage, what each of them sees is kept in `build/browser`."""
    report = (yield).get_result()
    on_stage = (
        next((one for one in item.funcargs.values() if isinstance(one, Stage)), None)
        if call.when == "call"
        else None
    )
    if on_stage is not None and report.failed:
        on_stage.picture(PICTURES / re.sub(r"\W+", "-", item.name))


@pytest.fixture(scope="module")
def playwright(module_environment):
    """Playwright, once a module: while it runs, Django believes that it is inside an event loop."""
    if chromium.missing():
        pytest.fail(chromium.missing(), pytrace=False)
    with chromium.playing() as playing:
        yield playing


@pytest.fixture(scope="module")
def module_environment():
    """Other tests of the same process may read their database meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="module")
def browser(playwright):
    """One browser a module; people get contexts of it."""
    browser = chromium.launched(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def address_to_read(built_demo, tmp_path_factory):
    """A served demo for tests that only look."""
    home = tmp_path_factory.mktemp("looked-at") / "home"
    databases.copied(built_demo / standing.PRISTINE, home)
    with served(home) as address:
        yield home, address


@pytest.fixture(scope="module")
def address_to_change(built_demo, tmp_path_factory):
    """A served demo of the module's own."""
    home: Path = tmp_path_factory.mktemp("worked-in") / "home"
    databases.copied(built_demo / standing.PRISTINE, home)
    with served(home) as address:
        yield home, address


@pytest.fixture
def looking(playwright, browser, address_to_read):
    """A stage on the demo that nobody changes."""
    with Stage(playwright, browser, *address_to_read).open() as stage:
        yield stage


@pytest.fixture(scope="module")
def stage(playwright, browser, address_to_change):
    """The module's own stage: whoever comes in stays until its end."""
    with Stage(playwright, browser, *address_to_change).open() as stage:
        yield stage


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    """A photo as a phone takes it, large enough to be made smaller."""
    path = tmp_path_factory.mktemp("photo") / "井盖.jpg"
    picture = io.BytesIO()
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(picture, "JPEG")
    path.write_bytes(picture.getvalue())
    return path


@pytest.fixture(scope="module")
def place(stage):
    """A building in the worker's own grid, as the worker's list has it."""
    found = stage.person("grid_worker_1").ask("areas/buildings", limit=50)["items"]
    return next(one for one in found if one["households"])
