"""One resident whom the demo follows: a worker brings her a service and a code, she binds her account, reports, and rates.

She asks why somebody looked at her data and is answered, asks again this morning, and consents to be rung.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from wangge.entry.demo.accounts import Account
from wangge.entry.demo.play.doors import Doors
from wangge.entry.demo.play.events import Life
from wangge.entry.demo.play.life import CaseLife
from wangge.entry.demo.play.photo import broken_cover
from wangge.entry.demo.play.script import Fate, Report
from wangge.entry.demo.play.stage import Stage
from wangge.ground.registry import queries as registry
from wangge.platform.access import actions as access
from wangge.platform.access import actors
from wangge.platform.audit.actor import Actor
from wangge.work.cases import actions as cases
from wangge.work.residents import actions as residents
from wangge.work.residents import queries as reading
from wangge.work.todos import queries as inbox
from wangge.work.todos.records import TodoRecord

WANTED = ("programme:old_age_allowance", "programme:alone_visit", "programme:")
"""For which matter the worker meets her: the first of these that waits anywhere."""
STEPS = {
    "accept": 3,
    "verify": 31,
    "file": 20,
    "dispatch": 15,
    "sign": 25,
    "forward": 15,
    "check": 45,
    "close": 15,
}
LAMP = ("P0106", "lighting", "楼下路灯不亮，晚上出门看不见路")
COVER = ("P0101", "water", "上水井盖破损，盖板裂开翘起，行人和车辆路过危险")
REPORTED_BEFORE, RATED = timedelta(minutes=63), 5


class Resident:
    """Her life in the demo; ``account`` is set when she has one, and the ledger's ``story`` names what the guide shows."""

    def __init__(self, stage: Stage, doors: Doors, installer: Actor) -> None:
        self.stage, self.doors, self.installer = stage, doors, installer
        self.account: Account | None = None

    def run(self, at: datetime, opens: datetime) -> Life:
        """A visit, an account the same evening, a lamp that is mended and rated, and a broken cover this very morning."""
        yield at
        found = self._meets()
        if found is None:
            return
        worker, todo = found
        self.doors.settle(worker, todo, "settled", at)
        code = residents.invite(person=todo.subject, by=worker, task=f"todo:{todo.uid}").code
        yield at + timedelta(minutes=40)
        self.doors.send(worker, self.stage.office)
        yield at + timedelta(hours=4)
        self._binds(code, todo)
        question = self._asks("上门那天为什么要看我的电话？")
        yield at + timedelta(hours=22)
        residents.answer_question(
            question=question, finding="needed", answer="网格员上门前要先打电话约时间，只看了这次代办需要的几项。",
            by=self.stage.office.of("data_officer"),
        )  # fmt: skip
        yield from CaseLife(
            self._report(LAMP, at + timedelta(days=1, hours=5), todo, rating=RATED), self.stage, reporter=self._actor()
        ).run()  # fmt: skip
        yield opens - REPORTED_BEFORE
        yield from self._this_morning(opens, todo)

    def _asks(self, about: str) -> str:
        """Why somebody looked at her data: about the newest look that wasn't her own."""
        look = next(one for one in reading.who_looked(self._actor()) if not one.own)
        return residents.ask_about_look(look=look.look, about=about, by=self._actor())

    def _consents(self, at: datetime) -> None:
        """To the first thing that a department of this city asks for, without what is sensitive."""
        offer = reading.offers(self._actor())[0]
        residents.give_consent(
            department=offer.department, purpose=offer.code, elements=[e.code for e in offer.elements if not e.sensitive],
            until=at + timedelta(days=offer.days), by=self._actor(),
        )  # fmt: skip

    def _meets(self) -> tuple[Actor, TodoRecord] | None:
        """The first grid in which something waits for somebody at a door."""
        for wanted in WANTED:
            for grid in sorted(self.stage.office.on_duty):
                worker = self.stage.office.worker(grid)
                for todo in inbox.todos(
                    worker, inbox.Filters(state="open", origin="services"), limit=200
                ).items:
                    if todo.admission.startswith(wanted):
                        return worker, todo
        return None

    def _binds(self, code: str, todo: TodoRecord) -> None:
        password = secrets.token_urlsafe(9)
        user = access.add_user(username="resident_1", name="", password=password, by=self.installer)
        residents.bind(code=code, by=actors.of_id(f"user:{user}"))
        name = registry.person(self.installer, todo.subject).name or ""
        self.account = Account("resident_1", password, "resident", name, "", "", user)
        story = self.stage.ledger.story
        story |= {"person": todo.subject, "name": name, "todo": todo.uid, "grid": todo.grid or ""}
        story |= {"programme": todo.admission.removeprefix("programme:"), "department": todo.department}

    def _this_morning(self, opens: datetime, todo: TodoRecord) -> Life:
        self._asks("今天能说说是哪位、为哪件事查的吗？")
        self._consents(opens)
        report = self._report(COVER, opens - REPORTED_BEFORE, todo, stays="file")
        photo = cases.keep_photo(data=broken_cover(), by=self._actor())
        life = CaseLife(report, self.stage, reporter=self._actor(), photos=[photo])
        for moment in life.run():
            yield moment
            self.stage.ledger.story["case"] = life.uid
        self.stage.ledger.story["address"] = report.place

    def _report(
        self, what: tuple[str, str, str], at: datetime, todo: TodoRecord, *, rating: int | None = None, stays: str = ""
    ) -> Report:  # fmt: skip
        """Something near her home; a part of its class where the register knows one in her grid."""
        class_code, department, text = what
        near = registry.parts(self.installer, area=todo.grid or "", class_code=class_code, limit=200).items
        lon, lat, place = todo.lon, todo.lat, registry.person(self.installer, todo.subject).address
        if near:
            part = min(near, key=lambda p: (p.lon - todo.lon) ** 2 + (p.lat - todo.lat) ** 2)
            lon, lat, place = part.lon, part.lat, part.name or place
        fate = Fate(True, "", department, STEPS, 0.3, 0, 0.0, None, None, rating)
        return Report(
            "", at, (todo.grid or "")[:12], lon, lat, place, class_code, text, "resident", "", "", fate, stays
        )

    def _actor(self) -> Actor:
        assert self.account is not None
        return actors.of_id(f"user:{self.account.user}")
