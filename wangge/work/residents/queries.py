"""What a resident is shown. Everything starts from the person whom the account is bound to; unbound, nothing is shown."""

from __future__ import annotations

import io
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.cores.tables.writing import Sheet, write_xlsx
from wangge.ground.registry import queries as registry
from wangge.ground.registry.records import MyData
from wangge.ground.workforce import queries as workforce
from wangge.platform.access import actors, policy
from wangge.platform.access import queries as access
from wangge.platform.access.errors import NotFound
from wangge.platform.access.labels import Pair
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element
from wangge.work.residents import asking, consenting, permitting, proofs, words
from wangge.work.residents.consenting import consented as consented
from wangge.work.residents.consenting import offers as offers
from wangge.work.residents.consenting import open_consented as open_consented
from wangge.work.residents.looks import Wording, seen, todos_about
from wangge.work.residents.looks import who_looked as who_looked
from wangge.work.residents.models import Binding, Consent, Correction, Mandate
from wangge.work.residents.questions import export_questions as export_questions
from wangge.work.residents.questions import my_questions as my_questions
from wangge.work.residents.questions import question_counts as question_counts
from wangge.work.residents.questions import questions as questions
from wangge.work.residents.records import (
    BindingRecord,
    ConsentRecord,
    CorrectionRecord,
    MandateRecord,
    Me,
    Visit,
    Worker,
)
from wangge.work.services import queries as services
from wangge.work.services.records import MyService

ME = "residents.me"


def me(actor: Actor) -> Me:
    """Whether this account is bound, and whether the city has a real-name sign-in to bind it by."""
    policy.require(actor, "residents.bind")
    return Me(bound=actors.person_of(actor) is not None, real_name=bool(proofs.providers()))


def my_data(actor: Actor) -> list[MyData]:
    """What is held about this person: label, value, source, date, freshness. The look is recorded."""
    return registry.my_data(actor)


def my_services(actor: Actor) -> list[MyService]:
    """What this person is offered, why, and how it stands."""
    return services.my_services(actor)


def my_visits(actor: Actor) -> list[Visit]:
    """What somebody comes, or came, to this person's door for."""
    names = access.department_names(actor)
    found = []
    for todo in todos_about(_ids(actor)):
        department = names.get(todo.department, (todo.department, todo.department))
        ended = next((o for o in todo.outcomes if o.code == todo.outcome), None)
        found.append(
            Visit(
                uid=todo.uid, title_zh=todo.title_zh, title_en=todo.title_en, reason_zh=todo.reason_zh,
                reason_en=todo.reason_en, department=todo.department, department_zh=department[0],
                department_en=department[1], state=todo.state, created_at=todo.created_at, not_before=todo.not_before,
                due_at=todo.due_at, settled_at=todo.settled_at, outcome=todo.outcome,
                outcome_zh=ended.zh if ended else "", outcome_en=ended.en if ended else "",
                asked=todo.origin_room == "residents",
            )
        )  # fmt: skip
    return found


def my_worker(actor: Actor) -> Worker:
    """The worker on duty where this person lives: surname, grid and number, as every resident may know."""
    place = registry.place_of_person(_ids(actor)[0])
    worker = workforce.my_worker(place) if place else None
    if worker is None:
        return Worker(on_duty=False)
    return Worker(on_duty=True, may_ask=asking.may_ask(actor), **worker.model_dump())


def bindings(actor: Actor) -> list[BindingRecord]:
    """Every account that is bound to this person, and how that came about."""
    ids = _ids(actor)
    wording = Wording(actor, [])
    rows = Binding.objects.filter(person__in=ids, ended_at=None).order_by("-at")
    found = []
    for row in rows:
        way, post = words.both("ways", row.way), wording.post(row.post) if row.post else ("", "")
        found.append(
            BindingRecord(
                uid=str(row.uid), way=row.way, way_zh=way[0], way_en=way[1], post_zh=post[0], post_en=post[1], at=row.at,
                this=row.account == actor.id,
            )
        )  # fmt: skip
    return found


def corrections(actor: Actor) -> list[CorrectionRecord]:
    """Corrections that this person asked for, newest first."""
    rows = Correction.objects.filter(person__in=_ids(actor)).order_by("-asked_at")
    found = []
    for row in rows:
        one, state = element(row.element), words.both("corrections", row.state)
        found.append(
            CorrectionRecord(
                uid=str(row.uid), element=row.element, label_zh=one.zh, label_en=one.en, state=row.state, state_zh=state[0],
                state_en=state[1], todo=row.todo, outcome=row.outcome, asked_at=row.asked_at, settled_at=row.settled_at,
            )
        )  # fmt: skip
    return found


def consents(actor: Actor) -> list[ConsentRecord]:
    """Receipts of this person's consents, newest first."""
    rows = Consent.objects.filter(person__in=_ids(actor)).order_by("-given_at")
    named = {one.code: (one.zh, one.en) for one in consenting.offers(actor)}
    departments = Wording(actor, []).departments
    return [_consent(row, named, departments) for row in rows]


def mandates(actor: Actor) -> list[MandateRecord]:
    """Mandates that this person gave, and those that this account holds."""
    return [_mandate(row, actor) for row in permitting.mandates_of(actor)]


def services_on_behalf(actor: Actor, mandate: str) -> list[MyService]:
    """What somebody is offered whose mandate this account holds. Raises ``NotFound`` where it holds none that lasts."""
    rows = [
        m
        for m in permitting.mandates_of(actor)
        if m.account == actor.id and str(m.uid) == mandate and _live(m)
    ]
    if not rows:
        raise NotFound("no_such_mandate", _("There is no such mandate."))
    return services.my_services(actor, person=rows[0].person)


def export(actor: Actor) -> tuple[str, bytes]:
    """A copy of everything that is held about this person: (file name, xlsx). The copy is recorded like any export."""
    data, looks, mine = my_data(actor), who_looked(actor), my_services(actor)
    person = actors.person_of(actor) or ""
    sheets = [
        Sheet("我的信息", ("数据项", "内容", "来源", "日期"), [[d.label_zh, d.shown_zh, d.source_zh, _wall(d.observed_at)] for d in data]),
        Sheet(
            "谁看过", ("时间", "岗位", "用途", "事项", "看到的内容"),
            [[_wall(k.at), k.post_zh, k.purpose_zh, k.task_zh, "、".join(s.zh for s in k.saw)] for k in looks],
        ),
        Sheet(
            "我的服务", ("事项", "部门", "状态", "原因", "依据"),
            [[s.name_zh, s.department_zh, s.state_zh, s.reason_zh, s.basis] for s in mine],
        ),
    ]  # fmt: skip
    target = io.BytesIO()
    write_xlsx(target, sheets)
    with transaction.atomic():
        trail.look(
            by=actor, subjects=[person], elements=[d.element for d in data], purpose="own_data", post=policy.RESIDENT,
            verb="export",
        )  # fmt: skip
    return f"my-data-{clock.today().isoformat()}.xlsx", target.getvalue()


def _ids(actor: Actor) -> list[str]:
    """Every id of the person whom this account is bound to. Raises ``Forbidden`` where it is bound to nobody."""
    policy.require(actor, ME)
    return registry.all_ids(actors.person_of(actor) or "")


def _live(row: Mandate) -> bool:
    return row.accepted_at is not None and row.ended_at is None and row.until > clock.now()


def _consent(row: Consent, named: dict[str, Pair], departments: dict[str, Pair]) -> ConsentRecord:
    purpose, of = (
        named.get(row.purpose, (row.purpose,) * 2),
        departments.get(row.department, (row.department,) * 2),
    )
    return ConsentRecord(
        uid=str(row.uid), number=f"C{clock.local(row.given_at):%Y-%m%d}-{row.pk}", department=row.department,
        department_zh=of[0], department_en=of[1], purpose=row.purpose, purpose_zh=purpose[0], purpose_en=purpose[1],
        elements=[seen(e) for e in row.elements], given_at=row.given_at, until=row.until, withdrawn_at=row.withdrawn_at,
    )  # fmt: skip


def _mandate(row: Mandate, actor: Actor) -> MandateRecord:
    return MandateRecord(
        uid=str(row.uid), label=row.label, mine=row.account != actor.id, until=row.until, accepted_at=row.accepted_at,
        ended_at=row.ended_at, live=_live(row),
    )  # fmt: skip


def _wall(moment: datetime) -> datetime:
    """The city's wall clock without a zone, as spreadsheets have it."""
    return clock.local(moment).replace(tzinfo=None)
