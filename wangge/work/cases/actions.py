"""Everything that may be done to a case. What each verb means for state, clock and axis stands in ``states.TABLE``.

Every act on a case takes ``version``, the one that the actor has seen: if the case has moved on since, nothing happens and
``Conflict`` says who did what. Common refusals (``NotFound``, ``Forbidden``, ``Conflict``) are those of ``moving.move``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.platform.access import policy, purposes
from wangge.platform.access import queries as access
from wangge.platform.access.errors import Conflict, Invalid
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.stores import photos as store
from wangge.work.cases import (
    applications,
    attachments,
    field_work,
    finding,
    moving,
    positions,
    ratings,
    refusals,
    reporters,
    reporting,
    states,
)
from wangge.work.cases.catalogue import load_catalogue as load_catalogue
from wangge.work.cases.handing_over import hand_over as hand_over
from wangge.work.cases.handing_over import take_over as take_over
from wangge.work.cases.importing import import_classes as import_classes
from wangge.work.cases.importing import import_rows as import_rows
from wangge.work.cases.moving import Bringing
from wangge.work.cases.presenting import happened
from wangge.work.cases.records import Happened, Receipt
from wangge.work.cases.redating import redate_chunk as redate_chunk
from wangge.work.cases.reporting import Reported
from wangge.work.cases.responsibility_list import load_responsibilities as load_responsibilities


def report(
    *, by: Actor, class_code: str = "", lon: float | None = None, lat: float | None = None, datum: str = "CGCS2000", address: str = "",
    description: str = "", phone: str = "", source: str = "", photos: Sequence[str] = (), seen_at: datetime | None = None,
) -> Receipt:  # fmt: skip
    """Report something: anybody may, also without a name. Returns the number, the tracking code, and open cases near by.

    ``lon``, ``lat`` are degrees in ``datum`` (CGCS2000, WGS-84, GCJ-02 or BD-09); ``photos`` are ids of photos kept before
    (``keep_photo``). ``source`` follows from who reports; the desk says ``hotline`` for a call that it takes down. A
    resident may leave the class out: whoever accepts the case fills it in. Raises ``Invalid``.
    """
    lon, lat = positions.in_our_datum(lon, lat, datum)
    said = Reported(class_code, lon, lat, address, description, phone)
    return reporting.report(said, by=by, source=source, photos=photos, seen_at=seen_at)


def keep_photo(*, data: bytes, by: Actor) -> str:
    """Keep a photo for a report or a step to come; returns its id. One that nothing names within a day is swept.

    Not a transaction: a picture is never decoded while the writer's lock is held. Raises ``Invalid`` for no picture.
    """
    policy.require(by, "cases.report")
    try:
        return store.keep(data).id
    except store.PhotoRefused as refused:
        raise Invalid("photo_refused", str(refused)) from refused


@transaction.atomic
def add_photos(*, case: str, photos: Sequence[str], by: Actor) -> Happened:
    """Add photos of the site to a case, where its class asks for them: by whoever verifies, handles or checks it."""
    row = finding.seen(case=case, by=by)
    attachments.attach(row, photos, asked_only=True, by=by)
    trail.record(
        by=by, verb="cases.add_photos", object_kind="case", object_id=case, details={"photos": len(photos)}
    )
    return happened(row)


def accept(*, case: str, by: Actor, version: int | None = None, note: str = "") -> Happened:
    """受理. What a worker saw herself goes to filing; what others report is verified on site first.

    Raises ``Invalid`` where class or position are missing: both are filled in by ``edit``.
    """
    with transaction.atomic():
        row, line = finding.held(case=case, verb="accept", by=by, version=version)
        if row.of_class is None:
            raise Invalid("no_class", _("The case has no class yet."), advice=_("Choose its class first."))
        if not row.area:
            raise Invalid(
                "no_area", _("The case lies in no community of this city, or has no position."),
                advice=_("Put it on the map, or reject it."),
            )  # fmt: skip
        return happened(moving.carry_out(row, line, by=by, bringing=Bringing(note=note)))


def reject(*, case: str, by: Actor, reason: str, version: int | None = None) -> Happened:
    """不予受理, or 不予立案 where it had been accepted. The reporter sees the reason."""
    return _move(case, "reject", by, version, Bringing(note=_needed(reason)))


def file(*, case: str, by: Actor, rule: int = 1, version: int | None = None, note: str = "") -> Happened:
    """立案 by one of the class's filing rules: it sets the limit of handling. Raises ``Invalid`` for another rule."""
    with transaction.atomic():
        row, line = finding.held(case=case, verb="file", by=by, version=version)
        chosen = row.of_class.rules.filter(number=rule).first() if row.of_class else None
        if chosen is None:
            raise Invalid(
                "no_such_rule", _("The class of this case has no filing rule %(rule)d.") % {"rule": rule},
                advice=_("Choose one of its rules, or have the catalogue completed."),
            )  # fmt: skip
        return happened(
            moving.carry_out(row, line, by=by, bringing=Bringing(note=note, columns={"rule": chosen}))
        )


def dispatch(
    *, case: str, department: str, by: Actor, version: int | None = None, note: str = ""
) -> Happened:
    """派遣 to a department; the handling clock starts. Raises ``Invalid`` for an unknown department."""
    if department not in {one.code for one in access.departments(by)}:
        raise Invalid("no_such_department", _("There is no department %(code)s.") % {"code": department})
    with transaction.atomic():
        row, line = finding.held(case=case, verb="dispatch", by=by, version=version)
        limit = row.rule.limit if row.rule else ""
        return happened(
            moving.carry_out(
                row, line, by=by, bringing=Bringing(note=note, department=department, limit=limit)
            )
        )


def sign(*, case: str, by: Actor, version: int | None = None, note: str = "") -> Happened:
    """签收 by the department. The clock has been running since the dispatch; from now on the signer may see the telephone."""
    with transaction.atomic():
        row, line = finding.held(case=case, verb="sign", by=by, version=version)
        row = moving.carry_out(row, line, by=by, bringing=Bringing(note=note))
        reporters.may_telephone(row, by.id)
        return happened(row)


def assign(*, case: str, crew: str, by: Actor, version: int | None = None, note: str = "") -> Happened:
    """二级派遣: the department sends one of its crews (an actor's id, ``user:…``). Raises ``Invalid`` for somebody else."""
    with transaction.atomic():
        row, line = finding.held(case=case, verb="assign", by=by, version=version)
        if crew not in access.holders(by, role=policy.CREW, area=row.area, department=row.department):
            raise Invalid("no_such_crew", _("This is no crew of the department in this area."))
        row = moving.carry_out(row, line, by=by, bringing=Bringing(note=note, crew=crew))
        reporters.may_telephone(row, crew)
        return happened(row)


def handle(*, case: str, by: Actor, note: str, version: int | None = None) -> Happened:
    """处置: what was done on site. The clock runs until the department feeds back; who handles may see the telephone."""
    with transaction.atomic():
        row = moving.move(
            case=case, verb="handle", by=by, version=version, bringing=Bringing(note=_needed(note))
        )
        reporters.may_telephone(row, by.id)
        return happened(row)


def feed_back(*, case: str, by: Actor, note: str, version: int | None = None) -> Happened:
    """处理反馈: the department says it is done; the handling clock stops."""
    return _move(case, "feed_back", by, version, Bringing(note=_needed(note)))


def forward(*, case: str, by: Actor, version: int | None = None, note: str = "") -> Happened:
    """批转 to the supervision axis: a worker is asked to check on site."""
    return _move(case, "forward", by, version, Bringing(note=note))


def send_back(*, case: str, by: Actor, reason: str, version: int | None = None) -> Happened:
    """The command desk isn't content with the feedback: the clock runs on."""
    return _move(case, "send_back", by, version, Bringing(note=_needed(reason)))


def close(*, case: str, by: Actor, version: int | None = None, note: str = "") -> Happened:
    """结案 after a check that was passed."""
    return _move(case, "close", by, version, Bringing(note=note))


def rework(*, case: str, by: Actor, reason: str, version: int | None = None) -> Happened:
    """返工: after a failed check the same department gets it again, with the time it had left."""
    return _move(case, "rework", by, version, Bringing(note=_needed(reason)))


def supervise(*, case: str, by: Actor, note: str, version: int | None = None) -> Happened:
    """督办: the department is urged; no clock moves."""
    return _move(case, "supervise", by, version, Bringing(note=_needed(note)))


def resume(*, case: str, by: Actor, version: int | None = None, note: str = "") -> Happened:
    """A shelved case is taken up again: the clock runs on."""
    return _move(case, "resume", by, version, Bringing(note=note))


def void(*, case: str, by: Actor, reason: str, version: int | None = None) -> Happened:
    """作废: it should never have been a case."""
    return _move(case, "void", by, version, Bringing(note=_needed(reason)))


def merge(*, case: str, into: str, by: Actor, version: int | None = None, note: str = "") -> Happened:
    """并案 into another open case, which goes on; its reporter follows that one. Raises ``Invalid``, ``Conflict``."""
    with transaction.atomic():
        row, line = finding.held(case=case, verb="merge", by=by, version=version)
        other = finding.seen(case=into, by=by)
        if other.pk == row.pk:
            raise Invalid("same_case", _("A case can't be merged into itself."))
        if other.state not in states.OPEN:
            raise refusals.moved_on(other, "merge")
        bringing = Bringing(note=note or other.number, columns={"merged_into": other})
        return happened(moving.carry_out(row, line, by=by, bringing=bringing))


def edit(
    *, case: str, by: Actor, version: int | None = None, class_code: str | None = None, lon: float | None = None,
    lat: float | None = None, address: str | None = None, description: str | None = None,
) -> Happened:  # fmt: skip
    """更正 what the report says. No clock is touched. Class and position can be corrected until the case is filed."""
    with transaction.atomic():
        row, line = finding.held(case=case, verb="edit", by=by, version=version)
        columns: dict[str, Any] = reporting.checked(
            Reported(
                address=row.address if address is None else address,
                description=row.description if description is None else description,
            )
        )
        if (class_code or lon is not None or lat is not None) and row.state not in ("to_accept", "to_file"):
            raise Conflict(
                "settled_by_now", _("Class and position can't be changed any more: others act upon them."),
                advice=_("Void the case and report it anew if it is wrong."),
            )  # fmt: skip
        if class_code:
            columns["of_class"] = reporting.class_called(class_code)
        if lon is not None or lat is not None:
            columns |= positions.position(lon, lat)
        return happened(moving.carry_out(row, line, by=by, bringing=Bringing(columns=columns)))


def apply(
    *,
    case: str,
    kind: str,
    reason: str,
    by: Actor,
    amount: str = "",
    until: date | None = None,
    version: int | None = None,
) -> Happened:
    """A department asks: ``give_back``, ``extend`` (``amount`` such as ``2 工作时``) or ``shelve`` (``until`` a day).

    Nothing moves until an approver decides. Raises ``Invalid`` for an amount in another unit than the limit's.
    """
    asked = applications.Asked(kind=kind, reason=_needed(reason), amount=amount, until=until)
    return happened(applications.ask(case=case, asked=asked, by=by, version=version))


def decide(
    *, case: str, grant: bool, by: Actor, amount: str = "", note: str = "", version: int | None = None
) -> Happened:
    """Grant or refuse what the department asked for; an approver may give another ``amount`` of time than was asked.

    Raises ``Conflict`` for whoever asked: an application has an approver.
    """
    return happened(
        applications.decide(case=case, grant=grant, amount=amount, note=note, by=by, version=version)
    )


def rate(
    *, by: Actor, solved: bool, satisfied: int, note: str = "", tracking: str = "", case: str = ""
) -> Happened:
    """The reporter says whether it was solved (and how satisfied, 1 to 5), by tracking code or as the account that reported."""
    return happened(
        ratings.rate(by=by, solved=solved, satisfied=satisfied, note=note, tracking=tracking, case=case)
    )


def reopen(*, by: Actor, reason: str, tracking: str = "", case: str = "") -> Happened:
    """The reporter says that it isn't solved: within the city's days it is checked on site once more."""
    return happened(ratings.reopen(by=by, reason=_needed(reason), tracking=tracking, case=case))


@transaction.atomic
def open_reporter(*, case: str, by: Actor) -> str:
    """The reporter's telephone, unmasked, for whoever handles the case; the look is on record. An empty text if none is held."""
    row = finding.seen(case=case, by=by)
    purposes.open_person(
        by, reporters.subject_of(row), ["phone"], task=reporters.task_of(row), permission="cases.handle"
    )
    return str(row.reporter_phone or "")


def admit_on_site_work(*, department: str, basis: str, from_on: date, by: Actor) -> None:
    """Put verifying and checking on the list of what may be asked of a grid; an installation does this once."""
    field_work.admit(department=department, basis=basis, from_on=from_on, by=by)


def _move(case: str, verb: str, by: Actor, version: int | None, bringing: Bringing) -> Happened:
    return happened(moving.move(case=case, verb=verb, by=by, version=version, bringing=bringing))


def _needed(text: str) -> str:
    plain = " ".join(text.split())
    if not plain:
        raise Invalid("no_reason", _("This act needs a few words."), advice=_("Say what was done, or why."))
    return plain[:1000]
