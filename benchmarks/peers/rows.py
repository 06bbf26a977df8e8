"""Which rows both peers answer with, and what a row has before anybody says anything of it."""

from __future__ import annotations

from uuid import uuid4

from django.db.models import Q
from django.utils import timezone

from wangge.ground.areas.expressions import places_in
from wangge.ground.registry import doors
from wangge.ground.registry.models import Dwelling, Household, Person, Residence
from wangge.ground.registry.residences import holding
from wangge.platform.clock import clock
from wangge.work.cases.models import Case
from wangge.work.todos.models import Todo

CASE = (
    "uid", "number", "version", "state", "address", "description", "grid", "area", "lon", "lat", "source", "department", "crew",
    "asked", "imported", "reported_at", "due_at", "stage_due_at", "reworks", "passes", "reopened",
)  # fmt: skip
"""What a line of the house's list shows of the row itself."""
CLASS = ("code", "name_zh", "name_en", "kind")
DETAIL = (*CASE, "found", "limit", "filed_at", "dispatched_at", "handled_at", "closed_at")
DWELLING = ("uid", "plate", "entrance", "floor", "door")
PERSON = (
    "uid", "version", "name", "sex", "birth_date", "relation_to_head", "lives_here", "registered_here"
)  # fmt: skip
"""Without the telephone: it is sealed, and neither peer would seal."""
RESIDENCE = ("relation", "from_on", "to_on", "source")
TODO = (
    "uid", "household", "subject_kind", "subject", "department", "title_zh", "title_en", "reason_zh", "reason_en", "elements",
    "origin_room", "origin_ref", "state", "created_at", "not_before", "due_at", "minutes", "note",
)  # fmt: skip
ENVELOPE = ("uid", "seq", "kind", "happened_at", "state")


def closed_cases():
    """The list's rows, in its order."""
    return Case.objects.filter(state="closed").order_by("-reported_at", "-id")


def dwellings(grid):
    """The doors of a grid."""
    return Dwelling.objects.filter(building__in=places_in(grid))


def households(keys):
    """The households behind doors."""
    return Household.objects.filter(dwelling__in=keys).order_by("pk")


def living(keys):
    """Keys of whoever lives or is registered behind doors."""
    return doors.people_of(keys, ("living", "registered"))


def people(who):
    """These people."""
    return Person.objects.filter(pk__in=who, merged_into=None).order_by("pk")


def residences(keys, who):
    """Today's relations of these people to doors."""
    return Residence.objects.filter(
        holding(clock.today()), dwelling__in=keys, person__in=who, person__merged_into=None
    )


def todos(grid):
    """What is open in a grid and may be done now."""
    ripe = Q(not_before=None) | Q(not_before__lte=clock.now())
    return Todo.objects.filter(ripe, state="open", place__in=places_in(grid)).order_by("due_at", "id")


def new_case():
    """What an application that numbers nothing and knows no clock but the machine's writes beside what was said."""
    now = timezone.now()
    return {
        "number": uuid4().hex[:20],
        "source": "public",
        "state": "to_accept",
        "reported_at": now,
        "open_since": now,
    }
