"""Scenarios: what was asked for, what the planner answered, what hands changed in it, and who stands for it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wangge.platform.clock.ids import new_uid


class Scenario(models.Model):
    """A plan of grids for one area. ``plan`` is its id in ``areas``; ``settings`` and ``report`` as in ``records``.

    While it is ``planning``, ``done`` of ``total`` buildings are; ``problem`` says why one ``failed``.
    """

    STATES = [
        ("planning", "planning"),
        ("failed", "failed"),
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
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
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


class Edit(models.Model):
    """What a hand changed in a draft. Rows are only ever added; an undo is a row too, and names what it takes back.

    ``asked`` is what was asked for; ``moved`` has, by a building's key, the grid it left and the one it went to.
    """

    VERBS = [("move", "move"), ("merge", "merge"), ("split", "split"), ("undo", "undo")]

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="edits")
    n = models.PositiveIntegerField()
    verb = models.CharField(max_length=5, choices=VERBS)
    asked = models.JSONField()
    moved = models.JSONField()
    undoes = models.PositiveIntegerField(null=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scenario", "n"], name="planning_edit_number"),
            models.CheckConstraint(
                condition=(Q(verb="undo") & Q(undoes__isnull=False)) | (~Q(verb="undo") & Q(undoes=None)),
                name="planning_edit_undoes",
            ),
        ]


class Hand(models.Model):
    """Somebody who changed a scenario, once a person. Whoever approves is written here too: the database itself refuses an editor."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="hands")
    by = models.CharField(max_length=80)
    approved_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scenario", "by"], name="planning_hand_once"),
            models.CheckConstraint(condition=~Q(approved_by=F("by")), name="planning_hand_two_people"),
        ]
