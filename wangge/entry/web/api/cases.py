"""Cases over HTTP: report and track for anybody, the loop for those whose post it is, lists and files of what one may see.

The verbs stand in ``wangge.work.cases.states``; ``GET /api/cases/table`` gives that table, and a case says what may be done
with it now (``acts``). Send ``version`` with an act: who comes second is told what the first one did (409).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Query
from ninja.files import UploadedFile

from wangge.cores.worktime.limits import Unit
from wangge.entry.web.api.case_bodies import (
    Acting,
    Applying,
    Assigning,
    Deciding,
    Dispatching,
    Editing,
    Filing,
    Merging,
    PhotoKept,
    Photos,
    Rating,
    Reasoned,
    Reopening,
    Reporting,
    Told,
)
from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.ground.areas.records import Points
from wangge.platform.access.errors import Invalid
from wangge.platform.stores.photos import MAX_BYTES
from wangge.work.cases import actions, exporting, queries, states, words
from wangge.work.cases.filters import Filters, Order
from wangge.work.cases.records import (
    Alike,
    CaseCounts,
    CasePage,
    CaseRecord,
    ClassRecord,
    CrewRecord,
    Happened,
    Line,
    Loaded,
    MyReport,
    Near,
    Receipt,
    ReporterOpened,
    ResponsibilityRecord,
    TrackRecord,
)

router = GuardedRouter(tags=["cases"])


# -- anybody -------------------------------------------------------------------------------------------------------------


@router.post("/photos", permission="cases.report", response=PhotoKept, once="nature", limit="photos")
def keep_photo(request: ActingRequest, file: UploadedFile = File(...)) -> PhotoKept:  # noqa: B008
    """Send a photo before the report or the step that names it: each may then be tried again by itself."""
    return PhotoKept(photo=actions.keep_photo(data=file.read(MAX_BYTES + 1), by=request.actor))


@router.post("/report", permission="cases.report", response=Receipt, limit="reports")
def report(request: ActingRequest, body: Reporting) -> Receipt:
    """Report something. The tracking code is shown only in this answer."""
    return actions.report(by=request.actor, **body.dict())


@router.get("/track/{code}", permission="cases.track", response=TrackRecord, misses="codes")
def track(request: ActingRequest, code: str) -> TrackRecord:
    """Follow a case by its code."""
    return queries.track(code)


@router.get("/track/{code}/photos/{photo}", permission="cases.track", response={200: None}, misses="codes")
def track_photo(request: ActingRequest, code: str, photo: str) -> HttpResponse:
    """What the reporter sent, and a public place after it was handled."""
    return _jpeg(queries.track_photo(code, photo))


@router.post("/track/{code}/rate", permission="cases.rate", response=Happened, misses="codes")
def rate(request: ActingRequest, code: str, body: Rating) -> Happened:
    """Say whether it was solved."""
    return actions.rate(tracking=code, by=request.actor, **body.dict())


@router.post("/track/{code}/reopen", permission="cases.rate", response=Happened, misses="codes")
def reopen(request: ActingRequest, code: str, body: Reopening) -> Happened:
    """Say that it has to be done again."""
    return actions.reopen(tracking=code, reason=body.reason, by=request.actor)


@router.get("/mine", permission="access.me", response=list[MyReport])
def mine(request: ActingRequest, limit: int = 50) -> list[MyReport]:
    """What the signed-in account reported."""
    return queries.my_reports(request.actor, limit=limit)


@router.get("/mine/{uid}/photos/{photo}", permission="access.me", response={200: None})
def my_photo(request: ActingRequest, uid: str, photo: str) -> HttpResponse:
    """The same of what the signed-in account reported."""
    return _jpeg(queries.my_photo(request.actor, uid, photo))


@router.post("/mine/{uid}/rate", permission="access.me", response=Happened)
def rate_mine(request: ActingRequest, uid: str, body: Rating) -> Happened:
    """Say whether what this account reported was solved; no code is needed."""
    return actions.rate(case=uid, by=request.actor, **body.dict())


@router.post("/mine/{uid}/reopen", permission="access.me", response=Happened)
def reopen_mine(request: ActingRequest, uid: str, body: Reopening) -> Happened:
    """Say that what this account reported has to be done again."""
    return actions.reopen(case=uid, reason=body.reason, by=request.actor)


@router.get("/alike", permission="cases.report", response=list[Alike])
def alike(request: ActingRequest, class_code: str, lon: float, lat: float) -> list[Alike]:
    """What was reported already: open cases about the same kind of thing in the street, around a point."""
    return queries.reported_already(request.actor, class_code, lon, lat)


@router.get("/table", permission="cases.catalogue.see", response=list[Line])
def table(request: ActingRequest) -> list[Line]:
    """What may happen to a case, line by line."""
    return queries.table(request.actor)


# -- catalogue and responsibility list -----------------------------------------------------------------------------------


@router.get("/classes", permission="cases.catalogue.see", response=list[ClassRecord])
def classes(request: ActingRequest, search: str = "") -> list[ClassRecord]:
    """The classes with their filing rules."""
    return queries.classes(request.actor, search=search)


@router.get("/classes.xlsx", permission="cases.catalogue.see", response={200: None})
def classes_workbook(request: ActingRequest) -> HttpResponse:
    """The same as a workbook that can be loaded again."""
    return xlsx(f"{words.say('sheets', 'classes')}.xlsx", exporting.export_classes(request.actor))


@router.post("/classes", permission="cases.catalogue.manage", response=Loaded, once="nature")
def load_classes(
    request: ActingRequest,
    file: UploadedFile = File(...),  # noqa: B008
    hour_means: str = Form(""),
    day_means: str = Form(""),
) -> Loaded:
    """Load the catalogue from xlsx or csv. ``hour_means`` and ``day_means`` say what a bare 小时 or 天 is here."""
    units = {**_units(hour_means, "小时", "时"), **_units(day_means, "天", "日")}
    return actions.load_catalogue(file=file.read(), name=file.name or "file", by=request.actor, units=units)


@router.get("/responsibilities", permission="cases.catalogue.see", response=list[ResponsibilityRecord])
def responsibilities(request: ActingRequest) -> list[ResponsibilityRecord]:
    """The responsibility list."""
    return queries.responsibilities(request.actor)


@router.get("/responsibilities.xlsx", permission="cases.catalogue.see", response={200: None})
def responsibilities_workbook(request: ActingRequest) -> HttpResponse:
    """The same as a workbook that can be loaded again."""
    content = exporting.export_responsibilities(request.actor)
    return xlsx(f"{words.say('sheets', 'responsibilities')}.xlsx", content)


@router.post("/responsibilities", permission="cases.catalogue.manage", response=Loaded, once="nature")
def load_responsibilities(request: ActingRequest, file: UploadedFile = File(...)) -> Loaded:  # noqa: B008
    """Load the responsibility list from xlsx or csv."""
    return actions.load_responsibilities(file=file.read(), name=file.name or "file", by=request.actor)


# -- lists ---------------------------------------------------------------------------------------------------------------


@router.get("/", permission="cases.see", response=CasePage)
def cases(
    request: ActingRequest,
    filters: Query[Filters],
    order: Order = "-reported_at",
    limit: int = 50,
    offset: int = 0,
) -> CasePage:
    """Cases by filter, as far as the actor's posts reach."""
    return queries.cases(request.actor, filters, order=order, limit=limit, offset=offset)


@router.get("/points", permission="cases.see", response=Points)
def points(request: ActingRequest, filters: Query[Filters], zoom: float = 15) -> Points:
    """The list as points of a map, gathered by zoom: their counts add up to the list's total."""
    return queries.points(request.actor, filters, zoom=zoom)


@router.get("/counts", permission="cases.see", response=CaseCounts)
def counts(request: ActingRequest, filters: Query[Filters]) -> CaseCounts:
    """How many wait in each queue, how many are late, shelved, or in no grid."""
    return queries.counts(request.actor, filters)


@router.get("/cases.xlsx", permission="cases.see", response={200: None})
def cases_workbook(request: ActingRequest, filters: Query[Filters]) -> HttpResponse:
    """The filtered list with everything that the rates are made of."""
    return xlsx(f"{words.say('sheets', 'cases')}.xlsx", queries.export(request.actor, filters))


@router.get("/near", permission="cases.see", response=list[Near])
def near(request: ActingRequest, class_code: str, lon: float, lat: float) -> list[Near]:
    """Open cases of the class around a point."""
    return queries.alike(request.actor, class_code, lon, lat)


@router.get("/crews", permission="cases.sign", response=list[CrewRecord])
def crews(request: ActingRequest) -> list[CrewRecord]:
    """The crews of one's own departments, those with the least in hand first."""
    return queries.crews(request.actor)


# -- one case ------------------------------------------------------------------------------------------------------------


@router.get("/{uid}", permission="cases.see", response=CaseRecord)
def case(request: ActingRequest, uid: str) -> CaseRecord:
    """A case with its story and what may be done now."""
    return queries.case(request.actor, uid)


@router.get("/{uid}/photos/{photo}", permission="cases.see", response={200: None})
def photo(request: ActingRequest, uid: str, photo: str) -> HttpResponse:
    """A photo of the case."""
    return _jpeg(queries.photo(request.actor, uid, photo))


@router.post("/{uid}/photos", permission="cases.see", response=Happened)
def add_photos(request: ActingRequest, uid: str, body: Photos) -> Happened:
    """Add photos of the site, where the filing rule asks for them."""
    return actions.add_photos(case=uid, photos=body.photos, by=request.actor)


@router.post("/{uid}/reporter", permission="cases.handle", response=ReporterOpened)
def open_reporter(request: ActingRequest, uid: str) -> ReporterOpened:
    """The reporter's telephone, for whoever handles the case. The look is recorded, and the reporter can see it."""
    return ReporterOpened(phone=actions.open_reporter(case=uid, by=request.actor))


@router.post("/{uid}/file", permission=states.permission_of("file"), response=Happened)
def file_(request: ActingRequest, uid: str, body: Filing) -> Happened:
    """立案."""
    return actions.file(case=uid, by=request.actor, **body.dict())


@router.post("/{uid}/dispatch", permission=states.permission_of("dispatch"), response=Happened)
def dispatch(request: ActingRequest, uid: str, body: Dispatching) -> Happened:
    """派遣; the handling clock starts."""
    return actions.dispatch(case=uid, by=request.actor, **body.dict())


@router.post("/{uid}/assign", permission=states.permission_of("assign"), response=Happened)
def assign(request: ActingRequest, uid: str, body: Assigning) -> Happened:
    """二级派遣 to a crew."""
    return actions.assign(case=uid, by=request.actor, **body.dict())


@router.post("/{uid}/merge", permission=states.permission_of("merge"), response=Happened)
def merge(request: ActingRequest, uid: str, body: Merging) -> Happened:
    """并案."""
    return actions.merge(case=uid, by=request.actor, **body.dict())


@router.post("/{uid}/edit", permission=states.permission_of("edit"), response=Happened)
def edit(request: ActingRequest, uid: str, body: Editing) -> Happened:
    """更正; no clock is touched."""
    return actions.edit(case=uid, by=request.actor, **body.dict())


@router.post("/{uid}/apply", permission=states.permission_of("extend"), response=Happened)
def apply(request: ActingRequest, uid: str, body: Applying) -> Happened:
    """Ask to give back, for more time, or to shelve."""
    return actions.apply(case=uid, by=request.actor, **body.dict())


@router.post("/{uid}/decide", permission=states.permission_of("refuse"), response=Happened)
def decide(request: ActingRequest, uid: str, body: Deciding) -> Happened:
    """Grant or refuse what the department asked for."""
    return actions.decide(case=uid, by=request.actor, **body.dict())


Doing = Callable[..., Happened]


def _offer_acting(verb: str, do: Doing) -> None:
    @router.post(
        f"/{{uid}}/{verb}", permission=states.permission_of(verb), response=Happened, **_named(verb, do)
    )
    def view(request: ActingRequest, uid: str, body: Acting) -> Happened:
        return do(case=uid, by=request.actor, **body.dict())


def _offer_reasoned(verb: str, do: Doing) -> None:
    @router.post(
        f"/{{uid}}/{verb}", permission=states.permission_of(verb), response=Happened, **_named(verb, do)
    )
    def view(request: ActingRequest, uid: str, body: Reasoned) -> Happened:
        return do(case=uid, by=request.actor, **body.dict())


def _offer_told(verb: str, do: Doing) -> None:
    @router.post(
        f"/{{uid}}/{verb}", permission=states.permission_of(verb), response=Happened, **_named(verb, do)
    )
    def view(request: ActingRequest, uid: str, body: Told) -> Happened:
        return do(case=uid, by=request.actor, **body.dict())


def _named(verb: str, do: Doing) -> dict[str, Any]:
    return {
        "operation_id": f"cases_{verb}",
        "summary": " ".join(words.both("verbs", verb)),
        "description": do.__doc__ or "",
    }


for _verb in ("accept", "sign", "forward", "close", "resume"):
    _offer_acting(_verb, getattr(actions, _verb))
for _verb in ("reject", "send_back", "rework", "void"):
    _offer_reasoned(_verb, getattr(actions, _verb))
for _verb in ("handle", "feed_back", "supervise"):
    _offer_told(_verb, getattr(actions, _verb))


def _jpeg(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _units(code: str, *names: str) -> dict[str, Unit]:
    if not code:
        return {}
    if code not in set(Unit):
        raise Invalid(
            "unknown_unit", _("%(code)s is no unit of time limits.") % {"code": code}, advice=", ".join(Unit)
        )
    return dict.fromkeys(names, Unit(code))
