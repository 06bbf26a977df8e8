"""The life of a case, from report to rating, as its script says. Each act is the action that an HTTP request would call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from wangge.entry.demo.play.events import Life
from wangge.entry.demo.play.ledger import CaseEntry
from wangge.entry.demo.play.script import Report
from wangge.entry.demo.play.stage import Stage
from wangge.entry.demo.play.times import amount, is_urgent
from wangge.platform.access import actors
from wangge.platform.audit.actor import Actor
from wangge.work.cases import actions as cases
from wangge.work.cases.records import Happened
from wangge.work.todos import actions as todos
from wangge.work.todos import queries as inbox

OPEN = (
    "to_accept",
    "to_verify",
    "to_file",
    "to_dispatch",
    "to_sign",
    "handling",
    "to_forward",
    "to_check",
    "to_close",
)
BY_CREW = 0.4
"""Share of cases that a department hands to a crew."""
DECIDED_AFTER, SHELVED_FOR = 45, timedelta(days=4)
NOTES = {
    "sent": "请到现场处置", "done": "已到现场处置，恢复原状", "fed_back": "处置完毕，请核查", "failed": "现场核查未通过，请返工",
    "not_so": "经核实不属实", "again": "已恢复处置",
}  # fmt: skip


class Stays(Exception):  # noqa: N818 - not an error: nobody comes to this act before the demo opens
    """The case stays where it is."""


class CaseLife:
    """One report and what becomes of it. ``reporter`` and ``photos`` are given where a resident's account reports."""

    def __init__(
        self, report: Report, stage: Stage, *, reporter: Actor | None = None, photos: Sequence[str] = ()
    ) -> None:
        self.report, self.fate, self.stage = report, report.fate, stage
        self.reporter, self.photos = reporter, photos
        self.limit = stage.limits[report.class_code]
        self.urgent = is_urgent(self.limit)
        self.at = report.at
        self.department = self.fate.department
        self.uid = self.tracking = self.grid = ""
        self.entry = CaseEntry("")

    def run(self) -> Life:
        """The course of the case; ends where the case ends, or where it is left lying."""
        try:
            yield from self._course()
        except Stays:
            return

    def _course(self) -> Life:
        yield self.at
        self._reported()
        yield from self._accepted()
        if self.entry.state == "to_verify":
            yield from self._on_site("verify", "true" if self.fate.valid else "false")
        if self.entry.state == "to_file":
            yield from self._filed()
        if self.entry.state != "to_dispatch":
            return
        yield from self._dispatched()
        if self.fate.give_back:
            yield from self._given_back()
        yield from self._handled(self.fate.handle_share)
        for _ in range(self.fate.rework):
            yield from self._on_site("check", "failed")
            yield from self._desk("close")
            self._note(cases.rework(case=self.uid, reason=NOTES["failed"], by=self._at("duty_chief")))
            yield from self._handled(self.fate.rework_share)
        yield from self._on_site("check", "passed")
        yield from self._desk("close")
        self._note(cases.close(case=self.uid, by=self._at("duty_chief")))
        if self.fate.rating is not None:
            yield from self._rated(self.fate.rating)

    def _reported(self) -> None:
        report = self.report
        by, phone, source = self._reporter()
        receipt = cases.report(
            by=by, class_code=report.class_code, lon=report.lon, lat=report.lat, address=report.place,
            description=report.description, phone=phone, source=source, photos=self.photos,
        )  # fmt: skip
        self.uid, self.tracking, self.grid = receipt.uid, receipt.tracking, receipt.grid
        self.entry = CaseEntry(receipt.grid, source=source or "resident", by=by.id)
        self.stage.ledger.cases[self.uid] = self.entry
        self.stage.cases[report.code] = self.uid

    def _reporter(self) -> tuple[Actor, str, str]:
        """Who reports, the telephone number given, and the source that the desk names."""
        if self.reporter is not None:
            return self.reporter, "", ""
        if self.report.source == "patrol":
            return self._worker(), "", "patrol"
        if self.report.source == "hotline":
            return self._at("acceptor"), self.report.phone, "hotline"
        return actors.PUBLIC, self.report.phone, ""

    def _accepted(self) -> Life:
        yield from self._desk("accept")
        if not self.grid:
            raise Stays  # it lies in no grid of this town: a counted queue that only the whole city's desk sees
        first = self.stage.cases.get(self.report.duplicate_of, "") if self.report.duplicate_of else ""
        by = self._at("acceptor")
        if first and self.stage.ledger.cases[first].state in OPEN:
            self._note(cases.merge(case=self.uid, into=first, by=by))
        elif self.report.source == "patrol" and not self.fate.valid:
            self._note(cases.reject(case=self.uid, reason=self.fate.why, by=by))
        else:
            self._note(cases.accept(case=self.uid, by=by))

    def _filed(self) -> Life:
        yield from self._desk("file")
        by = self._at("duty_chief")
        if self.fate.valid:
            self._note(cases.file(case=self.uid, rule=1, by=by))
            self.stage.ledger.count("filed")
        else:
            self._note(cases.reject(case=self.uid, reason=self.fate.why or NOTES["not_so"], by=by))

    def _dispatched(self) -> Life:
        yield from self._desk("dispatch")
        by = self._at("dispatcher")
        self._note(cases.dispatch(case=self.uid, department=self.department, note=NOTES["sent"], by=by))
        self.entry.department = self.department

    def _given_back(self) -> Life:
        """The department says that it isn't its own; the duty chief agrees, and the dispatcher sends it to another."""
        back = self.fate.give_back
        assert back is not None
        self.at = self._later(back.after)
        yield self.at
        self._note(cases.apply(case=self.uid, kind="give_back", reason=back.reason, by=self._clerk()))
        yield from self._decided(grant=True)
        self.entry.department, self.department = "", back.to
        yield from self._dispatched()

    def _handled(self, share: float) -> Life:
        """Signed, handled (perhaps by a crew, perhaps with more time), fed back and forwarded."""
        since = self.at
        done = self.stage.times.share(since, self.limit, share)
        due = self.stage.times.share(since, self.limit, 1.0)
        yield from self._desk("sign")
        clerk = self._clerk()
        self._note(cases.sign(case=self.uid, by=clerk))
        if self.fate.extend and self.entry.state == "handling":
            yield from self._asked_for_time(since, done)
        by = clerk
        if self.stage.office.has("crew", self.department) and self.stage.chance.random() < BY_CREW:
            by = self._at("crew", self.department)
            self._note(cases.assign(case=self.uid, crew=by.id, by=clerk))
        self.at = max(done, self._later(10))
        self._may_stay("feed_back", due)
        yield self.at
        if by is not clerk:
            self._note(cases.handle(case=self.uid, note=NOTES["done"], by=by))
        self._note(cases.feed_back(case=self.uid, note=NOTES["fed_back"], by=by))
        yield from self._desk("forward")
        self._note(cases.forward(case=self.uid, by=self._at("dispatcher")))

    def _asked_for_time(self, since: datetime, done: datetime) -> Life:
        """More time, or to lay the case aside until an owner is found; asked once, before the limit has run out."""
        ask = self.fate.extend
        assert ask is not None
        self.at = max(self._later(5), self.stage.times.share(since, self.limit, ask.at_share))
        late = self.at >= min(done, self.stage.times.share(since, self.limit, 1.0))
        if late or self.fate.rework:
            return
        yield self.at
        shelve = ask.share >= 2 and ask.granted and not self.urgent
        if shelve:
            until = (self.at + SHELVED_FOR).date()
            asked = cases.apply(
                case=self.uid, kind="shelve", reason=ask.reason, until=until, by=self._clerk()
            )
        else:
            more = amount(self.limit, ask.share)
            asked = cases.apply(
                case=self.uid, kind="extend", reason=ask.reason, amount=more, by=self._clerk()
            )
        self._note(asked)
        yield from self._decided(grant=ask.granted)
        if shelve:
            self.at = self.stage.times.desk(self.at + SHELVED_FOR, 30)
            yield self.at
            self._note(cases.resume(case=self.uid, note=NOTES["again"], by=self._at("duty_chief")))

    def _decided(self, *, grant: bool) -> Life:
        self.entry.asked = True
        yield from self._desk("decide", DECIDED_AFTER)
        self._note(cases.decide(case=self.uid, grant=grant, by=self._at("duty_chief")))
        self.entry.asked = False

    def _on_site(self, verb: str, outcome: str) -> Life:
        """The worker on duty in the case's grid settles the to-do; the case hears of it in the same transaction."""
        yield from self._desk(verb)
        worker = self._worker()
        todo = inbox.waiting_for(worker, origin=("cases", self.uid))
        assert todo is not None
        todos.settle(
            todo=todo.uid, outcome=outcome, minutes=self.stage.chance.randint(4, 14), at=self.at, by=worker
        )
        self.entry.walks += 1
        self.entry.state = {"verify": "to_file", "check": "to_close"}[verb]

    def _rated(self, rating: int) -> Life:
        self.at += timedelta(hours=self.stage.chance.randint(2, 40))
        yield self.at
        by = self.reporter or actors.PUBLIC
        self._note(cases.rate(by=by, tracking=self.tracking, solved=rating >= 3, satisfied=rating))
        self.stage.ledger.count("ratings")

    def _desk(self, verb: str, minutes: float = 0) -> Life:
        """Until a desk has come to this case; raises ``Stays`` where it doesn't before the demo opens."""
        self.at = self._later(minutes or self.fate.steps.get(verb, 15))
        self._may_stay(verb)
        yield self.at

    def _may_stay(self, verb: str, due: datetime | None = None) -> None:
        """Raises ``Stays`` where nobody comes to this act before the demo opens; ``due``: a department's act, to be done by then."""
        if self.report.stays == verb:
            raise Stays
        if self.report.stays or self.reporter is not None:
            return  # it is told how it goes on
        backlog = self.stage.backlog
        if backlog.keeps_in(self.department, verb, due) if due else backlog.keeps(verb, self.at):
            raise Stays

    def _later(self, minutes: float) -> datetime:
        return self.stage.times.desk(self.at, minutes, urgent=self.urgent)

    def _at(self, post: str, department: str = "") -> Actor:
        return self.stage.office.at(post, department)

    def _clerk(self) -> Actor:
        return self._at("department_clerk", self.department)

    def _worker(self) -> Actor:
        return self.stage.office.on_site(self.grid, self.report.lon, self.report.lat)

    def _note(self, happened: Happened) -> None:
        self.entry.state = happened.state
