"""Admissions (准入清单), to-dos, attempts, and knocks at doors."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.platform.clock.ids import new_uid


class Admission(models.Model):
    """A matter that may be asked of the grid. What isn't here, or has ended, doesn't enter an inbox."""

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    department = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    basis = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField()
    funds = models.CharField(max_length=80, blank=True)
    invited = models.BooleanField(default=False)
    urgent = models.BooleanField(default=False)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(urgent=False) | Q(to_on__isnull=False), name="todos_admission_urgent_ends"
            )
        ]


class Todo(models.Model):
    """One matter at one place. Its grid and its worker are not stored: they are asked when it is read."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("areas.Place", on_delete=models.PROTECT, related_name="+")
    household = models.CharField(max_length=40, blank=True)
    subject_kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    department = models.CharField(max_length=40)
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160)
    reason_zh = models.TextField()
    reason_en = models.TextField()
    elements = models.JSONField(default=list)
    origin_room = models.CharField(max_length=20)
    origin_ref = models.CharField(max_length=80)
    state = models.CharField(max_length=12, default="open")
    created_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [
            # In the order of a city's lists, and kept for one state each: a full index on the state would be taken for every
            # worker's inbox too, which then reads all that is open in the city instead of what waits at its places.
            models.Index(fields=["due_at", "id", "state"], condition=Q(state="open"), name="todos_todo_open"),
            models.Index(
                fields=["due_at", "id", "state"], condition=Q(state="settled"), name="todos_todo_settled"
            ),
            models.Index(fields=["place", "state"], name="todos_todo_place"),
            models.Index(fields=["subject", "state"], name="todos_todo_subject"),
            models.Index(fields=["department", "state"], name="todos_todo_department"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin_room", "origin_ref", "admission"],
                condition=Q(state="open"),
                name="todos_todo_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None, outcome="")
                | (Q(state="settled", settled_at__isnull=False) & ~Q(outcome="") & ~Q(settled_by=""))
                | Q(state="withdrawn", settled_at__isnull=False),
                name="todos_todo_settled_whole",
            ),
        ]


class Attempt(models.Model):
    """Every time somebody was there, also in vain."""

    todo = models.ForeignKey(Todo, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    outcome = models.CharField(max_length=20)
    minutes = models.PositiveIntegerField(null=True)


class Knock(models.Model):
    """An uninvited visit to a household: departments share one budget of them. One visit, however many matters."""

    household = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "day"], name="todos_knock_day")]
