"""`./run shots`: a picture of every page of every role, at the sizes people use, Chinese and English, light and dark.

Builds the demo town where none stands in --folder, and takes the pictures of a copy: looking at a person leaves a row. Into
shots/ (ignored by git) with an index.html that shows them all, by app, role and page.
"""

from __future__ import annotations

import argparse
import html
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools.screens import chromium
from tools.screens.pages import Traffic, places
from tools.screens.seats import LANGUAGES, SIZES, THEMES, VISITOR, Seat, seats, sign_in, speaking
from tools.screens.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = 2
GUIDE = Seat("guide", "guide", "guide")
GUIDE_SIZES = ((1366, 768), (390, 844))
STYLE = """
:root { color-scheme: light dark; font: 14px/1.5 system-ui, 'Noto Sans CJK SC', sans-serif }
body { margin: 0 24px 48px } nav { position: sticky; top: 0; padding: 12px 0; background: Canvas; display: flex; gap: 16px; flex-wrap: wrap }
h2 { margin: 32px 0 0 } h3 { margin: 16px 0 4px; font-weight: 500 } figure { margin: 0 } figcaption { font-size: 12px; opacity: .7 }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start } img { display: block; height: 240px; border: 1px solid #8886 }
body:has(#zh-Hans:not(:checked)) .zh-Hans, body:has(#en:not(:checked)) .en, body:has(#light:not(:checked)) .light, body:has(#dark:not(:checked)) .dark { display: none }
"""


@dataclass(frozen=True)
class Shot:
    """One picture: whose, of which page, how; ``file`` is below the folder of the pictures."""

    seat: Seat
    page: str
    language: str
    theme: str
    size: tuple[int, int]

    @property
    def file(self) -> str:
        """Where it lies."""
        how = f"{self.language}-{self.theme}-{self.size[0]}x{self.size[1]}.png"
        return f"{self.seat.app}/{self.seat.name}/{_slug(self.page)}/{how}"


def main() -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="run shots", description=__doc__)
    parser.add_argument(
        "--folder", default="demo", help="a demo; built as `./run demo` builds it where none stands there"
    )
    parser.add_argument(
        "--out", default="shots", help="where the pictures go; what an earlier run left there is replaced"
    )
    parser.add_argument(
        "--only", default="", help="accounts or apps, with commas between: phone,dispatcher_1"
    )
    parser.add_argument("--language", choices=LANGUAGES, help="only this one")
    parser.add_argument("--whole", action="store_true", help="whole pages, not only what the screen shows")
    options = parser.parse_args()
    if chromium.missing():
        print(chromium.missing(), file=sys.stderr)
        return 1
    began, home, out = time.monotonic(), Path(options.folder).resolve(), Path(options.out).resolve()
    if not (home / "demo.json").exists():
        subprocess.run(
            [sys.executable, "-m", "wangge.entry.site", "demo", "--check", "--folder", str(home)], check=True
        )
    with tempfile.TemporaryDirectory(prefix="wangge-shots-") as base:
        shutil.copytree(home, Path(base) / "home")
        with served(Path(base) / "home") as address:
            wanted = list(asked(home, options.only))
            tasks = [(seat, one) for seat in wanted for one in LANGUAGES if options.language in (None, one)]
            for app in {seat.app for seat in wanted}:
                shutil.rmtree(out / app, ignore_errors=True)
            shots = take(address, tasks, out, whole=options.whole)
    index(out)
    print(f"{len(shots)} pictures in {time.monotonic() - began:.0f} s: {out}/index.html")
    return 0


def asked(home: Path, only: str) -> Iterator[Seat]:
    """Whose pages are wanted: those whose name, role or app stands in ``only``, which names them with commas between."""
    names = set(filter(None, only.split(",")))
    for seat in (GUIDE, *seats(home)):
        if not names or names & {seat.app, seat.name, seat.role}:
            yield seat


def take(address: str, tasks: list[tuple[Seat, str]], out: Path, *, whole: bool) -> list[Shot]:
    """The pictures of each seat in a language; two browsers take them side by side."""
    with ThreadPoolExecutor(BROWSERS) as pool:
        shares = [
            pool.submit(_share, address, tasks[number::BROWSERS], out, whole) for number in range(BROWSERS)
        ]
        return [shot for one in shares for shot in one.result()]


def _share(address: str, tasks: list[tuple[Seat, str]], out: Path, whole: bool) -> list[Shot]:
    taken: list[Shot] = []
    if not tasks:
        return taken
    with chromium.playing() as playing:
        browser = chromium.launched(playing)
        for seat, language in tasks:
            began, before = time.monotonic(), len(taken)
            taken += pictures(browser, address, seat, language, out, whole=whole)
            print(
                f"· {seat.app} {seat.name} {language}: {len(taken) - before} in {time.monotonic() - began:.0f} s",
                file=sys.stderr,
            )
        browser.close()
    return taken


def pictures(
    browser: Browser, address: str, seat: Seat, language: str, out: Path, *, whole: bool
) -> list[Shot]:
    """All pictures of one seat in one language: a page is opened once, and then shown light and dark in every size."""
    sizes = SIZES.get(seat.app, GUIDE_SIZES)
    context = browser.new_context(
        viewport={"width": sizes[0][0], "height": sizes[0][1]}, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
    )  # fmt: skip
    context.set_default_timeout(15000)
    context.add_init_script(speaking(language))
    if seat.name not in (VISITOR, GUIDE.name):
        sign_in(context, address, seat.name)
    page = context.new_page()
    taken = []
    for name in _pages(page, address, seat, language):
        for size in reversed(sizes):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                page.evaluate(
                    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30))))"
                )
                shot = Shot(seat, name, language, theme, size)
                page.screenshot(path=out / shot.file, full_page=whole, animations="disabled")
                taken.append(shot)
        page.emulate_media(color_scheme=THEMES[0])
    context.close()
    return taken


def _pages(page: Page, address: str, seat: Seat, language: str) -> Iterator[str]:
    if seat is GUIDE:
        page.goto(f"{address}/?language={language}")
        yield "/"
        return
    for place in places(page, Traffic(page), address, seat.app):
        yield place.pattern


def _slug(pattern: str) -> str:
    """A page's pattern as the name of a folder: `/cases/:uid` is `cases.uid`."""
    return ".".join(re.findall(r"[\w-]+", re.sub(r"\(.*?\)", "", pattern))) or "home"


def index(out: Path) -> None:
    """A contact sheet of whatever lies in the folder."""
    files = sorted(out.glob("*/*/*/*.png"))
    choices = "".join(
        f'<label><input type="checkbox" id="{one}" checked> {one}</label>' for one in (*LANGUAGES, *THEMES)
    )
    seats_ = sorted({path.parent.parent for path in files})
    links = "".join(f'<a href="#{one.parent.name}-{one.name}">{one.name}</a>' for one in seats_)
    body = [
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Shots</title><style>{STYLE}</style><nav>{choices}{links}</nav>'
    ]
    for seat in seats_:
        body.append(f'<h2 id="{seat.parent.name}-{seat.name}">{seat.parent.name}: {seat.name}</h2>')
        for page in sorted({path.parent for path in files if path.parent.parent == seat}):
            body.append(f'<h3>{html.escape(page.name)}</h3><div class="row">')
            body += [_figure(path, out) for path in sorted(page.glob("*.png"), key=_order)]
            body.append("</div>")
    (out / "index.html").write_text("\n".join(body), encoding="utf-8")


def _order(path: Path) -> tuple[bool, bool, str]:
    return not path.stem.startswith(LANGUAGES[0]), "-dark-" in path.stem, path.stem


def _figure(path: Path, out: Path) -> str:
    theme, language = path.stem.split("-")[-2], "en" if path.stem.startswith("en") else "zh-Hans"
    where = path.relative_to(out)
    return (
        f'<figure class="{language} {theme}"><a href="{where}"><img loading="lazy" src="{where}" alt="{path.stem}"></a>'
        f"<figcaption>{path.stem}</figcaption></figure>"
    )


if __name__ == "__main__":
    raise SystemExit(main())
