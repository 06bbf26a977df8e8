"""Scenarios: what was asked for, what the planner answered, and who stands for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wangge.platform.clock.ids import new_uid


class Scenario(models.Model):
    """A plan of grids for one area. ``plan`` is its id in ``areas``; ``settings`` and ``report`` as in ``records``."""

    STATES = [
        ("draft", "draft"),
        ("approved", "approved"),
        ("in_force", "in_force"),
        ("withdrawn", "withdrawn"),
    ]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    name = models.CharField(max_length=120)
    prefix = models.CharField(max_length=24, blank=True)
    settings = models.JSONField()
    report = models.JSONField()
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    plan = models.CharField(max_length=40, blank=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    approved_by = models.CharField(max_length=80, blank=True)
    approved_at = models.DateTimeField(null=True)
    from_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix", "name"], name="planning_scenario_name"),
            models.CheckConstraint(
                condition=Q(approved_by="", approved_at=None)
                | (~Q(approved_by="") & ~Q(approved_by=F("made_by")) & Q(approved_at__isnull=False)),
                name="planning_scenario_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="in_force", from_at__isnull=False)
                | (~Q(state="in_force") & Q(from_at=None)),
                name="planning_scenario_dated_when_in_force",
            ),
        ]
