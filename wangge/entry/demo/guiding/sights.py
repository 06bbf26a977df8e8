"""What somebody sees of a step at this moment: one figure, one line, one example; asked as that somebody, through the same
queries as everybody's lists. Nothing here opens a person: looking at the guide leaves no look behind.

Each sight names the list whose length its figure is; a test follows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wangge.ground.areas import queries as areas
from wangge.oversight.assessment import queries as assessment
from wangge.platform.access import queries as access
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.cases import queries as cases
from wangge.work.cases.filters import Filters, Order
from wangge.work.cases.records import CaseLine
from wangge.work.hub import queries as hub
from wangge.work.planning import queries as planning
from wangge.work.residents import queries as residents
from wangge.work.services import queries as services
from wangge.work.todos import queries as inbox
from wangge.work.todos.records import TodoRecord

OUTCOMES = {
    "settled": ("已办结", "done"), "not_needed": ("不需要", "not needed"), "declined": ("谢绝", "declined"),
    "moved_away": ("已搬走", "moved away"), "deceased": ("已去世", "deceased"), "mismatch": ("情况不符", "not as described"),
}  # fmt: skip
"""What a department reads of an ending."""
HOURS = ((" working hours", " h"), (" working hour", " h"), (" working days", " d"), (" working day", " d"))
"""English in a narrow place; Chinese is short as it is."""
DESK_ORDER: Order = "urgent"
"""How a desk's list opens: a step shows the same case first."""
BREAK = "\u200b"
"""Where a line of Chinese may break."""


@dataclass(frozen=True)
class Sight:
    """``figure`` is the length of the step's list; ``line`` says it in words, ``example`` shows one. ``tone``: late or none."""

    figure: int
    line: str
    example: str = ""
    tone: str = ""


Look = Callable[[Actor, bool], Sight]
"""Looks as somebody, and says it in English or in Chinese."""


def queue(state: str, zh: str, en: str) -> Look:
    """Cases that wait in a state, and the one that comes first on the desk: the most urgent."""

    def look(actor: Actor, english: bool) -> Sight:
        page = cases.cases(actor, Filters(state=state), order=DESK_ORDER, limit=1)
        line = f"{page.total} {en}" if english else f"{zh} {page.total} 件"
        return _with_case(page.total, line, page.items, english)

    return look


def in_hand(actor: Actor, english: bool) -> Sight:
    """A department's open cases."""
    page = cases.cases(actor, Filters(open=True), order=DESK_ORDER, limit=1)
    late = cases.cases(actor, Filters(open=True, late=True), limit=0).total
    line = f"{page.total} in hand" if english else f"在办 {page.total} 件"
    if late:
        line += f", {late} overdue" if english else f"，超时 {late}"
    return _with_case(page.total, line, page.items, english)


def _with_case(total: int, line: str, items: list[CaseLine], english: bool) -> Sight:
    if not items:
        return Sight(total, line, "none just now" if english else "这会儿没有在等的")
    one = items[0]
    name, left = (one.class_en if english else one.class_zh), one.left or ""
    for long, short in HOURS:
        left = left.replace(long, short)  # a step is narrow
    return Sight(total, line, _joined(name, left or one.address, english), "late" if one.late else "")


def _joined(left: str, right: str, english: bool) -> str:
    """Two words with a dot between; a line breaks after the dot, never inside what belongs together."""
    if english:
        return " · ".join(filter(None, (left, right)))
    return f"·{BREAK}".join(filter(None, (left, right)))


def my_reports(actor: Actor, english: bool) -> Sight:
    """What the resident has reported, and how the newest stands."""
    mine = cases.my_reports(actor)
    line = f"{len(mine)} of mine" if english else f"我反映过 {len(mine)} 件"
    if not mine:
        return Sight(0, line)
    newest = mine[0]
    name = (newest.class_en, newest.state_en) if english else (newest.class_zh, newest.state_zh)
    return Sight(len(mine), line, _joined(*name, english))


def my_ratings(actor: Actor, english: bool) -> Sight:
    """How many of her reports the resident may rate or has rated."""
    mine = cases.my_reports(actor)
    rated = [one for one in mine if one.ratings]
    line = f"{len(rated)} of {len(mine)} rated" if english else f"{len(mine)} 件里评过 {len(rated)} 件"
    if not rated:
        return Sight(len(mine), line)
    one, stars = rated[0], rated[0].ratings[-1].satisfied
    name = one.class_en if english else one.class_zh
    return Sight(len(mine), line, _joined(name, f"{stars} of 5" if english else f"{stars} 分", english))


def delivered(actor: Actor, english: bool) -> Sight:
    """Files of the department, what went back, what was refused at the door."""
    page = hub.deliveries(actor, limit=1)
    line = f"{page.total} files delivered" if english else f"送来 {page.total} 份表"
    if not page.items:
        return Sight(page.total, line)
    last = page.items[0]
    refused = next((one.column for one in last.refused_columns if one.code != "left_out"), "")
    said = (
        f"{last.rows} rows, {last.bad_rows} sent back"
        if english
        else f"{last.rows} 行，退回 {last.bad_rows} 行"
    )
    kept = f"refused: {refused}" if english else f"拒收“{refused}”"
    return Sight(page.total, line, _joined(said, kept if refused else "", english))


def mapped(actor: Actor, english: bool) -> Sight:
    """Feeds, and how many columns mean a registered element."""
    feeds = hub.feeds(actor)
    line = f"{len(feeds)} feeds, all mapped" if english else f"{len(feeds)} 路来源都已对应"
    open_ = [one for one in feeds if not one.mapped]
    if open_:
        line = (
            f"{len(feeds)} feeds, {len(open_)} to map"
            if english
            else f"{len(feeds)} 路来源，{len(open_)} 路待对应"
        )
    widest = max(feeds, key=lambda one: one.mapped, default=None)
    if widest is None:
        return Sight(0, line)
    name = widest.name_en if english else widest.name_zh.rpartition("·")[2]
    columns = f"{widest.mapped} columns" if english else f"{widest.mapped} 列"
    return Sight(len(feeds), line, _joined(name, columns, english))


def feeds_due(actor: Actor, english: bool) -> Sight:
    """Feeds for which somebody must do something."""
    feeds = hub.feeds(actor)
    due = sum(one.needs_somebody for one in feeds)
    line = f"{len(feeds)} feeds, all well" if english else f"{len(feeds)} 路来源都正常"
    if due:
        line = (
            f"{len(feeds)} feeds, {due} to look at" if english else f"{len(feeds)} 路来源，{due} 路要人处理"
        )
    last = max((one for one in feeds if one.last_at), key=lambda one: str(one.last_at), default=None)
    if last is None or last.last_at is None:
        return Sight(len(feeds), line)
    name, day = (
        (last.name_en if english else last.name_zh.rpartition("·")[2]),
        f"{clock.local(last.last_at):%m-%d}",
    )
    return Sight(len(feeds), line, f"latest: {name}, {day}" if english else f"最近：{name} {day}")


def pairs(actor: Actor, english: bool) -> Sight:
    """Pairs that nobody but a person can decide."""
    page = hub.unsure_pairs(actor, limit=1)
    line = f"{page.total:,} pairs for a person" if english else f"{page.total:,} 对要人来看"
    if not page.items:
        return Sight(page.total, line)
    one = page.items[0]
    feed = next((f for f in hub.feeds(actor) if f.code == one.feed), None)
    name = "" if feed is None else (feed.name_en if english else feed.name_zh.rpartition("·")[2])
    share = min(round(one.probability * 100), 99)  # nobody is asked about what is certain
    alike = f"{share} % alike" if english else f"{share}% 像"
    row = f"{name}, row {one.row}" if english else f"{name}第 {one.row} 行"
    return Sight(page.total, line, _joined(row, alike, english))


def entitled(actor: Actor, english: bool) -> Sight:
    """Who is entitled and does not receive, masked."""
    page = services.entitled_not_receiving(actor, limit=1)
    line = f"{page.total} entitled, not receiving" if english else f"应享未享 {page.total} 人"
    if not page.items:
        return Sight(page.total, line)
    one = page.items[0]
    named = {p.code: p.name_en if english else p.name_zh for p in services.programmes(actor)}
    return Sight(page.total, line, _joined(one.name or "", named.get(one.programme, ""), english))


def offers(state: str, zh: str, en: str) -> Look:
    """To-dos at doors that departments asked for."""

    def look(actor: Actor, english: bool) -> Sight:
        page = inbox.todos(actor, inbox.Filters(state=state, origin="services"), limit=1)
        line = f"{page.total} {en}" if english else f"{zh} {page.total} 件"
        return Sight(page.total, line, _todo(page.items, english))

    return look


def _todo(items: list[TodoRecord], english: bool) -> str:
    if not items:
        return ""
    one = items[0]
    said = OUTCOMES.get(one.outcome, ("", ""))
    if one.overdue:
        said = ("超时", "overdue")
    return _joined(one.title_en if english else one.title_zh, said[english], english)


def my_inbox(actor: Actor, english: bool) -> Sight:
    """All that waits for the worker, of which the phone makes a walk for each day; whether some of it is overdue; what comes first."""
    walk, first = inbox.inbox(actor), inbox.todos(actor, inbox.Filters(state="open"), limit=1)
    line = f"{walk.total} in all, a walk a day" if english else f"共 {walk.total} 件，每天走一段"
    return Sight(walk.total, line, _todo(first.items, english), "late" if walk.overdue else "")


def overdue(actor: Actor, english: bool) -> Sight:
    """What is overdue in the grids of a community."""
    page = inbox.todos(actor, inbox.Filters(state="open", overdue=True), limit=1)
    line = f"{page.total} overdue in my grids" if english else f"本社区超时 {page.total} 件"
    return Sight(page.total, line, _todo(page.items, english), "late" if page.total else "")


def returned(actor: Actor, english: bool) -> Sight:
    """What came back to the department."""
    page = hub.return_feed(actor, limit=1)
    line = f"{page.total} outcomes came back" if english else f"收到结果 {page.total} 条"
    if not page.items:
        return Sight(page.total, line)
    one = page.items[0]
    named = {p.code: p.name_en if english else p.name_zh for p in services.programmes(actor)}
    what = named.get(one.programme) or ("Correction" if english else "更正")
    return Sight(
        page.total,
        line,
        _joined(what, OUTCOMES.get(one.outcome, (one.outcome, one.outcome))[english], english),
    )


def looks(actor: Actor, english: bool) -> Sight:
    """Who else looked at the resident's data: the page shows her own looks only when asked."""
    found = residents.who_looked(actor, own=False)
    line = f"{len(found)} looks at my data" if english else f"谁查过我：{len(found)} 次"
    if not found:
        return Sight(0, line)
    last = found[0]
    said = (
        (last.post_en, last.task_en or last.purpose_en)
        if english
        else (last.post_zh, last.task_zh or last.purpose_zh)
    )
    return Sight(len(found), line, _joined(*said, english))


def my_services(actor: Actor, english: bool) -> Sight:
    """What the resident is offered."""
    found = residents.my_services(actor)
    line = f"{len(found)} offered to me" if english else f"为我找到 {len(found)} 项"
    if not found:
        return Sight(0, line)
    one = found[0]
    said = (one.name_en, one.state_en) if english else (one.name_zh, one.state_zh)
    return Sight(len(found), line, _joined(*said, english))


def plans(actor: Actor, english: bool) -> Sight:
    """Scenarios, and how many grids of the newest keep to the range."""
    page = planning.scenarios(actor, limit=1)
    line = f"scenarios: {page.total}" if english else f"方案 {page.total} 个"
    if not page.items:
        return Sight(page.total, line)
    made = page.items[0].report
    out = made.grids - made.in_range
    said = f"{made.grids} grids, {out} out of range" if english else f"{made.grids} 个网格·范围外 {out} 个"
    return Sight(page.total, line, said)


def admissions(actor: Actor, english: bool) -> Sight:
    """What may be asked of a grid."""
    found = inbox.admissions(actor)
    line = f"{len(found)} matters admitted" if english else f"准入事项 {len(found)} 项"
    minutes = max(found, key=lambda one: one.minutes, default=None)
    if minutes is None:
        return Sight(0, line)
    name = minutes.name_en if english else minutes.name_zh
    return Sight(
        len(found), line, f"{name}, {minutes.minutes} min" if english else f"{name}·{minutes.minutes} 分钟"
    )


def leading(actor: Actor, english: bool) -> Sight:
    """What is late of all that is open, and how many cases of this month were closed on time: as the cockpit opens."""
    total = cases.cases(actor, Filters(open=True), limit=0).total
    late = cases.counts(actor).late
    line = f"{late} overdue of {total} open" if english else f"超时 {late} 件，在办 {total} 件"
    today = clock.today()
    rates = assessment.rates(actor, from_on=today.replace(day=1), to_on=today)
    rate = next((one for one in rates.rates if one.over == "due"), None)
    if rate is None or rate.percent is None:
        return Sight(late, line)
    name = rate.en if english else rate.zh
    return Sight(late, line, f"{name} {rate.percent:.0f} %" if english else f"本月{name} {rate.percent:.0f}%")


def users(actor: Actor, english: bool) -> Sight:
    """Accounts of the installation."""
    found, ground = access.users(actor), areas.counts(actor)
    line = f"{found.total} accounts" if english else f"账号 {found.total} 个"
    said = (
        f"{ground.grids} grids, {ground.buildings} buildings"
        if english
        else f"{ground.grids} 个网格·{ground.buildings} 栋楼"
    )
    return Sight(found.total, line, said)
