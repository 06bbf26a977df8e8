"""What every page must be, in the browser's own words: told, named, translated, accessible, no wider than its screen."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
LAID_OUT_MS = 2_000
"""How long a page may take to be laid out anew when its window changes."""
PARTS = """() => {
  const app = document.querySelector('#app').__vue_app__;
  const words = app._context.provides[app.__VUE_I18N_SYMBOL__].global.messages.value;
  return [...new Set(Object.values(words).flatMap((one) => Object.keys(one)))];
}"""
"""The first parts of all keys of an app's words."""
UNTRANSLATED = """(parts) => {
  const known = new Set(parts);
  const named = [...document.querySelectorAll('[title],[aria-label],[placeholder],[alt]')]
    .flatMap((one) => ['title', 'aria-label', 'placeholder', 'alt'].map((name) => one.getAttribute(name) ?? ''));
  return [document.title, document.body.innerText, ...named].join('\\n').split(/[\\s，。；：（）()]+/)
    .filter((one) => /^[A-Za-z_]\\w*(\\.\\w+)+$/.test(one) && known.has(one.split('.')[0]) && !/\\.(xlsx|csv|json|pdf)$/.test(one));
}"""
"""A key without words is shown as the key itself: `cases.filters.late`."""
SHAPES = """() => [...new Set([...document.querySelectorAll('body, body *')].map((one) => [
  one.tagName, one.parentElement.tagName, one.className.baseVal ?? one.className, !!one.textContent.trim(),
  ...one.getAttributeNames().filter((name) => !/^(class|d|points|x|y|cx|cy|x1|x2|y1|y2|width|height|transform|data-v-.*)$/.test(name))
    .map((name) => (/^(role|type|tabindex|style|aria-(?!label).*)$/.test(name) ? `${name}=${one.getAttribute(name)}` : `${name}:${!!one.getAttribute(name)}`)),
].join(' ').replace(/\\d+/g, '0')))]"""
"""What kinds of element stand on a page: name, parent, class, attributes, whether it says anything; numbers count for nothing."""
RUN_AXE = """async (rules) => {
  const found = await axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] });
  return found.violations.map((one) => ({ id: one.id, impact: one.impact, help: one.help,
    where: one.nodes.slice(0, 3).map((node) => node.target.join(' ') + '  ' + node.html.slice(0, 160)) }));
}"""


def told(page: Page) -> list[str]:
    """A title, one main heading at least, and no key that nobody translated."""
    faults = [] if page.title().strip() else ["no title"]
    if page.get_by_role("heading").count() == 0:
        faults.append("no heading")
    return faults + [f"no words for {key}" for key in page.evaluate(UNTRANSLATED, page.evaluate(PARTS))]


def too_wide(page: Page) -> list[str]:
    """Whether the page can be moved sideways, once it has settled in its window."""
    wide, screen = page.evaluate(WIDTHS)
    for _ in range(LAID_OUT_MS // 100):
        if wide <= screen:
            break
        page.wait_for_timeout(100)
        wide, screen = page.evaluate(WIDTHS)
    return [f"{wide} px wide on a screen of {screen}"] if wide > screen else []


def shapes(page: Page) -> set[str]:
    """The kinds of element that stand on the page. Of two pages with the same kinds axe finds the same."""
    return set(page.evaluate(SHAPES))


def inaccessible(page: Page) -> list[str]:
    """What axe finds serious or critical. The page's policy lets no script in: axe comes by the debugger's door."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return [
        f"axe {one['impact']}: {one['id']} ({one['help']}): {' | '.join(one['where'])}"
        for one in page.evaluate(RUN_AXE)
        if one["impact"] in GRAVE
    ]
