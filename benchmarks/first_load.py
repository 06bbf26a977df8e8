"""How long people wait for a page, by the browser's own timings, and how much travels to them.

The phone: first load, load again (cached), start without a network, on a network of 1.6 Mbit/s down, 0.75 up and 150 ms of
latency (the profile that Lighthouse names "Slow 4G" and older tools "Fast 3G"), the processor slowed four times. *Usable* is the
first moment at which a heading is painted, nothing is busy and the main thread has time for a tap. A list of 50: from the end of
its answer to the frame that shows fifty rows. Bytes: what the first page loads before it asks for maps and charts, as it travels
and as gzip -6 would make it.

Usage: ./run bench first_load [--folder DEMO] [--times N]. A demo town is needed (./run demo --check); it is measured on a copy.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tools.screens import chromium
from tools.screens.pages import Traffic
from tools.screens.seats import sign_in
from tools.screens.serving import served

NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
ASK_S = 0.3
LIMITS = {
    "phone_first_ms": 4000, "phone_again_ms": 1500, "phone_offline_ms": 2000, "list_of_50_ms": 100,
    "console_gzip_kb": 200, "portal_gzip_kb": 150,
}  # fmt: skip
WORKER, CLERK = "grid_worker_1", "dispatcher_1"
LATER = ("maplibre", "map-", "MapCanvas", "CityMap", "echarts", "chart")
"""Files of maps and charts, by a part of their names: they come after the page stands."""
NOTE_USABLE = """
(() => {
  const look = () => {
    const standing = document.querySelector('#app h1, #app [role=heading]') && !document.querySelector('[aria-busy=true]');
    if (!standing) return requestAnimationFrame(look);
    requestIdleCallback(() => { if (document.querySelector('[aria-busy=true]')) return look(); window.usableAt ??= performance.now(); });
  };
  requestAnimationFrame(look);
})();
"""
NOTE_ROWS = """
(() => {
  const look = () => {
    if ([...document.querySelectorAll('#app ol, #app tbody')].some((one) => one.childElementCount >= 50))
      return requestAnimationFrame(() => { window.drawnAt ??= performance.now(); });
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
LAST_ANSWER = """([part, before]) => Math.max(...performance.getEntriesByType('resource')
  .filter((one) => one.name.includes(part) && one.responseEnd <= before).map((one) => one.responseEnd))"""


def run(arguments: list[str]) -> dict[str, object]:
    """Medians in milliseconds and kilobytes, each beside its limit; ``kept`` says whether all hold."""
    parser = argparse.ArgumentParser(prog="bench first_load")
    parser.add_argument("--folder", default="demo", type=Path)
    parser.add_argument("--times", default=3, type=int)
    options = parser.parse_args(arguments)
    if chromium.missing():
        raise SystemExit(chromium.missing())
    if not (options.folder / "demo.json").exists():
        raise SystemExit(
            f"No demo stands in {options.folder}. Type:  ./run demo --check --folder {options.folder}"
        )
    with tempfile.TemporaryDirectory(prefix="wangge-bench-") as base:
        home = Path(base) / "home"
        shutil.copytree(options.folder, home)
        with served(home) as address, chromium.playing() as playwright:
            found = _measured(playwright, address, Path(base), options.times)
    figures = {
        name: {"found": value, "limit": LIMITS[name]} for name, value in found.items() if name in LIMITS
    }
    return {
        "profile": {
            "mbit_s_down": 1.6,
            "mbit_s_up": 0.75,
            "latency_ms": NETWORK["latency"],
            "processor_slower": SLOWER,
        },
        "times": options.times,
        **figures,
        **{name: value for name, value in found.items() if name not in LIMITS},
        "kept": all(
            value is not None and value <= LIMITS[name] for name, value in found.items() if name in LIMITS
        ),
    }


def _measured(playwright, address: str, base: Path, times: int) -> dict[str, object]:
    phone = [_phone(playwright, address, base / f"phone-{number}") for number in range(times)]
    lists = [_list_of_50(playwright, address) for _ in range(times)]
    found: dict[str, object] = {
        name: round(statistics.median(one[name] for one in phone)) for name in phone[0]
    }
    found["list_of_50_ms"] = round(statistics.median(lists)) if None not in lists else None
    for app, who in (("console", CLERK), ("portal", ""), ("phone", WORKER)):
        found |= _weight(playwright, address, app, who)
    return found


def _phone(playwright, address: str, folder: Path) -> dict[str, float]:
    """A phone that never saw the app; then the same phone, switched off and on, with a network and without one."""
    with _device(playwright, folder) as context:
        sign_in(context, address, WORKER)
        found = {"phone_first_ms": _usable(context, f"{address}/phone/today")}
        _let_it_finish(context.pages[-1])
    with _device(playwright, folder) as context:
        found["phone_again_ms"] = _usable(context, f"{address}/phone/today")
        _let_it_finish(context.pages[-1])
    with _device(playwright, folder) as context:
        context.set_offline(True)
        found["phone_offline_ms"] = _usable(context, f"{address}/phone/today", network=False)
    return found


@contextmanager
def _device(playwright, folder: Path):
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=chromium.path(), args=list(chromium.FLAGS), viewport={"width": 390, "height": 844}, locale="zh-CN",
    )  # fmt: skip
    context.set_default_timeout(30000)
    context.add_init_script(NOTE_USABLE)
    try:
        yield context
    finally:
        context.close()


def _usable(context, url: str, *, network: bool = True) -> float:
    page = context.new_page()
    debugger = context.new_cdp_session(page)
    debugger.send("Network.enable")
    if network:  # said of a page that has none, it would bring one back
        debugger.send("Network.emulateNetworkConditions", NETWORK)
    debugger.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="commit")
    return _noted(page, "usableAt", 30)


def _noted(page, name: str, seconds: float) -> float:
    """The moment that the page notes under this name. Raises ``TimeoutError``.

    Asked from outside, rarely: Playwright's own waiting runs a script of its own in the page on every frame.
    """
    for _ in range(int(seconds / ASK_S)):
        page.wait_for_timeout(ASK_S * 1000)
        found = page.evaluate(f"() => window.{name}")
        if found is not None:
            return float(found)
    raise TimeoutError(f"{page.url} noted no {name} within {seconds:g} s")


def _let_it_finish(page) -> None:
    """Until the service worker stands and what the phone keeps is kept."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_timeout(3000)


def _list_of_50(playwright, address: str) -> float | None:
    """Milliseconds from the end of the answer to the frame that shows fifty cases; None where no list shows as many."""
    browser = chromium.launched(playwright)
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    sign_in(context, address, CLERK)
    context.add_init_script(NOTE_ROWS)
    page = context.new_page()
    page.goto(f"{address}/console/cases?queue=closed&size=50", wait_until="load")
    try:
        drawn = _noted(page, "drawnAt", 8)
        return drawn - float(page.evaluate(LAST_ANSWER, ["/api/cases/?", drawn]))
    except TimeoutError:
        return None
    finally:
        browser.close()


def _weight(playwright, address: str, app: str, who: str) -> dict[str, object]:
    """Kilobytes of the page and its files, of maps and charts apart; answers of the API are not counted."""
    browser = chromium.launched(playwright)
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="zh-CN", service_workers="block"
    )
    if who:
        sign_in(context, address, who)
    page = context.new_page()
    bodies: dict[str, bytes] = {}
    travelled: list[int] = []

    def keep(response) -> None:
        path = urlsplit(response.url).path
        if path.startswith((f"/{app}/", "/static/")) and not any(part in path for part in LATER):
            bodies[path] = response.body()
            travelled.append(response.request.sizes()["responseBodySize"])

    answers = []
    page.on("response", lambda one: answers.append(one))
    traffic = Traffic(page)
    page.goto(f"{address}/{app}/", wait_until="load")
    traffic.settled()
    for one in answers:
        keep(one)
    browser.close()
    squeezed = sum(len(gzip.compress(body, 6)) for body in bodies.values())
    return {
        f"{app}_gzip_kb": round(squeezed / 1024, 1),
        f"{app}_travelled_kb": round(sum(travelled) / 1024, 1),
    }
