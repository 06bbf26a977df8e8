"""The demo's start page: two stories to follow, each step with the role whose it is and what that role sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wangge.entry.demo import accounts
from wangge.entry.demo.accounts import Account
from wangge.platform.clock import clock


@dataclass(frozen=True)
class Step:
    """A step of a story: what is done, by which role, and the list that this role opens for it."""

    zh: str
    en: str
    role: str
    path: str
    department: str = ""


@dataclass(frozen=True)
class Story:
    """A story in steps."""

    zh: str
    en: str
    about_zh: str
    about_en: str
    steps: tuple[Step, ...]


ONE_PROBLEM = Story(
    "一件事：从照片到评价", "One problem, from photo to rating",
    "居民拍照上报，核实、立案、派遣、处置、核查、结案，最后由居民评价",
    "A resident reports; it is verified, filed, dispatched, handled, checked by somebody else, closed and rated",
    (
        Step("受理", "Accept", "acceptor", "/api/cases/?state=to_accept"),
        Step("核实", "Verify", "grid_worker", "/api/todos/inbox"),
        Step("立案", "File", "duty_chief", "/api/cases/?state=to_file"),
        Step("派遣", "Dispatch", "dispatcher", "/api/cases/?state=to_dispatch"),
        Step("处置", "Handle", "department_clerk", "/api/cases/?state=handling", "water"),
        Step("核查", "Check", "grid_worker", "/api/todos/?origin=cases"),
        Step("结案", "Close", "duty_chief", "/api/cases/?state=to_close"),
        Step("评价", "Rate", "resident", "/api/cases/mine"),
    ),
)  # fmt: skip
ONE_BENEFIT = Story(
    "一项待遇：从表格到家门", "One benefit, from a spreadsheet to a door",
    "部门送来表格，比对、筛出应享未享，推给网格员，上门办结，结果回流，居民看得到",
    "A department's file is compared, those entitled are found, a worker calls at the door, the outcome goes back",
    (
        Step("送表", "Deliver", "department_clerk", "/api/hub/deliveries", "civil_affairs"),
        Step("对应", "Map", "data_officer", "/api/hub/feeds"),
        Step("比对", "Compare", "data_officer", "/api/hub/pairs"),
        Step("筛出", "Find", "department_clerk", "/api/services/entitled?programme=old_age_allowance", "civil_affairs"),
        Step("上门", "Call", "grid_worker", "/api/todos/inbox"),
        Step("回流", "Return", "department_clerk", "/api/hub/return", "civil_affairs"),
        Step("看见", "See", "resident", "/api/residents/looks"),
    ),
)  # fmt: skip
HOMES = {
    "grid_worker": ("网格员", "Grid worker", "/api/todos/inbox"),
    "grid_lead": ("网格长", "Grid lead", "/api/todos/without-worker"),
    "acceptor": ("受理员", "Acceptor", "/api/cases/counts"),
    "duty_chief": ("值班长", "Duty chief", "/api/cases/counts"),
    "dispatcher": ("派遣员", "Dispatcher", "/api/cases/counts"),
    "department_clerk": ("部门经办", "Department clerk", "/api/cases/"),
    "data_officer": ("数据专员", "Data officer", "/api/hub/feeds"),
    "planner": ("规划员", "Planner", "/api/planning/scenarios"),
    "leader": ("领导", "Leader", "/api/assessment/departments"),
    "organiser": ("组织部", "Organiser", "/api/todos/admissions"),
    "administrator": ("管理员", "Administrator", "/api/access/users"),
    "resident": ("居民", "Resident", "/api/residents/services"),
}
"""Role → what it is called and what it opens first."""


@dataclass(frozen=True)
class Shown:
    """A step with the account that one click signs in as; without one the step can't be taken in this demo."""

    number: int
    name: str
    role: str
    path: str
    account: Account | None


def guide(request: HttpRequest) -> HttpResponse:
    """The page; ``?language=en`` shows it in English."""
    if not settings.DEMO:
        raise Http404
    english = request.GET.get("language") == "en"
    known = accounts.read(settings.WANGGE_HOME)
    stories = [
        {
            "name": one.en if english else one.zh,
            "about": one.about_en if english else one.about_zh,
            "steps": list(_shown(one, known, english)),
        }
        for one in (ONE_PROBLEM, ONE_BENEFIT)
    ]
    moment = clock.local(clock.now())
    context = {
        "english": english, "stories": stories, "cards": list(_cards(known, english)),
        "clock": f"{moment:%Y-%m-%d %H:%M}",
    }  # fmt: skip
    return render(request, "demo/guide.html", context)


def _shown(story: Story, known: list[Account], english: bool) -> Iterator[Shown]:
    for number, step in enumerate(story.steps, 1):
        zh, en, _ = HOMES[step.role]
        yield Shown(
            number, step.en if english else step.zh, en if english else zh, step.path, _account(step, known)
        )


def _account(step: Step, known: list[Account]) -> Account | None:
    fitting = (one for one in known if one.role == step.role)
    return next((one for one in fitting if not step.department or one.department == step.department), None)


def _cards(known: list[Account], english: bool) -> Iterator[Shown]:
    for role, (zh, en, path) in HOMES.items():
        account = next((one for one in known if one.role == role), None)
        if account is not None:
            yield Shown(0, account.name, en if english else zh, path, account)
