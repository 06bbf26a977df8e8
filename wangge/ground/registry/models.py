"""People, households, dwellings, organisations and parts; what was observed of them, and whom departments' rows mean.

``Person`` has one typed column for each registered element whose holder is a person: the current fold, never written by
hand (``folding`` writes it). What isn't registered has no column.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.ground.registry.sources import SourcesField
from wangge.ground.registry.values import SEALED, column_of
from wangge.platform.clock.ids import new_uid
from wangge.platform.elements.registry import of_holder
from wangge.platform.stores.fields import BlindIndexField, SealedTextField
from wangge.platform.stores.indexes import rare

RELATIONS = [(r, r) for r in ("registered", "living", "owner", "tenant")]


class Dwelling(models.Model):
    """A dwelling behind one door. ``plate`` is the code on its own door plate, if it has one; ``area`` in square metres."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    building = models.ForeignKey("areas.Building", on_delete=models.PROTECT, related_name="+", db_index=False)
    entrance = models.CharField(max_length=10, blank=True)
    floor = models.SmallIntegerField(null=True)
    door = models.CharField(max_length=20)
    area = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    plate = models.CharField(max_length=40, null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["building", "entrance", "door"], name="registry_dwelling_door")
        ]


class Household(models.Model):
    """A household: those whom one household number (户号) joins, or who live together without one."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    number = models.CharField(max_length=40, null=True, unique=True)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, null=True, related_name="households")


class Person(models.Model):
    """A person. Columns of elements are added below; all others hold the row together and say nothing about a person.

    ``home`` follows from the relations to dwellings: where the person lives, else where they are registered. ``own`` is a row
    beside this one that holds what is known of this person alone, where others were merged into them (see ``merging``).
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False
    )
    own = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="members")
    home = models.ForeignKey(Dwelling, on_delete=models.PROTECT, null=True, related_name="people")
    sources = SourcesField(default="[]")
    version = models.IntegerField(default=0)
    changed_seq = models.BigIntegerField(default=0, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["name"], name="registry_person_name"),
            rare("merged_into", "registry_person_merged"),
            rare("own", "registry_person_own"),
        ]


STRUCTURE = frozenset(
    {"id", "uid", "merged_into", "own", "household", "home", "sources", "version", "changed_seq"}
)
"""Columns of a person that are no elements."""

ELEMENT_COLUMNS = tuple(one.code for one in of_holder("person"))
"""Columns of a person that are elements: exactly the registered ones."""

INDEX_COLUMNS = {code: f"{code}_index" for code in ELEMENT_COLUMNS if code in SEALED}
"""Sealed element → column of its blind index."""

for _element in of_holder("person"):
    Person.add_to_class(_element.code, column_of(_element))
    if _element.code in SEALED:
        Person.add_to_class(INDEX_COLUMNS[_element.code], BlindIndexField(of=_element.code, null=True))


class Dissent(models.Model):
    """What a voice says today that the fact contradicts: a sparse row, so that neither value of a conflict is lost."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="dissents", db_index=False)
    element = models.CharField(max_length=60)
    voice = models.CharField(max_length=40)
    value = SealedTextField(context="registry_dissent.value", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "element", "voice"], name="registry_dissent_once")
        ]


class Residence(models.Model):
    """A dated relation of a person to a dwelling; several hold at once. ``to_on`` is the first day on which it no longer holds.

    ``source`` is a department's code or the id of an observation. ``written_for`` is the person it was written for, where a
    merge handed it on.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, related_name="residences", db_index=False
    )
    relation = models.CharField(max_length=10, choices=RELATIONS)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    source = models.CharField(max_length=60, blank=True)
    written_for = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(fields=["dwelling", "relation"], name="registry_residence_dwelling"),
            models.Index(fields=["from_on"], name="registry_residence_from"),
            models.Index(fields=["to_on"], name="registry_residence_to"),
            rare("written_for", "registry_residence_handed_on"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(from_on=None) | Q(to_on__gte=models.F("from_on")),
                name="registry_residence_dates",
            )
        ]


class Kin(models.Model):
    """``other`` is ``person``'s …: a kinship by its code of GB/T 4761 (10 spouse, 20 son, 51 father …)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="kin", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kinship = models.CharField(max_length=4)
    written_for = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other", "kinship"], name="registry_kin_once"),
            models.CheckConstraint(condition=~Q(person=models.F("other")), name="registry_kin_of_another"),
        ]
        indexes = [rare("written_for", "registry_kin_handed_on")]


class Batch(models.Model):
    """A department's file whose rows were folded: which feed, which batch of ``hub``, and of when it is."""

    feed = models.CharField(max_length=60)
    department = models.CharField(max_length=40)
    batch = models.CharField(max_length=40)
    observed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "batch"], name="registry_batch_once")]


class Link(models.Model):
    """A row of a batch means this person, and how that was decided. The row itself stays in its batch."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="links", db_index=False)
    row = models.IntegerField()
    probability = models.FloatField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="registry_link_row")]


class Observation(models.Model):
    """One element of one subject, as somebody found it. Stored first, folded second, never changed afterwards.

    ``waiting``: nobody knows its subject yet. ``routed``: the subject lives outside the observer's areas; it waits for whoever
    is on duty there. ``person`` stood for the subject when it was folded or routed; ``folded_version`` is that one's version
    with it.
    """

    STATES = [(s, s) for s in ("stored", "waiting", "routed", "folded", "conflict")]

    uid = models.UUIDField(unique=True)
    subject_kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    element = models.CharField(max_length=60)
    value = SealedTextField(context="registry_observation.value", null=True)
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    task = models.CharField(max_length=80, blank=True)
    voice = models.CharField(max_length=8)
    base_version = models.IntegerField(null=True)
    folded_version = models.IntegerField(null=True)
    state = models.CharField(max_length=10, choices=STATES, default="stored")
    adopted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "element"], name="registry_observation_subject"),
            models.Index(
                fields=["state", "person"], name="registry_observation_open", condition=~Q(state="folded")
            ),
            models.Index(fields=["person", "element"], name="registry_observation_person"),
        ]


class Merge(models.Model):
    """Two persons were one, until they were two after all."""

    keep = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_away")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    split_at = models.DateTimeField(null=True)
    split_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(split_at=None, split_by="") | (Q(split_at__isnull=False) & ~Q(split_by="")),
                name="registry_merge_split_by_somebody",
            )
        ]


class Counter(models.Model):
    """The place of the last change (see ``sequence``): one row, locked by whoever changes persons."""

    name = models.CharField(max_length=20, unique=True)
    value = models.BigIntegerField(default=0)


class Organisation(models.Model):
    """A company, institution or shop. Its ``credit_code`` is the unified social credit code (GB 32100)."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    credit_code = models.CharField(max_length=18, null=True, unique=True)
    name = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    place = models.ForeignKey("areas.Place", on_delete=models.PROTECT, null=True, related_name="+")


class Part(models.Model):
    """A part (部件): a manhole cover, a lamp, a bin. ``code`` has 16 digits: division, big class, small class, serial."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    class_code = models.CharField(max_length=10)
    name = models.CharField(max_length=80, blank=True)
    place = models.ForeignKey("areas.Place", on_delete=models.PROTECT, related_name="+")
    department = models.CharField(max_length=40, blank=True)
