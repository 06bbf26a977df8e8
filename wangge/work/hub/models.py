"""Agreements, feeds, mappings, deliveries, pairs to review, and what goes back to departments."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wangge.platform.clock.ids import new_uid
from wangge.platform.stores.fields import SealedTextField


class Agreement(models.Model):
    """What a department may give or get, for what, until when. Without one in force nothing moves."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    department = models.CharField(max_length=40)
    direction = models.CharField(max_length=3, choices=[("in", "in"), ("out", "out")])
    purpose = models.CharField(max_length=120)
    elements = models.JSONField()
    document = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="hub_agreement_dates"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                name="hub_agreement_ended_whole",
            ),
        ]


class Feed(models.Model):
    """A file that a department delivers again and again. ``makes_persons``: whom nobody knows yet becomes known.

    ``second`` says what a row's second person is (see ``records.SecondPerson``, without its columns); empty: a row is one person.
    ``absent`` is what it means not to be in the file, element → value, where the department keeps the list complete: whoever
    is not on the payout roster doesn't receive. It is never stored as a fact about anybody; screening reads it.
    """

    code = models.CharField(max_length=40, unique=True)
    department = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="feeds")
    makes_persons = models.BooleanField(default=False)
    absent = models.JSONField(default=dict)
    second = models.JSONField(default=dict)


class ColumnMapping(models.Model):
    """A column of a feed's files and the element it holds; an empty element: the column is left out.

    ``part`` is 2 where the column speaks of the row's second person.

    ``values`` are the department's own words for an element's values, word → value.
    """

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="mapping")
    column = models.CharField(max_length=120)
    element = models.CharField(max_length=60, blank=True)
    part = models.PositiveSmallIntegerField(default=1)
    values = models.JSONField(default=dict)
    confirmed_by = models.CharField(max_length=80)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "column"], name="hub_mapping_column"),
            models.UniqueConstraint(
                fields=["feed", "part", "element"], condition=~Q(element=""), name="hub_mapping_element"
            ),
        ]


class Delivery(models.Model):
    """One file of a feed and how far it has come. ``raw``, ``standard`` and ``links`` are batches in the stores.

    ``unlinked_rows`` found nobody so far, ``repeated_rows`` speak of somebody whom an earlier row of the file means;
    ``doubles`` counts pairs of persons that were known apart and that a row shows to be one.
    """

    STATES = [(s, s) for s in ("received", "standardised", "linked", "folded", "done")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="deliveries")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=80)
    state = models.CharField(max_length=12, choices=STATES, default="received")
    rows = models.IntegerField()
    bad_rows = models.IntegerField(default=0)
    linked_rows = models.IntegerField(default=0)
    unlinked_rows = models.IntegerField(default=0)
    repeated_rows = models.IntegerField(default=0)
    doubles = models.IntegerField(default=0)
    new_persons = models.IntegerField(default=0)
    folded_to = models.IntegerField(default=0)
    columns = models.JSONField()
    second_columns = models.JSONField(default=list)
    refused_columns = models.JSONField()
    raw = models.JSONField()
    standard = models.JSONField(null=True)
    links = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "sha256"], name="hub_delivery_once")]


class RowFault(models.Model):
    """What is wrong in a row of a delivery. No values: they stay in the batch."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="faults")
    row = models.IntegerField()
    column = models.CharField(max_length=120)
    code = models.CharField(max_length=40)
    expected = models.CharField(max_length=200)
    advice = models.CharField(max_length=300)


class UnsurePair(models.Model):
    """A row and a person (or another row) that may be the same; people decide. ``row`` is a line (see ``registry.parts``).

    Of a pair that is the same, ``joined`` was merged into ``kept``: ids that stood then, to part them by.
    """

    STATES = [(s, s) for s in ("open", "same", "different", "at_the_door")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="pairs")
    row = models.IntegerField()
    person = models.CharField(max_length=40, db_index=True)
    probability = models.FloatField()
    veto = models.CharField(max_length=40, blank=True)
    weights = models.JSONField()
    state = models.CharField(max_length=12, choices=STATES, default="open", db_index=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    kept = models.CharField(max_length=40, blank=True)
    joined = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "row", "person"], name="hub_pair_once"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None, decided_by="")
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="hub_pair_decided_whole",
            ),
        ]


class Confirmation(models.Model):
    """A conflict between two sources that somebody settles; ``offered`` is what the feed said in line ``row``."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="confirmations")
    row = models.IntegerField()
    person = models.CharField(max_length=40)
    element = models.CharField(max_length=60)
    held_source = models.CharField(max_length=40)
    offered = SealedTextField(context="hub_confirmation.offered", null=True)
    state = models.CharField(max_length=12, default="open")
    outcome = models.CharField(max_length=20, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "element"], condition=Q(state="open"), name="hub_confirmation_one_open"
            )
        ]


class ReturnRow(models.Model):
    """A line of a department's return feed: an outcome at a door, or a correction of what it delivered.

    A correction says what the department ``said`` in which row of which delivery, the ``value`` found instead, ``at`` what
    moment, under which ``task``, and by whom (``source``: ``task`` or ``door`` for the grid, else the department whose word
    stands). Never the name of a worker.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    department = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=12, choices=[("outcome", "outcome"), ("correction", "correction")])
    reference = models.CharField(max_length=120)
    person = models.CharField(max_length=40)
    feed = models.CharField(max_length=40, blank=True)
    delivery = models.CharField(max_length=40, blank=True)
    row = models.IntegerField(null=True)
    part = models.PositiveSmallIntegerField(default=1)
    element = models.CharField(max_length=60, blank=True)
    said = SealedTextField(context="hub_returnrow.said", null=True)
    value = SealedTextField(context="hub_returnrow.value", null=True)
    source = models.CharField(max_length=40, blank=True)
    task = models.CharField(max_length=80, blank=True)
    programme = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "kind", "reference", "element"], name="hub_return_once"
            )
        ]
