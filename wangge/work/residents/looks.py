"""Who looked: the trail's rows about one person, put into words like the lines of a bank statement."""

from __future__ import annotations

from collections.abc import Sequence

from wangge.ground.registry import queries as registry
from wangge.platform.access import actors, policy
from wangge.platform.access import queries as access
from wangge.platform.access.labels import Pair
from wangge.platform.audit import queries as audit
from wangge.platform.audit.actor import Actor
from wangge.platform.audit.records import LookRecord
from wangge.platform.elements.registry import elements
from wangge.work.residents import words
from wangge.work.residents.records import LookLine, Seen
from wangge.work.services import queries as services
from wangge.work.todos import queries as inbox
from wangge.work.todos.records import TodoRecord

MOST = 200
OWN = "own_data"


def who_looked(actor: Actor, *, limit: int = MOST) -> list[LookLine]:
    """Everybody who saw something of this person under any id that they ever had, newest first; a post, never a name."""
    policy.require(actor, "residents.me")
    ids = registry.all_ids(actors.person_of(actor) or "")
    wording = Wording(actor, ids)
    return [wording.line(one) for one in audit.looks_at(actor, ids, limit=min(limit, MOST))]


def todos_about(ids: Sequence[str]) -> list[TodoRecord]:
    """The to-dos about one person, under any of their ids, newest first. The caller has made sure that it is theirs to know."""
    system = actors.system("residents")
    found = [
        todo for one in ids for todo in inbox.todos(system, inbox.Filters(subject=one), limit=MOST).items
    ]
    return sorted(found, key=lambda todo: todo.created_at, reverse=True)


class Wording:
    """The words of posts, purposes and tasks for one person's lines, each looked up once."""

    def __init__(self, actor: Actor, ids: Sequence[str]) -> None:
        self.departments = {d.code: (d.name_zh, d.name_en or d.name_zh) for d in access.departments(actor)}
        programmes = services.programmes(actor)
        self.tasks: dict[str, Pair] = {f"programme:{p.code}": (p.name_zh, p.name_en) for p in programmes}
        self.tasks |= {f"todo:{t.uid}": (t.title_zh, t.title_en) for t in todos_about(ids)}
        self.programmes: dict[str, Pair] = {p.purpose: (p.name_zh, p.name_en) for p in programmes}

    def line(self, look: LookRecord) -> LookLine:
        """One look in words."""
        post, purpose, task = self.post(look.post), self._purpose(look.purpose), self._task(look.task)
        return LookLine(
            at=look.at, own=look.purpose == OWN, post=look.post, post_zh=post[0], post_en=post[1], purpose=look.purpose,
            purpose_zh=purpose[0], purpose_en=purpose[1], task=look.task, task_zh=task[0], task_en=task[1],
            saw=[seen(code) for code in look.elements],
        )  # fmt: skip

    def post(self, post: str) -> Pair:
        """``department_clerk:civil_affairs`` → 民政局部门经办人."""
        role, _, department = post.partition(":")
        zh, en = words.both("posts", role)
        of = self.departments.get(department)
        return (f"{of[0]}{zh}", f"{en}, {of[1]}") if of else (zh, en)

    def _purpose(self, code: str) -> Pair:
        if words.known("purposes", code):
            return words.both("purposes", code)
        return self.programmes.get(code, (code, code))

    def _task(self, task: str) -> Pair:
        if not task:
            return "", ""
        return self.tasks.get(task) or words.both("tasks", task.partition(":")[0])


def seen(code: str) -> Seen:
    """An element by its label; a code that names no element stands for itself."""
    one = elements().get(code)
    return Seen(code=code, zh=one.zh if one else code, en=one.en if one else code)
