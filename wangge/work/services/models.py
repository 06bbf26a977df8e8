"""Programmes, the dated versions of their rules, and entitlements: one offer to one person, from finding to outcome.

A person is named by an opaque id as it was when the offer arose; after a merge ``registry.current`` leads there.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wangge.platform.clock.ids import new_uid
from wangge.work.services.states import DECIDED, STATES


class Programme(models.Model):
    """A service that a department offers."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)
    department = models.CharField(max_length=40, db_index=True)
    screened_at = models.DateTimeField(null=True)


class Version(models.Model):
    """A programme's rule from a day on, with all that it may read and how the service is brought.

    ``rule`` is the text as the officer typed it; ``asks`` are conditions that must hold before the service can be given.
    ``to_on`` is the last day; without one it holds until a later version begins. What was corrected stays, ``replaced``.
    """

    MODES = [(m, m) for m in ("no_application", "by_telephone", "on_behalf", "at_the_door")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    replaced = models.BooleanField(default=False)
    mode = models.CharField(max_length=16, choices=MODES)
    kind = models.CharField(max_length=20, default="service")
    basis = models.CharField(max_length=200)
    purpose = models.CharField(max_length=60)
    rule = models.TextField()
    elements = models.JSONField()
    asks = models.JSONField(default=list)
    minutes = models.PositiveIntegerField()
    due_days = models.PositiveIntegerField()
    decline_days = models.PositiveIntegerField()
    again_days = models.PositiveIntegerField(null=True)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "from_on"], condition=Q(replaced=False), name="services_version_from"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="services_version_dates"
            ),
        ]


class Entitlement(models.Model):
    """What a rule found about a person and what became of it (``states``). ``round`` counts offers of the same service.

    ``stands`` is what the rule said last; it never undoes what people decided. ``missing`` are the codes (with
    commas) of the elements that would settle an open answer, ``to_ask`` of those that are needed to give the service. ``reason_…`` is the sentence that the person reads.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="entitlements")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=40)
    place = models.ForeignKey("areas.Place", on_delete=models.PROTECT, null=True, related_name="+")
    round = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=[(s, s) for s in STATES])
    stands = models.BooleanField(default=True)
    missing = models.CharField(max_length=600, blank=True)
    to_ask = models.CharField(max_length=600, blank=True)
    reason_zh = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    decline_until = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=400, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "state"], name="services_entitlement_state"),
            models.Index(fields=["person"], name="services_entitlement_person"),
            # Of confirmed ones alone: an index on the state of all is taken for every list, which then reads the whole city's.
            models.Index(
                fields=["decline_until"], condition=Q(state="confirmed"), name="services_entitlement_due"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "round"], name="services_entitlement_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by="", decided_at=None)
                | (~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="services_entitlement_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(decided_at__isnull=False),
                name="services_entitlement_decided_by_somebody",
            ),
        ]

    @property
    def asked(self) -> list[str]:
        """Codes of what is to be asked for before the service can be given."""
        return [code for code in self.to_ask.split(",") if code]

    @property
    def lacking(self) -> list[str]:
        """Codes of everything that is not held and matters here."""
        return [code for code in self.missing.split(",") if code] + self.asked
