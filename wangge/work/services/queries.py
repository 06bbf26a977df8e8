"""Reading the services room. Every list, count and export goes through one scope; lists are masked, opening is a recorded look."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from wangge.cores.eligibility.reasons import explain as explain_row
from wangge.ground.areas.expressions import area_code
from wangge.ground.registry import columns as registry_columns
from wangge.ground.registry import queries as registry
from wangge.platform.access import actors, policy, workbooks
from wangge.platform.access import queries as access
from wangge.platform.access.errors import Forbidden, NotFound
from wangge.platform.access.labels import chosen
from wangge.platform.access.masks import mask
from wangge.platform.access.scope import scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import is_uid
from wangge.work.hub import queries as hub
from wangge.work.services import deciding, published, shown
from wangge.work.services.declaring import holder, readable, screenable, standing_on
from wangge.work.services.models import Entitlement, Programme, Version
from wangge.work.services.moving import no_such_entitlement
from wangge.work.services.published import programme as programme
from wangge.work.services.published import programmes as programmes
from wangge.work.services.records import (
    ConfirmPage,
    EntitlementOpened,
    EntitlementPage,
    EntitlementRecord,
    FactRecord,
    MyService,
    ProgrammeCounts,
    Reasons,
)
from wangge.work.services.states import NOT_RECEIVING, STATES

SEE, OPEN, CONFIRM = "services.see", "services.open", "services.confirm"
MOST = 200


def entitled_not_receiving(
    actor: Actor, programme: str = "", *, state: str = "", area: str = "", limit: int = 50, offset: int = 0
) -> EntitlementPage:
    """Who is entitled and not receiving (应享未享), masked, in the actor's areas and departments; newest first.

    ``state`` chooses another state instead (``undetermined`` lists what would settle each answer).
    """
    rows = listed(actor, programme, state=state, area=area)
    page = list(rows[offset : offset + min(limit, MOST)])
    return EntitlementPage(total=rows.count(), items=_masked(actor, page))


def counts(actor: Actor, *, programme: str = "", area: str = "") -> list[ProgrammeCounts]:
    """How many entitlements stand in each state, by programme: each figure is the length of the list of that state."""
    rows = _rows(actor, SEE, programme=programme, states=STATES, area=area)
    found: dict[str, dict[str, int]] = {}
    for code, state, count in rows.order_by().values_list("programme__code", "state").annotate(n=Count("pk")):
        found.setdefault(code, {})[state] = count
    return [
        ProgrammeCounts(
            programme=one.code, name_zh=one.name_zh, name_en=one.name_en, states=found.get(one.code, {}),
            not_receiving=sum(found.get(one.code, {}).get(state, 0) for state in NOT_RECEIVING),
        )
        for one in _programmes(actor, programme)
    ]  # fmt: skip


def to_confirm(actor: Actor, programme: str = "", *, limit: int = 20, offset: int = 0) -> ConfirmPage:
    """What waits for this clerk, opened to decide by: services to confirm, and confirmed ones that have become doubtful."""
    rows = _rows(actor, CONFIRM, programme=programme, states=("to_confirm", "confirmed"))
    rows = rows.exclude(state="confirmed", stands=True)
    page = list(rows.order_by("found_at", "pk")[offset : offset + min(limit, deciding.AT_ONCE)])
    return ConfirmPage(total=rows.count(), items=_opened(actor, page, CONFIRM))


def entitlement(actor: Actor, uid: str) -> EntitlementOpened:
    """One entitlement, opened: the name whole and the reasons. A recorded look; ``NotFound`` outside the actor's scope."""
    rows = _rows(actor, OPEN, states=STATES)
    row = rows.filter(uid=uid).first() if is_uid(uid) else None
    if row is None:
        raise no_such_entitlement()
    return _opened(actor, [row], OPEN)[0]


def my_services(actor: Actor, *, person: str = "") -> list[MyService]:
    """A person's own offers with reasons and outcomes, the newest first; of ``person`` for who has their mandate."""
    if not person:
        policy.require(actor, "services.offered")
    whom = person or actors.person_of(actor)
    if whom is None or (person and not deciding.stands_for(actor, person)):
        raise Forbidden("not_bound", _("This account isn't bound to a person."))
    ids = registry.all_ids(whom)
    rows = Entitlement.objects.select_related("programme", "version").filter(person__in=ids)
    names = access.department_names(actor)
    return [shown.mine(row, names) for row in rows.order_by("-found_at", "-pk")]


def explain(actor: Actor, programme: str) -> Reasons:
    """Why the person whom this account is bound to is, or isn't, entitled to a programme today; judged anew."""
    policy.require(actor, "services.offered")
    person = actors.person_of(actor)
    version = _standing(programme)
    if person is None:
        raise Forbidden("not_bound", _("This account isn't bound to a person."))
    table = registry_columns.columns(
        purpose=version.purpose,
        elements=version.elements,
        by=actor,
        holder=holder(programme),
        persons=[person],
    )
    found = explain_row(table.to_pylist()[0], screenable(version, absent=hub.absent_values()), clock.today())
    return Reasons(
        programme=programme, on=found.on, outcome=found.outcome.value, reason_zh=found.text("zh"), reason_en=found.text("en"),
        facts=[FactRecord(element=f.element, holds=f.holds, zh=f.zh, en=f.en) for f in found.facts],
        missing=shown.missing(found.missing),
    )  # fmt: skip


def export(
    actor: Actor, programme: str = "", *, state: str = "", area: str = "", opened: bool = False
) -> tuple[str, bytes]:
    """The list as a workbook, masked as it is seen: (file name, xlsx).

    ``opened``, for whoever may open these persons: names whole and the reasons, which tell of ages and benefits; every person
    in it is then a recorded look.
    """
    rows = list(listed(actor, programme, state=state, area=area, permission=OPEN if opened else SEE))
    names = _names(actor, rows)
    told = names if opened else {person: str(mask("name", name) or "") for person, name in names.items()}
    asked = {"programme": programme, "state": state, "area": area, "opened": opened or None}
    named = published.programme(actor, programme) if programme else None
    title = chosen(named.name_zh, named.name_en) if named else _("Entitled and not receiving")
    book = workbooks.workbook(title, shown.columns(told, opened=opened), rows, filters=asked)
    with transaction.atomic():
        if opened:
            _look(actor, rows, OPEN, "export")
        content = workbooks.export(book, by=actor, verb="services.export", of="programme", which=programme)
    return f"{programme or 'entitled'}-{clock.today().isoformat()}.xlsx", content


def export_programmes(actor: Actor) -> bytes:
    """The programmes as a workbook, with how many stand in each state (of those that the actor may count)."""
    counted = {one.programme: one for one in counts(actor)}
    book = workbooks.workbook(_("Programmes"), shown.programme_columns(counted), published.programmes(actor))
    return workbooks.export(book, by=actor, verb="services.export_programmes", of="programmes")


def listed(
    actor: Actor, programme: str, *, state: str, area: str, permission: str = SEE
) -> QuerySet[Entitlement]:
    """The rows of a list in its order: its pages and its file are cut from these."""
    states = (state,) if state else NOT_RECEIVING
    rows = _rows(actor, permission, programme=programme, states=states, area=area)
    return rows.order_by("-found_at", "-pk")


def _standing(code: str) -> Version:
    versions = list(Version.objects.select_related("programme").filter(programme__code=code, replaced=False))
    version = standing_on(versions, clock.today())
    if version is None:
        raise NotFound("no_such_programme", _("There is no programme %(code)s in force.") % {"code": code})
    return version


def _programmes(actor: Actor, code: str) -> QuerySet[Programme]:
    rows = Programme.objects.filter(code=code) if code else Programme.objects.all()
    held = scope(actor, SEE)
    seen = rows if held.whole_city or not held.departments else rows.filter(department__in=held.departments)
    return seen.order_by("code")


def _rows(
    actor: Actor, permission: str, *, states: Iterable[str], programme: str = "", area: str = ""
) -> QuerySet[Entitlement]:
    """The rows inside the actor's scope: what every list, count and export is made of."""
    rows = Entitlement.objects.select_related("programme", "version").annotate(area=area_code("place"))
    rows = scope(actor, permission).rows(rows, area="area", department="programme__department")
    rows = rows.filter(state__in=list(states))
    if programme:
        rows = rows.filter(programme__code=programme)
    return rows.filter(area__startswith=area) if area else rows


def _masked(actor: Actor, rows: list[Entitlement]) -> list[EntitlementRecord]:
    names = _names(actor, rows)
    return [shown.record(row, mask("name", names.get(row.person))) for row in rows]


def _opened(actor: Actor, rows: list[Entitlement], permission: str) -> list[EntitlementOpened]:
    names = _names(actor, rows)
    with transaction.atomic():
        _look(actor, rows, permission, "look")
    return [shown.opened(row, names.get(row.person), actor) for row in rows]


def _look(actor: Actor, rows: list[Entitlement], permission: str, verb: str) -> None:
    by_version: dict[int, list[Entitlement]] = {}
    for row in rows:
        by_version.setdefault(row.version_id, []).append(row)
    for ones in by_version.values():
        version = ones[0].version
        trail.look(
            by=actor, subjects=[row.person for row in ones], elements=readable(version), purpose=version.purpose,
            post=policy.post_of(actor, permission), task=holder(ones[0].programme.code), verb=verb,
        )  # fmt: skip


def _names(actor: Actor, rows: list[Entitlement]) -> dict[str, str | None]:
    """Person → name, read under each programme's own leave; a programme that has ended reads nobody's."""
    today = registry.currents(sorted({row.person for row in rows}))
    asked: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        asked.setdefault((holder(row.programme.code), row.version.purpose), set()).add(today[row.person])
    known = registry_columns.names(asked, by=actor)
    return {
        row.person: known[claim].get(today[row.person])
        for row in rows
        if (claim := (holder(row.programme.code), row.version.purpose)) in known
    }
