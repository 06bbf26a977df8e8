"""Reading cases. Lists, counts, single cases, photos and exports all go through the same scope."""

from __future__ import annotations

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _

from wangge.platform.access import masks, policy
from wangge.platform.access import queries as access
from wangge.platform.access.errors import NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock.ids import is_uid
from wangge.platform.stores import photos as store
from wangge.work.cases import (
    callers,
    near,
    presenting,
    refusals,
    responsibility,
    standing,
    states,
    stories,
    words,
)
from wangge.work.cases.catalogue import classes as classes
from wangge.work.cases.crews import crews as crews
from wangge.work.cases.exporting import export as export
from wangge.work.cases.filters import EVER, Filters, Order, first_due, is_late
from wangge.work.cases.hand_over_book import book as book
from wangge.work.cases.hand_over_book import export_book as export_book
from wangge.work.cases.hand_over_desk import desk as desk
from wangge.work.cases.models import Application, Attachment, Case, ClassOfCase, Rating, Step
from wangge.work.cases.near import reported_already as reported_already
from wangge.work.cases.points import points as points
from wangge.work.cases.records import (
    CaseCounts,
    CasePage,
    CaseRecord,
    Line,
    Near,
    QueueRecord,
    Suggestion,
    Word,
)
from wangge.work.cases.responsibility_list import responsibilities as responsibilities
from wangge.work.cases.tallies import tally as tally
from wangge.work.cases.tallies import tally_by_department as tally_by_department
from wangge.work.cases.times import CityTimes
from wangge.work.cases.tracking import my_photo as my_photo
from wangge.work.cases.tracking import my_reports as my_reports
from wangge.work.cases.tracking import track as track
from wangge.work.cases.tracking import track_photo as track_photo

SEE = "cases.see"
MOST = 200


def cases(
    actor: Actor,
    filters: Filters | None = None,
    *,
    order: Order = "-reported_at",
    limit: int = 50,
    offset: int = 0,
) -> CasePage:
    """Cases by filter. A page costs the same few queries, however long it is."""
    wanted = filters or Filters()
    rows = visible(actor, wanted, of_caller=callers.condition(actor, wanted.caller_of))
    page = rows.select_related("of_class").defer("reporter_phone").order_by(*_order(order, wanted))
    start = max(offset, 0)
    page = page[start : start + max(min(limit, MOST), 0)]
    moment, times = standing.moment(), CityTimes()
    return CasePage(total=rows.count(), items=[presenting.line(row, moment, times) for row in page])


def counts(actor: Actor, filters: Filters | None = None) -> CaseCounts:
    """How many cases wait in each queue: each figure is the length of ``cases`` with the same filter and that state."""
    rows = visible(actor, filters or Filters())
    late = Count("pk", filter=is_late(standing.moment()))
    waiting = rows.filter(open_since__range=EVER)
    asked = Count("pk", filter=~Q(asked=""))
    counted = waiting.values_list("state").annotate(count=Count("pk"), late=late, asking=asked).order_by()
    found: dict[str, tuple[int, int, int]] = {
        state: (count, lates, asking) for state, count, lates, asking in counted
    }
    queues = [
        QueueRecord(
            state=state, zh=words.both("states", state)[0], en=words.both("states", state)[1],
            count=found.get(state, (0, 0, 0))[0], late=found.get(state, (0, 0, 0))[1],
        )
        for state in states.QUEUES
    ]  # fmt: skip
    return CaseCounts(
        queues=queues, shelved=found.get("shelved", (0, 0, 0))[0], without_grid=rows.filter(grid="").count(),
        late=sum(one.late for one in queues), asked=sum(asking for *_, asking in found.values()),
    )  # fmt: skip


def case(actor: Actor, uid: str) -> CaseRecord:
    """One case with its story, what may be done now and by whom; ``NotFound`` outside the actor's scope."""
    row = _one(actor, uid)
    moment, names = standing.moment(), access.department_words(actor)
    shown = presenting.line(row, moment, CityTimes())
    phone = masks.mask("phone", row.reporter_phone)
    return CaseRecord(
        **dict(shown), rule=presenting.rule(row.rule) if row.rule else None, found=row.found, reporter_phone=str(phone or ""),
        merged_into=str(row.merged_into.uid) if row.merged_into else "", limit=row.limit, filed_at=row.filed_at,
        dispatched_at=row.dispatched_at, handled_at=row.handled_at, closed_at=row.closed_at, on_time=_on_time(row),
        suggestion=_suggestion(actor, row), near=near.near(row) if row.state in states.OPEN else [],
        steps=[stories.step(one, names) for one in row.steps.all()],
        applications=[presenting.application(one) for one in row.applications.all()],
        photos=presenting.attachments(row.attachments.all()), ratings=presenting.ratings(row.ratings.all()),
        acts=presenting.acts(actor, row, moment), calls=callers.calls(actor, row),
    )  # fmt: skip


def photo(actor: Actor, uid: str, photo_id: str) -> bytes:
    """A photo of a case (JPEG); ``NotFound`` outside the actor's scope."""
    row = _one(actor, uid)
    if not Attachment.objects.filter(case=row, photo=photo_id).exists():
        raise NotFound("no_such_photo", _("This case has no such photo."))
    return store.load(photo_id)


def alike(actor: Actor, class_code: str, lon: float, lat: float) -> list[Near]:
    """Open cases of a class around a point, in the actor's scope: before something is reported twice."""
    inside = scope(actor, SEE)
    of_class = ClassOfCase.objects.filter(code=class_code).values_list("pk", flat=True).first()
    found = near.around(of_class, lon, lat) if of_class else []
    seen = inside.rows(
        Case.objects.filter(uid__in=[one.uid for one in found]), area="area", department="department"
    )
    known = {str(uid) for uid in seen.values_list("uid", flat=True)}
    return [one for one in found if one.uid in known]


def table(actor: Actor) -> list[Line]:
    """The whole of ``states.TABLE`` with its words: what may happen to a case, for anybody who wants to know."""
    policy.require(actor, "cases.catalogue.see")
    return [
        Line(
            states=[_word("states", state) for state in move.states.split()], verb=_word("verbs", move.verb),
            to=_word("states", move.to), when=_word("conditions", move.when) if move.when else None,
            axis=_word("axes", move.axis), permission=move.permission, roles=presenting.roles_of(move.permission),
            clock=_word("clocks", move.clock) if move.clock else None,
        )
        for move in states.TABLE
    ]  # fmt: skip


def visible(actor: Actor, filters: Filters, *, of_caller: Q | None = None) -> QuerySet[Case]:
    """The rows of a filter that the actor may see."""
    rows = scope(actor, SEE).rows(Case.objects.all(), area="area", department="department")
    return rows.filter(filters.condition(actor_id=actor.id, of_caller=of_caller))


def _on_time(row: Case) -> bool | None:
    """Whether handling ended within its time; None while it hasn't ended, or where there was no limit."""
    return row.handled_at <= row.due_at if row.handled_at and row.due_at else None


def _order(order: Order, filters: Filters) -> tuple[str | OrderBy, str]:
    """The order of a list; open cases are read in that of their own index."""
    if order == "due_at":
        return F("due_at").asc(nulls_last=True), "id"
    if order == "urgent":
        # Only what is open has anything left; all cases ever would have to be sorted for nothing.
        return (first_due().asc(nulls_last=True), "id") if filters.only_open else ("-reported_at", "-id")
    column = order.replace("reported_at", "open_since") if filters.only_open else order
    return column, "-id" if order.startswith("-") else "id"


def _one(actor: Actor, uid: str) -> Case:
    rows = scope(actor, SEE).rows(Case.objects.all(), area="area", department="department")
    whole = rows.select_related("of_class", "rule", "merged_into").prefetch_related(
        Prefetch("steps", Step.objects.order_by("n")), Prefetch("applications", Application.objects.order_by("id")),
        Prefetch("attachments", Attachment.objects.order_by("id")), Prefetch("ratings", Rating.objects.order_by("round")),
    )  # fmt: skip
    row = whole.filter(uid=uid).first() if is_uid(uid) else None
    if row is None:
        raise refusals.no_such_case()
    return row


def _suggestion(actor: Actor, row: Case) -> Suggestion | None:
    return responsibility.suggest(actor, row) if row.state in ("to_file", "to_dispatch") else None


def _word(group: str, code: str) -> Word:
    zh, en = words.both(group, code)
    return Word(code=code, zh=zh, en=en)
