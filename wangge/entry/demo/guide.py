"""The demo's start page: two stories to follow, each step with the role whose it is and what that role sees of it now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from wangge.entry.demo import accounts
from wangge.entry.demo.accounts import Account
from wangge.entry.demo.guiding import drawing
from wangge.entry.demo.guiding.following import Followed, followed
from wangge.entry.demo.guiding.sights import Sight
from wangge.entry.demo.guiding.stories import ONE_BENEFIT, ONE_PROBLEM, POSTS, Step, Story, post_of
from wangge.platform.access import actors
from wangge.platform.access import queries as access
from wangge.platform.access.errors import Refusal
from wangge.platform.clock import clock

ON_A_PHONE = ("grid_worker", "resident")
NO_BREAK = "\u00a0"
DAYS = ("一", "二", "三", "四", "五", "六", "日")


@dataclass(frozen=True)
class Shown:
    """A step with the account that one click signs in as, and what that account sees; ``why`` it sees nothing. ``path``: where
    the story's own case stands for that account, instead of the step's list.
    """

    number: int
    name: str
    role: str
    step: Step
    account: Account | None
    sight: Sight | None
    why: str
    state: str = ""
    english: bool = False
    path: str = ""

    @property
    def phone(self) -> bool:
        """Whether whoever takes it works on a phone."""
        return self.step.role in ON_A_PHONE

    @property
    def onward(self) -> str:
        """The page that one click opens, in the guide's language."""
        language, path = "en" if self.english else "zh-Hans", self.path or self.step.path
        return f"{path}{'&' if '?' in path else '?'}language={language}"


class Guide:
    """The page at one moment, in one language."""

    def __init__(self, known: list[Account], *, english: bool) -> None:
        self.known, self.english = known, english

    def story(self, story: Story) -> dict[str, object]:
        """A story with its steps; where the case of the first one stands, the story goes on there."""
        case = followed(self.known) if story.kind == "case" else None
        steps = [self.shown(number, step, case) for number, step in enumerate(story.steps, 1)]
        on = next((one for one in steps if one.state == "now"), steps[0])
        name, about = (story.en, story.about_en) if self.english else (story.zh, story.about_zh)
        if case:
            about = self._say(f"她报的：{case.zh}", f"She reported: {case.en}")
        of = story.of_en if self.english else story.of_zh
        return {
            "kind": story.kind,
            "of": of,
            "name": name,
            "about": about,
            "steps": steps,
            "on": on,
            "begun": on.number > 1,
        }

    def posts(self) -> Iterator[Shown]:
        """Every post that somebody can sit down at."""
        for step in POSTS:
            shown = self.shown(0, step)
            if shown.account is not None:
                yield shown

    def shown(self, number: int, step: Step, case: Followed | None = None) -> Shown:
        """A step as whoever takes it sees it; the step at which the followed case stands, as whoever has that case."""
        at = case.at if case else 0
        state = "" if not at else "done" if number < at else "now" if number == at else ""
        account, path = self._account(step), ""
        sight, why = None, self._say("这个镇子里没有这样的账号", "nobody of this demo holds this post")
        if case and state == "now":
            account, path = case.account, case.path
            why = self._say(
                "她的案件到了演示里没有账号的人手里", "her case is with somebody who can't sign in here"
            )
        name = step.en if self.english else step.zh
        role = self._role(step, account)
        if account is not None:
            try:
                sight, why = (
                    self._held_together(step.look(actors.of_id(f"user:{account.user}"), self.english)),
                    "",
                )
            except Refusal as refusal:
                why = self._say(
                    f"这个岗位看不到：{refusal.message}", f"this post can't see it: {refusal.message}"
                )
        return Shown(number, name, role, step, account, sight, why, state, self.english, path)

    def _held_together(self, sight: Sight) -> Sight:
        """In Chinese a number and its unit stay on one line."""
        if self.english:
            return sight
        return replace(
            sight, line=sight.line.replace(" ", NO_BREAK), example=sight.example.replace(" ", NO_BREAK)
        )

    def _account(self, step: Step) -> Account | None:
        fitting = (one for one in self.known if one.role == step.role)
        return next((one for one in fitting if step.department in ("", one.department)), None)

    def _role(self, step: Step, account: Account | None) -> str:
        """What whoever takes a step is called: the post, or the department whose clerk it is."""
        if not step.department or account is None:
            return post_of(step.role, self.english)
        known = access.departments(actors.of_id(f"user:{account.user}"))
        found = next((one for one in known if one.code == account.department), None)
        return account.department if found is None else (found.name_en if self.english else found.name_zh)

    def _say(self, zh: str, en: str) -> str:
        return en if self.english else zh


def guide(request: HttpRequest) -> HttpResponse:
    """The page; ``?language=en`` shows it in English."""
    if not settings.DEMO:
        raise Http404
    english = request.GET.get("language") == "en"
    with translation.override("en" if english else "zh-hans"):
        page = Guide(accounts.read(settings.WANGGE_HOME), english=english)
        moment = clock.local(clock.now())
        day = (
            f"{moment:%a %-d %B, %H:%M}"
            if english
            else f"{moment.month} 月 {moment.day} 日 周{DAYS[moment.weekday()]} {moment:%H:%M}"
        )
        context = {
            "english": english, "clock": day, "stories": [page.story(one) for one in (ONE_PROBLEM, ONE_BENEFIT)],
            "posts": list(page.posts()), "drawing": drawing.of(settings.WANGGE_HOME),
        }  # fmt: skip
        return render(request, "demo/guide.html", context)
