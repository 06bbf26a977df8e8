"""Plain Django: ``values()`` into ``JsonResponse``, ``create()`` out of ``json.loads``. Session and CSRF as Django has them."""

from __future__ import annotations

import json
from functools import wraps

from django.db import transaction
from django.http import HttpResponseForbidden, JsonResponse
from django.utils import timezone

from benchmarks.peers import rows
from wangge.entry.field.models import Envelope
from wangge.ground.areas import queries as areas
from wangge.work.cases.models import Case, ClassOfCase


def signed_in(view):
    """Only for whoever has a session."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return HttpResponseForbidden()
        return view(request, *args, **kwargs)

    return guarded


@signed_in
def report(request):
    """One row of ``cases_case``."""
    said = json.loads(request.body)
    of_class = ClassOfCase.objects.values_list("pk", flat=True).get(code=said["class_code"])
    made = Case.objects.create(
        of_class_id=of_class, lon=said["lon"], lat=said["lat"], address=said["address"],
        description=said["description"], **rows.new_case(),
    )  # fmt: skip
    return JsonResponse({"uid": made.uid, "number": made.number})


@signed_in
def cases(request):
    """Fifty rows with their class, and how many there are."""
    found = rows.closed_cases()
    page = found.values(*rows.CASE, *(f"of_class__{one}" for one in rows.CLASS))
    return JsonResponse({"total": found.count(), "items": list(page[:50])})


@signed_in
def case(request, uid):
    """One row with its class."""
    named = (f"of_class__{one}" for one in rows.CLASS)
    return JsonResponse(Case.objects.values(*rows.DETAIL, *named).get(uid=uid))


def at(request):
    """The house's own answer: there is no plain way to find the shape that holds a point."""
    found = areas.position(float(request.GET["lon"]), float(request.GET["lat"]))
    return JsonResponse({"grid": found.grid, "community": found.community})


@signed_in
def bundle(request, grid):
    """The grid's rows of five tables."""
    doors = list(rows.dwellings(grid).values("pk", *rows.DWELLING, "building__address", "building__compound"))
    keys = [one.pop("pk") for one in doors]
    who = rows.living(keys)
    return JsonResponse({
        "dwellings": doors,
        "households": list(rows.households(keys).values("uid", "dwelling__uid")),
        "people": list(rows.people(who).values(*rows.PERSON, "household__uid")),
        "relations": list(rows.residences(keys, who).values(*rows.RESIDENCE, "person__uid", "dwelling__uid")),
        "todos": list(rows.todos(grid).values(*rows.TODO)),
    })  # fmt: skip


@signed_in
def outbox(request):
    """The envelopes as they lie, in one statement; nothing is done about them."""
    actor, now = str(request.user.pk), timezone.now()
    sent = [
        Envelope(
            uid=one["uid"], actor=actor, seq=one["seq"], kind=one["body"]["kind"], happened_at=one["at"],
            received_at=now, state="accepted",
        )
        for one in json.loads(request.body)["envelopes"]
    ]  # fmt: skip
    with transaction.atomic():
        Envelope.objects.bulk_create(sent, ignore_conflicts=True)
    return JsonResponse({"receipts": [{"uid": one.uid, "state": one.state} for one in sent]})
