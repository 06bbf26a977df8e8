"""Classes with their filing rules, the responsibility list, cases, and the history that only grows.

A place is named by its opaque id, a grid by its code: a case keeps the grid of its day, and a new plan moves no row.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wangge.platform.clock.ids import new_uid
from wangge.platform.stores.fields import BlindIndexField, SealedTextField
from wangge.platform.stores.indexes import rare
from wangge.platform.stores.sealing import INDEX_LENGTH
from wangge.work.cases.states import FINAL

TRACKING = "cases_case.tracking"
PHONE = "cases_case.reporter_phone"


class ClassOfCase(models.Model):
    """A class of parts or events: ``P0101`` is part, big class 01, small class 01; ``E…`` are events."""

    code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=5, choices=[("part", "part"), ("event", "event")])
    big_zh = models.CharField(max_length=60, blank=True)
    big_en = models.CharField(max_length=80, blank=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    imported = models.BooleanField(default=False)


class FilingRule(models.Model):
    """When a case of a class is filed and closed, how long handling may take, and whether a photo is asked for.

    ``limit`` is written as cities write it (``4 工作时``, ``2 紧急工作时``). A class has one rule or several, by severity.
    """

    of_class = models.ForeignKey(ClassOfCase, on_delete=models.PROTECT, related_name="rules")
    number = models.PositiveSmallIntegerField(default=1)
    filing = models.CharField(max_length=300, blank=True)
    closing = models.CharField(max_length=300, blank=True)
    limit = models.CharField(max_length=20)
    photo_required = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of_class", "number"], name="cases_rule_number")]


class Responsibility(models.Model):
    """A line of the responsibility list: cases of these classes in this area are this department's, by this clause.

    ``class_code`` and ``area`` are prefixes; the longest that fit decide.
    """

    class_code = models.CharField(max_length=12)
    area = models.CharField(max_length=24, blank=True)
    department = models.CharField(max_length=40)
    clause = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["class_code", "area"], name="cases_responsibility_once")
        ]


class Counter(models.Model):
    """The last number given to a case on a day."""

    day = models.DateField(unique=True)
    last = models.PositiveIntegerField(default=0)


class Case(models.Model):
    """A case as it stands. What its steps say is said there; the columns below ``state`` are their sum (``progress``).

    ``open_since`` is ``reported_at`` while a case is open, else nothing: the few open cases among millions are found, and
    found in order, by its index. ``reporter_phone_index`` is for one question only: what else the same caller reported
    (``callers``).
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    tracking = models.CharField(max_length=INDEX_LENGTH, null=True, unique=True)
    of_class = models.ForeignKey(ClassOfCase, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.ForeignKey(FilingRule, on_delete=models.PROTECT, null=True, related_name="+")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    place = models.CharField(max_length=40, blank=True)
    grid = models.CharField(max_length=24, blank=True)
    area = models.CharField(max_length=24, blank=True)
    address = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=12)
    reporter = models.CharField(max_length=80, blank=True, db_index=True)
    reporter_person = models.CharField(max_length=40, blank=True)
    reporter_phone = SealedTextField(context=PHONE, null=True)
    reporter_phone_index = BlindIndexField(of="reporter_phone", null=True, db_index=False)
    reported_at = models.DateTimeField()
    imported = models.BooleanField(default=False)
    outside_number = models.CharField(max_length=80, null=True, unique=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False
    )

    state = models.CharField(max_length=12)
    open_since = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    department = models.CharField(max_length=40, blank=True)
    crew = models.CharField(max_length=80, blank=True)
    found = models.CharField(max_length=10, blank=True)
    asked = models.CharField(max_length=10, blank=True)
    limit = models.CharField(max_length=20, blank=True)
    used = models.CharField(max_length=60, default="0")
    clock_since = models.DateTimeField(null=True)
    clock_stopped_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    stage_due_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    counts_at = models.DateTimeField(null=True)
    reworks = models.PositiveSmallIntegerField(default=0)
    passes = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    rated = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["open_since", "id"], name="cases_case_open"),
            models.Index(fields=["state", "reported_at"], name="cases_case_state"),
            models.Index(fields=["reported_at"], condition=Q(grid=""), name="cases_case_without_grid"),
            models.Index(fields=["department", "state", "due_at"], name="cases_case_department"),
            models.Index(fields=["-reported_at", "id"], name="cases_case_reported"),
            models.Index(fields=["area", "-reported_at", "id"], name="cases_case_area"),
            models.Index(fields=["counts_at"], name="cases_case_counts"),
            models.Index(fields=["filed_at"], name="cases_case_filed"),
            models.Index(fields=["of_class", "lat", "lon"], name="cases_case_near"),
            rare("merged_into", "cases_case_merged"),
            rare("reporter_phone_index", "cases_case_caller"),
            models.Index(fields=["reporter_person"], name="cases_case_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lon=None, lat=None) | Q(lon__isnull=False, lat__isnull=False),
                name="cases_case_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(clock_stopped_at=None) | Q(clock_stopped_at__gte=F("clock_since")),
                name="cases_case_clock",
            ),
            models.CheckConstraint(
                condition=Q(open_since=None, state__in=FINAL)
                | (Q(open_since=F("reported_at")) & ~Q(state__in=FINAL)),
                name="cases_case_open_since",
            ),
            models.CheckConstraint(
                condition=Q(imported=False) | Q(counts_at=None), name="cases_case_imported_never_counts"
            ),
        ]


class Step(models.Model):
    """One thing that was done to a case. Rows are only ever added.

    ``post`` is the role acted under, ``name`` the name of the staff member then (never a resident's). ``at`` is when we
    learnt of it, ``seen_at`` when it was seen on site. ``limit`` is the time that dispatching set, or that an extension gave;
    ``due_at`` and ``stage_due_at`` are as they stood afterwards.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    n = models.PositiveIntegerField()
    verb = models.CharField(max_length=20)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    by = models.CharField(max_length=80)
    post = models.CharField(max_length=80)
    name = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    clock = models.CharField(max_length=8, blank=True)
    department = models.CharField(max_length=40, blank=True)
    crew = models.CharField(max_length=80, blank=True)
    found = models.CharField(max_length=10, blank=True)
    limit = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(null=True)
    stage_due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "n"], name="cases_step_n")]
        indexes = [models.Index(fields=["verb", "at"], name="cases_step_verb")]


class Attachment(models.Model):
    """A photo kept in ``stores``, and the state in which it was taken."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    photo = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()


class Application(models.Model):
    """A department asks to give a case back, for more time, or to shelve it; an approver decides.

    ``amount`` is the time asked for and, once granted, the time given; ``until`` the day a shelved case is expected back.
    """

    OUTCOMES = [("", "open"), ("granted", "granted"), ("refused", "refused"), ("lapsed", "lapsed")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(max_length=10)
    reason = models.CharField(max_length=500)
    amount = models.CharField(max_length=20, blank=True)
    until = models.DateField(null=True)
    department = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, blank=True, choices=OUTCOMES)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(outcome=""), name="cases_application_one_open"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by="", decided_at=None)
                | (~Q(outcome="") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="cases_application_who_and_when",
            ),
        ]


class Rating(models.Model):
    """What the reporter says of a closed case; after a reopening there may be another."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    solved = models.BooleanField()
    satisfied = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="cases_rating_once"),
            models.CheckConstraint(
                condition=Q(satisfied__gte=1, satisfied__lte=5), name="cases_rating_scale"
            ),
        ]


class HandOver(models.Model):
    """A page of the hand-over book (交接班): what one shift of an axis leaves to the next. Written once, taken over once.

    ``area`` is the prefix of the writer's post; ``figures`` are the queues of the axis as they stood (name → how many).
    """

    AXES = [("supervision", "supervision"), ("command", "command")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    axis = models.CharField(max_length=11, choices=AXES)
    area = models.CharField(max_length=24, blank=True)
    by = models.CharField(max_length=80)
    post = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    at = models.DateTimeField()
    said = models.CharField(max_length=1000, blank=True)
    figures = models.JSONField(default=dict)
    taken_by = models.CharField(max_length=80, blank=True)
    taken_post = models.CharField(max_length=80, blank=True)
    taken_name = models.CharField(max_length=80, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["axis", "-at"], name="cases_handover_book")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by="", taken_post="", taken_at=None)
                | (~Q(taken_by="") & ~Q(taken_post="") & Q(taken_at__isnull=False)),
                name="cases_handover_who_and_when",
            ),
            models.CheckConstraint(condition=~Q(taken_by=F("by")), name="cases_handover_by_another"),
        ]


class NamedCase(models.Model):
    """A case that a hand-over names, in the order of naming; ``state`` as it was then."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="named")
    n = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "case"], name="cases_named_once"),
            models.UniqueConstraint(fields=["hand_over", "n"], name="cases_named_n"),
        ]
