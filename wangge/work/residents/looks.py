"""Who looked: the trail's rows about one person, put into words like the lines of a bank statement."""

from __future__ import annotations

from collections.abc import Sequence

from wangge.ground.areas import queries as areas
from wangge.ground.registry import queries as registry
from wangge.platform.access import actors, policy
from wangge.platform.access import queries as access
from wangge.platform.access.labels import Pair
from wangge.platform.audit import queries as audit
from wangge.platform.audit.actor import Actor
from wangge.platform.audit.records import LookRecord
from wangge.platform.elements.registry import elements
from wangge.work.residents import consenting, words
from wangge.work.residents.records import LookLine, Seen
from wangge.work.services import queries as services
from wangge.work.todos import queries as inbox
from wangge.work.todos.records import TodoRecord

MOST = 200
COMMUNITY = 12
"""Digits of a community's code, with which the codes of its grids begin."""
OWN = "own_data"


def who_looked(actor: Actor, *, limit: int = MOST, own: bool = True) -> list[LookLine]:
    """Everybody who saw something of this person under any id that they ever had, newest first; a post, never a name.

    ``own``: with the person's own looks among the newest ``limit``, or without them.
    """
    policy.require(actor, "residents.me")
    ids = registry.all_ids(actors.person_of(actor) or "")
    looks = audit.looks_at(actor, ids, limit=min(limit, MOST))
    wording = Wording(actor, ids, looks)
    lines = [wording.line(one) for one in looks]
    return lines if own else [one for one in lines if not one.own]


def todos_about(ids: Sequence[str]) -> list[TodoRecord]:
    """The to-dos about one person, under any of their ids, newest first. The caller has made sure that it is theirs to know."""
    system = actors.system("residents")
    found = [
        todo for one in ids for todo in inbox.todos(system, inbox.Filters(subject=one), limit=MOST).items
    ]
    return sorted(found, key=lambda todo: todo.created_at, reverse=True)


class Wording:
    """The words of posts, purposes and tasks for some lines, each looked up once. ``ids`` are those of the one person whose
    to-dos may be named; none where the lines are several persons'.
    """

    def __init__(self, actor: Actor, ids: Sequence[str], looks: Sequence[LookRecord] = ()) -> None:
        self.departments = access.department_names(actor)
        programmes = services.programmes(actor)
        self.tasks: dict[str, Pair] = {f"programme:{p.code}": (p.name_zh, p.name_en) for p in programmes}
        self.tasks |= {f"todo:{t.uid}": (t.title_zh, t.title_en) for t in todos_about(ids)}
        self.programmes: dict[str, Pair] = {p.purpose: (p.name_zh, p.name_en) for p in programmes}
        self.programmes |= {one.code: (one.zh, one.en) for one in consenting.offers(actor)}
        self.communities = communities_of(actor, looks)

    def line(self, look: LookRecord) -> LookLine:
        """One look in words."""
        post, purpose, task = self.post_of(look), self._purpose(look.purpose), self._task(look.task)
        return LookLine(
            look=str(look.number), at=look.at, own=look.purpose == OWN, post=look.post, post_zh=post[0], post_en=post[1], purpose=look.purpose,
            purpose_zh=purpose[0], purpose_en=purpose[1], task=look.task, task_zh=task[0], task_en=task[1],
            saw=[seen(code) for code in look.elements],
        )  # fmt: skip

    def post_of(self, look: LookRecord) -> Pair:
        """The post under which somebody looked, with the community that it was held in: 网格员（西陵一路社区）."""
        zh, en = self.post(look.post)
        of = self.communities.get(look.number)
        return (f"{zh}（{of[0]}）", f"{en} ({of[1]})") if of else (zh, en)

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


def communities_of(actor: Actor, looks: Sequence[LookRecord]) -> dict[int, Pair]:
    """By the look's number the community in which its post was held at that moment, for posts of the field.

    The trail keeps the post and the moment; the dated grants say where it was held. Somebody who held it in several
    communities at once is not placed in any: a guess would accuse the wrong ones.
    """
    field = [one for one in looks if one.post in policy.FIELD]
    if not field:
        return {}
    held = access.posts_held(actor, {one.actor for one in field})
    names, found = areas.community_names(), {}
    for look in field:
        codes = {
            post.area[:COMMUNITY]
            for post in held.get(look.actor, ())
            if post.role == look.post
            and post.from_at <= look.at
            and (post.to_at is None or look.at < post.to_at)
        }
        if len(codes) == 1 and (name := names.get(codes.pop())):
            found[look.number] = (name.zh, name.en)
    return found


def seen(code: str) -> Seen:
    """An element by its label; a code that names no element stands for itself."""
    one = elements().get(code)
    return Seen(code=code, zh=one.zh if one else code, en=one.en if one else code)
