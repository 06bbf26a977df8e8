"""The supervision desk's hand-over book in the last days: the acceptor writes in the evening, the duty chief in the morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from wangge.entry.demo.play.events import Life
from wangge.entry.demo.play.ledger import Ledger
from wangge.entry.demo.play.office import Office
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.cases import actions as cases
from wangge.work.cases import queries as desks
from wangge.work.cases.handing_over import Named

DAYS, NAMED = 6, 3
EVENING, MORNING, READ = time(17, 50), time(8, 25), timedelta(minutes=12)
ACCEPTOR, CHIEF = "acceptor", "duty_chief"
SAID = {
    EVENING: (
        "今天来电不多，暴露垃圾和占道经营为主，均已转出。夜间请盯紧超时的。",
        "下午有阵雨，积水和井盖类可能增多，夜间来电先看是否重复。",
        "热线排队正常。两件邻里噪声反映人情绪急，已电话安抚，请按时回告。",
    ),
    MORNING: (
        "夜间无紧急案件，来电均已登记，早上请先办超时的。",
        "夜间一件路灯报修已受理，等天亮核实；其余正常。",
        "凌晨有两起消防通道被占，已通知现场，请跟一下核查结果。",
    ),
}
NOTES = ("请先催一下", "反映人要求今天回电", "")


def shifts(days: Sequence[date], opens: datetime, office: Office, ledger: Ledger) -> Life:
    """Each page is taken over by whoever comes next; the one of the last morning still waits when the demo opens."""
    for number, day in enumerate(days[-DAYS:]):
        for on, at, leaves, comes in (
            (day, EVENING, ACCEPTOR, CHIEF),
            (day + timedelta(days=1), MORNING, CHIEF, ACCEPTOR),
        ):
            moment = datetime.combine(on, at, tzinfo=clock.city_zone())
            yield moment
            page = _writes(office.of(leaves), SAID[at][number % len(SAID[at])], ledger)
            if on == opens.date():
                return
            yield moment + READ
            cases.take_over(uid=page, by=office.of(comes))


def _writes(who: Actor, said: str, ledger: Ledger) -> str:
    worth = desks.desk(who).proposed[:NAMED]
    named = [Named(one.case.uid, note) for one, note in zip(worth, NOTES, strict=False)]
    ledger.count("hand_overs")
    ledger.figures["named_last"] = len(named)
    return cases.hand_over(said=said, cases=named, by=who)
