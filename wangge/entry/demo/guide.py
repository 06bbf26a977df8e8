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
from wangge.entry.demo.guiding.sights import Sight
from wangge.entry.demo.guiding.stories import ONE_BENEFIT, ONE_PROBLEM, POSTS, STANDS_AT, Step, Story, post_of
from wangge.platform.access import actors
from wangge.platform.access import queries as access
from wangge.platform.access.errors import Refusal
from wangge.platform.clock import clock
from wangge.work.cases import queries as cases

ON_A_PHONE = ("grid_worker", "resident")
NO_BREAK = "\u00a0"
DAYS = ("一", "二", "三", "四", "五", "六", "日")


@dataclass(frozen=True)
class Shown:
    """A step with the account that one click signs in as, and what that account sees; ``why`` it sees nothing."""

    number: int
    name: str
    role: str
    step: Step
    account: Account | None
    sight: Sight | None
    why: str
    state: str = ""
    english: bool = False

    @property
    def phone(self) -> bool:
        """Whether whoever takes it works on a phone."""
        return self.step.role in ON_A_PHONE

    @property
    def onward(self) -> str:
        """The page that one click opens, in the guide's language."""
        language = "en" if self.english else "zh-Hans"
        return f"{self.step.path}{'&' if '?' in self.step.path else '?'}language={language}"


class Guide:
    """The page at one moment, in one language."""

    def __init__(self, known: list[Account], *, english: bool) -> None:
        self.known, self.english = known, english

    def story(self, story: Story) -> dict[str, object]:
        """A story with its steps; where the case of the first one stands, the story goes on there."""
        at, matter = self._stands(story)
        steps = [self.shown(number, step, at) for number, step in enumerate(story.steps, 1)]
        on = next((one for one in steps if one.number == (at or 1)), steps[0])
        name, about = (story.en, story.about_en) if self.english else (story.zh, story.about_zh)
        of = story.of_en if self.english else story.of_zh
        return {
            "kind": story.kind,
            "of": of,
            "name": name,
            "about": matter or about,
            "steps": steps,
            "on": on,
            "begun": at > 1,
        }

    def posts(self) -> Iterator[Shown]:
        """Every post that somebody can sit down at."""
        for step in POSTS:
            shown = self.shown(0, step)
            if shown.account is not None:
                yield shown

    def shown(self, number: int, step: Step, at: int = 0) -> Shown:
        """A step as whoever takes it sees it."""
        account = self._account(step)
        name = step.en if self.english else step.zh
        role = self._department(step) if step.department else post_of(step.role, self.english)
        state = "" if not at else "done" if number < at else "now" if number == at else ""
        sight, why = None, self._say("这个镇子里没有这样的账号", "nobody of this demo holds this post")
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
        return Shown(number, name, role, step, account, sight, why, state, self.english)

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

    def _department(self, step: Step) -> str:
        account = self._account(step)
        if account is None:
            return post_of(step.role, self.english)
        known = access.departments(actors.of_id(f"user:{account.user}"))
        found = next((one for one in known if one.code == step.department), None)
        return step.department if found is None else (found.name_en if self.english else found.name_zh)

    def _stands(self, story: Story) -> tuple[int, str]:
        """At which step the resident's newest report stands, and what it is about; 0 where no case is followed."""
        resident = next((one for one in self.known if one.role == "resident"), None)
        if resident is None or story.kind != "case":
            return 0, ""
        mine = cases.my_reports(actors.of_id(f"user:{resident.user}"), limit=1)
        if not mine:
            return 0, ""
        what = mine[0].class_en if self.english else mine[0].class_zh
        return STANDS_AT.get(mine[0].state, 0), self._say(
            f"她今早报的：{what}", f"Reported this morning: {what}"
        )

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
