"""Scenarios of grids over HTTP: made, looked at, changed by hand, compared, approved by a second person, put into force."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AwareDatetime, Field

from wangge.entry.jobs import planning
from wangge.entry.web.files import xlsx
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.ground.areas.records import FeatureCollection, GridRecord
from wangge.platform.access.errors import Invalid
from wangge.work.planning import actions, queries
from wangge.work.planning.records import (
    Comparison,
    EditAsked,
    EditPage,
    MovedPage,
    PlacedBuilding,
    PlanSettings,
    ScenarioPage,
    ScenarioRecord,
)

router = GuardedRouter(tags=["planning"])


class ScenarioIn(Schema):
    """What to plan: an area, a name for the scenario, and the band of households (the city's, if none is given)."""

    prefix: str = Field(pattern=r"^[0-9]{0,12}$")
    name: str = Field(min_length=1, max_length=120)
    settings: PlanSettings | None = None


class WhenIn(Schema):
    """From when on; now, if no moment is named."""

    at: AwareDatetime | None = None


class InForce(Schema):
    """From when on the grids hold, and which workers lose a grid by it."""

    scenario: ScenarioRecord
    workers: list[str]


@router.get("/scenarios", permission="planning.see", response=ScenarioPage)
def scenarios(
    request: ActingRequest, prefix: str = "", state: str = "", limit: int = 50, offset: int = 0
) -> ScenarioPage:
    """Scenarios of the actor's areas, the newest first."""
    return queries.scenarios(request.actor, prefix=prefix, state=state, limit=limit, offset=offset)


@router.get("/scenarios.xlsx", permission="planning.see", response={200: None})
def scenarios_file(request: ActingRequest, prefix: str = "", state: str = "") -> HttpResponse:
    """The same as a workbook."""
    content = queries.export_scenarios(request.actor, prefix=prefix, state=state)
    return xlsx(f"{_('Scenarios')}.xlsx", content)


@router.post("/scenarios", permission="planning.make", response=ScenarioRecord, once="nature")
def make(request: ActingRequest, body: ScenarioIn) -> ScenarioRecord:
    """Plan an area: a small one at once, a large one in the background. Sent again under the same name it answers with what was made."""
    uid = planning.start(prefix=body.prefix, name=body.name, settings=body.settings, by=request.actor)
    return queries.scenario(request.actor, uid)


@router.get("/scenarios/{scenario}", permission="planning.see", response=ScenarioRecord)
def scenario(request: ActingRequest, scenario: UUID) -> ScenarioRecord:
    """One scenario with its report."""
    return queries.scenario(request.actor, str(scenario))


@router.get("/scenarios/{scenario}/grids", permission="planning.see", response=list[GridRecord])
def grids(request: ActingRequest, scenario: UUID) -> list[GridRecord]:
    """The grids of a scenario's plan."""
    return queries.grids(request.actor, str(scenario))


@router.get("/scenarios/{scenario}/grids.xlsx", permission="planning.see", response={200: None})
def grids_file(request: ActingRequest, scenario: UUID) -> HttpResponse:
    """The same as a workbook, each out of range with its reason."""
    return xlsx(f"{_('Grids of a scenario')}.xlsx", queries.export_grids(request.actor, str(scenario)))


@router.get("/scenarios/{scenario}/buildings", permission="planning.see", response=list[PlacedBuilding])
def buildings(request: ActingRequest, scenario: UUID, community: str) -> list[PlacedBuilding]:
    """The buildings of one community, each in its grid."""
    return queries.buildings(request.actor, str(scenario), community=community)


@router.get("/scenarios/{scenario}/edits", permission="planning.see", response=EditPage)
def edits(request: ActingRequest, scenario: UUID) -> EditPage:
    """What hands changed in a scenario."""
    return queries.edits(request.actor, str(scenario))


@router.post(
    "/scenarios/{scenario}/edits", permission="planning.make", response=ScenarioRecord, once="nature"
)
def edit(request: ActingRequest, scenario: UUID, body: EditAsked) -> ScenarioRecord:
    """Change a draft by hand, checked at once. Sent again it is done once: it names how many edits it has seen."""
    actions.edit(scenario=str(scenario), asked=body, by=request.actor)
    return queries.scenario(request.actor, str(scenario))


@router.get("/scenarios/{scenario}/comparison", permission="planning.see", response=Comparison)
def comparison(request: ActingRequest, scenario: UUID, against: UUID | None = None) -> Comparison:
    """A scenario beside another one, or beside what is in force: figures, and who changes worker."""
    return queries.comparison(request.actor, str(scenario), against=str(against or ""))


@router.get("/scenarios/{scenario}/moves", permission="planning.see", response=MovedPage)
def moves(
    request: ActingRequest,
    scenario: UUID,
    against: UUID | None = None,
    grid: str = "",
    limit: int = 50,
    offset: int = 0,
) -> MovedPage:
    """The buildings that change grid."""
    return queries.moves(
        request.actor, str(scenario), against=str(against or ""), grid=grid, limit=limit, offset=offset
    )


@router.get("/scenarios/{scenario}/moves.xlsx", permission="planning.see", response={200: None})
def moves_file(
    request: ActingRequest, scenario: UUID, against: UUID | None = None, grid: str = ""
) -> HttpResponse:
    """The same as a workbook."""
    content = queries.export_moves(request.actor, str(scenario), against=str(against or ""), grid=grid)
    return xlsx(f"{_('Buildings that change grid')}.xlsx", content)


@router.get("/scenarios/{scenario}/map", permission="planning.see", response=FeatureCollection)
def layer(request: ActingRequest, scenario: UUID, bbox: str) -> FeatureCollection:
    """A scenario's grids as GeoJSON; ``bbox`` is west,south,east,north in degrees."""
    try:
        west, south, east, north = (float(side) for side in bbox.split(","))
    except ValueError:
        raise Invalid("bad_box", _("bbox=%(bbox)s: four numbers are expected.") % {"bbox": bbox}) from None
    return queries.layer(request.actor, str(scenario), (west, south, east, north))


@router.post(
    "/scenarios/{scenario}/approve", permission="planning.approve", response=ScenarioRecord, once="nature"
)
def approve(request: ActingRequest, scenario: UUID) -> ScenarioRecord:
    """Stand for a scenario that somebody else made."""
    actions.approve(scenario=str(scenario), by=request.actor)
    return queries.scenario(request.actor, str(scenario))


@router.post("/scenarios/{scenario}/in-force", permission="planning.approve", response=InForce, once="nature")
def put_in_force(request: ActingRequest, scenario: UUID, body: WhenIn) -> InForce:
    """Put an approved scenario into force, now or on a date to come."""
    workers = actions.put_in_force(scenario=str(scenario), at=body.at, by=request.actor)
    return InForce(scenario=queries.scenario(request.actor, str(scenario)), workers=workers)


@router.post(
    "/scenarios/{scenario}/withdraw", permission="planning.make", response=ScenarioRecord, once="nature"
)
def withdraw(request: ActingRequest, scenario: UUID) -> ScenarioRecord:
    """Give a scenario up that never came into force."""
    actions.withdraw(scenario=str(scenario), by=request.actor)
    return queries.scenario(request.actor, str(scenario))
