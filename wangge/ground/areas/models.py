"""Divisions, plans of grids, places, buildings and addresses, the base map, and others' dated codes for them.

Positions are degrees of longitude and latitude, CGCS2000 (EPSG:4490); shapes are WKB in the same system.
Nothing here speaks of a person: a building knows how many households live in it, not who they are.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.platform.clock.ids import new_uid

LEVELS = [("city", "city"), ("district", "district"), ("street", "street"), ("community", "community")]


class Extent(models.Model):
    """A shape that the map finds: its box in degrees, and the smallest Morton quadrant that holds the box."""

    wkb = models.BinaryField(null=True)
    quadrant = models.BigIntegerField(null=True, db_index=True)
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)

    class Meta:
        abstract = True


class Division(Extent):
    """A city, district, street or community; one that was merged away has ended (see ``Crosswalk``)."""

    code = models.CharField(max_length=20, unique=True)
    level = models.CharField(max_length=10, choices=LEVELS)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    parent = models.CharField(max_length=20, blank=True, db_index=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["level", "code"], name="areas_division_level")]


class Edition(models.Model):
    """A stamp that is new after every change of its subject: it proves what a process keeps in memory."""

    subject = models.CharField(max_length=20, unique=True)
    stamp = models.UUIDField(default=new_uid)


class Plan(models.Model):
    """The whole city cut into grids. The one that came into force last is in force: one row says it all.

    ``prefix`` is the part that was planned anew; the rest was taken over from ``base``. While it is
    ``preparing``, nobody but the run that makes it knows of it. ``placed_to`` is the last place it placed.
    """

    STATES = [
        ("preparing", "preparing"),
        ("draft", "draft"),
        ("approved", "approved"),
        ("in_force", "in_force"),
    ]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    version = models.IntegerField(unique=True)
    state = models.CharField(max_length=10, choices=STATES, default="preparing")
    prefix = models.CharField(max_length=24, blank=True)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    approved_by = models.CharField(max_length=80, blank=True)
    from_at = models.DateTimeField(null=True, db_index=True)
    placed_to = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="in_force", from_at__isnull=False)
                | (~Q(state="in_force") & Q(from_at=None)),
                name="areas_plan_dated_when_in_force",
            )
        ]


class Grid(Extent):
    """A grid of one plan. Its code is its community's and a number, as long as the city's layout says."""

    KINDS = [("responsibility", "responsibility"), ("dedicated", "dedicated")]

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="grids")
    code = models.CharField(max_length=24)
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=14, choices=KINDS, default="responsibility")
    community = models.CharField(max_length=20)
    households = models.IntegerField(default=0)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="areas_grid_code")]


class Place(models.Model):
    """Where something stands: a building, or a bare point at which a case or a to-do is."""

    KINDS = [("building", "building"), ("point", "point")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=KINDS)
    lon = models.FloatField()
    lat = models.FloatField()
    morton = models.BigIntegerField(db_index=True)
    community = models.CharField(max_length=20, blank=True, db_index=True)


class Placement(models.Model):
    """The grid of a place under a plan, written when the plan is prepared: coming into force moves no row."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="placements", db_index=False)
    grid = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "plan"], name="areas_placement_once")]
        indexes = [models.Index(fields=["plan", "grid", "place"], name="areas_placement_grid")]


class Building(models.Model):
    """A building; its key is its place's. ``plate`` is today's door-plate code; ``households`` live in it."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, primary_key=True, related_name="building")
    plate = models.CharField(max_length=40, null=True, unique=True)
    address = models.CharField(max_length=200, blank=True)
    compound = models.CharField(max_length=80, blank=True)
    floors = models.SmallIntegerField(null=True)
    lift = models.BooleanField(null=True)
    households = models.IntegerField(default=0)
    wkb = models.BinaryField(null=True)


class Entrance(models.Model):
    """An entrance (单元) of a building."""

    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="entrances", db_index=False)
    number = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["building", "number"], name="areas_entrance_number")]


class Address(models.Model):
    """A written address of a building, as it is now or (``alias``) as people and old files still write it."""

    building = models.ForeignKey(Building, on_delete=models.CASCADE, related_name="addresses")
    road = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=20, blank=True)
    compound = models.CharField(max_length=80, blank=True)
    block = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=200, db_index=True)
    alias = models.BooleanField(default=False)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)


class Base(Extent):
    """A line or surface of the base map; ``rank`` 1 is the largest, drawn first."""

    KINDS = [("road", "road"), ("water", "water")]

    kind = models.CharField(max_length=10, choices=KINDS)
    name = models.CharField(max_length=80, blank=True)
    rank = models.SmallIntegerField(default=5)

    class Meta:
        indexes = [models.Index(fields=["kind", "rank"], name="areas_base_kind")]


class OutsideCode(models.Model):
    """A code that others give to something of ours, from a day until another; an alias is a second one."""

    kind = models.CharField(max_length=20)
    object = models.CharField(max_length=40)
    scheme = models.CharField(max_length=40)
    code = models.CharField(max_length=80)
    alias = models.BooleanField(default=False)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["code", "scheme"], name="areas_outside_code"),
            models.Index(fields=["kind", "object"], name="areas_outside_object"),
        ]


class Crosswalk(models.Model):
    """From a day on, a share (by households, 0 to 1) of an old division lies in a new one."""

    old = models.CharField(max_length=20)
    new = models.CharField(max_length=20, db_index=True)
    from_on = models.DateField()
    share = models.FloatField(default=1.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new", "from_on"], name="areas_crosswalk_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="areas_crosswalk_share"),
        ]
