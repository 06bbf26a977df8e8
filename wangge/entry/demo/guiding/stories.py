"""The two stories, step by step, and the posts: who takes a step, which list opens, and how to look at it."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.entry.demo.guiding import sights
from wangge.entry.demo.guiding.sights import Look


@dataclass(frozen=True)
class Step:
    """What is done, by which post, the page that opens for it, the list whose length is the figure shown, and how to look at it."""

    zh: str
    en: str
    role: str
    path: str
    list: str
    look: Look
    department: str = ""


@dataclass(frozen=True)
class Story:
    """A story in steps. ``kind``: case or benefit."""

    kind: str
    of_zh: str
    of_en: str
    zh: str
    en: str
    about_zh: str
    about_en: str
    steps: tuple[Step, ...]


DESK, CASES = "/console/cases", "/api/cases/"
TODAY, OFFERS = "/phone/today", "/api/todos/?origin=services"
# fmt: off
ONE_PROBLEM = Story(
    "case", "一件事", "One problem", "从照片到评价", "From photo to rating",
    "居民拍照上报，八步办完，最后由居民评价", "A resident reports; eight steps later she rates what was done",
    (
        Step("上报", "Report", "resident", "/portal/", "/api/cases/mine", sights.my_reports),
        Step("受理", "Accept", "acceptor", f"{DESK}?queue=to_accept", f"{CASES}?state=to_accept", sights.queue("to_accept", "待受理", "to accept")),
        Step("核实", "Verify", "grid_worker", TODAY, f"{CASES}?state=to_verify", sights.queue("to_verify", "待核实", "to verify")),
        Step("立案", "File", "duty_chief", f"{DESK}?queue=to_file", f"{CASES}?state=to_file", sights.queue("to_file", "待立案", "to file")),
        Step("派遣", "Dispatch", "dispatcher", f"{DESK}?queue=to_dispatch", f"{CASES}?state=to_dispatch", sights.queue("to_dispatch", "待派遣", "to dispatch")),
        Step("处置", "Handle", "department_clerk", f"{DESK}?queue=open", f"{CASES}?open=true", sights.in_hand, "water"),
        Step("批转", "Forward", "dispatcher", f"{DESK}?queue=to_forward", f"{CASES}?state=to_forward", sights.queue("to_forward", "待批转", "to forward")),
        Step("核查", "Check", "grid_worker", TODAY, f"{CASES}?state=to_check", sights.queue("to_check", "待核查", "to check")),
        Step("结案", "Close", "duty_chief", f"{DESK}?queue=to_close", f"{CASES}?state=to_close", sights.queue("to_close", "待结案", "to close")),
        Step("评价", "Rate", "resident", "/portal/", "/api/cases/mine", sights.my_ratings),
    ),
)
ONE_BENEFIT = Story(
    "benefit", "一项待遇", "One benefit", "从表格到家门", "From a spreadsheet to a door",
    "部门送表，找出应享未享的人，网格员上门办结", "A file comes in; who misses out is found and called on",
    (
        Step("送表", "Deliver", "department_clerk", "/console/feeds/civil_affairs", "/api/hub/deliveries", sights.delivered, "civil_affairs"),
        Step("对应", "Map", "data_officer", "/console/feeds", "/api/hub/feeds", sights.mapped),
        Step("比对", "Compare", "data_officer", "/console/pairs", "/api/hub/pairs", sights.pairs),
        Step("筛出", "Find", "department_clerk", "/console/entitled", "/api/services/entitled", sights.entitled, "civil_affairs"),
        Step("推送", "Push", "grid_worker", "/phone/services", f"{OFFERS}&state=open", sights.offers("open", "待上门", "to visit")),
        Step("上门", "Visit", "grid_worker", TODAY, f"{OFFERS}&state=settled", sights.offers("settled", "已办", "done at doors")),
        Step("回流", "Return", "department_clerk", "/console/return", "/api/hub/return", sights.returned, "civil_affairs"),
        Step("看见", "See", "resident", "/portal/looks", "/api/residents/looks?own=false", sights.looks),
    ),
)
POSTS = (
    Step("网格员", "Grid worker", "grid_worker", TODAY, "/api/todos/inbox", sights.my_inbox),
    Step("网格长", "Grid lead", "grid_lead", "/console/todos?overdue=true", "/api/todos/?overdue=true", sights.overdue),
    Step("受理员", "Acceptor", "acceptor", f"{DESK}?queue=to_accept", f"{CASES}?state=to_accept", sights.queue("to_accept", "待受理", "to accept")),
    Step("值班长", "Duty chief", "duty_chief", f"{DESK}?queue=to_close", f"{CASES}?state=to_close", sights.queue("to_close", "待结案", "to close")),
    Step("派遣员", "Dispatcher", "dispatcher", f"{DESK}?queue=to_forward", f"{CASES}?state=to_forward", sights.queue("to_forward", "待批转", "to forward")),
    Step("部门经办", "Department clerk", "department_clerk", f"{DESK}?queue=open", f"{CASES}?open=true", sights.in_hand, "urban_management"),
    Step("数据专员", "Data officer", "data_officer", "/console/feeds", "/api/hub/feeds", sights.feeds_due),
    Step("规划员", "Planner", "planner", "/console/planning", "/api/planning/scenarios", sights.plans),
    Step("组织部", "Organiser", "organiser", "/console/admissions", "/api/todos/admissions", sights.admissions),
    Step("领导", "Leader", "leader", "/console/cockpit", f"{CASES}?open=true&late=true", sights.leading),
    Step("居民", "Resident", "resident", "/portal/services", "/api/residents/services", sights.my_services),
    Step("管理员", "Administrator", "administrator", "/console/users", "/api/access/users", sights.users),
)
# fmt: on


def post_of(role: str, english: bool) -> str:
    """What a post is called."""
    found = next(one for one in POSTS if one.role == role)
    return found.en if english else found.zh
