"""One-time codes, attempts to guess them, bindings, consents, mandates, corrections and questions. Persons are opaque ids."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.platform.clock.ids import new_uid
from wangge.platform.stores.fields import SealedTextField
from wangge.platform.stores.sealing import INDEX_LENGTH


class Invitation(models.Model):
    """A one-time code: given at the door (worker), sent to the held number (phone), or handed to a relative (mandate).

    Only a keyed digest of the code is stored. ``account`` is the one account that may use it (a phone's); a worker's code is
    good for whoever it was given to. ``phone`` is the number typed, sealed, until the message is on its way. ``expires_at`` is
    on the domain's clock for what lasts days, on real time (as is ``recorded_at``) for what lasts minutes.
    """

    WAYS = [(w, w) for w in ("worker", "phone", "mandate")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    way = models.CharField(max_length=8, choices=WAYS)
    digest = models.CharField(max_length=INDEX_LENGTH, db_index=True)
    person = models.CharField(max_length=40, blank=True)
    account = models.CharField(max_length=80, blank=True)
    phone = SealedTextField(context="residents_invitation.phone", null=True)
    reference = models.CharField(max_length=40, blank=True)
    made_by = models.CharField(max_length=80)
    post = models.CharField(max_length=60, blank=True)
    task = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    used_by = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "way"], name="residents_invitation_person"),
            models.Index(fields=["made_by", "recorded_at"], name="residents_invitation_maker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, used_by="") | (Q(used_at__isnull=False) & ~Q(used_by="")),
                name="residents_invitation_used_by_somebody",
            )
        ]


class Attempt(models.Model):
    """Somebody typed a code. On real time: guessing is limited whatever the domain's clock says."""

    account = models.CharField(max_length=80)
    at = models.DateTimeField()
    right = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="residents_attempt_account")]


class CodeRequest(models.Model):
    """Somebody asked for a code by telephone, for a number that is held or not: both count alike."""

    account = models.CharField(max_length=80)
    number = models.CharField(max_length=INDEX_LENGTH)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="residents_request_account"),
            models.Index(fields=["number", "at"], name="residents_request_number"),
        ]


class Binding(models.Model):
    """An account is bound to a person, and how that came about. The person sees every binding and may end it."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    account = models.CharField(max_length=80)
    person = models.CharField(max_length=40, db_index=True)
    way = models.CharField(max_length=12)
    post = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="residents_binding_one"
            )
        ]


class Consent(models.Model):
    """What a person allows a department to have of theirs, what for and until when; withdrawn at any time."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.CharField(max_length=40, db_index=True)
    department = models.CharField(max_length=40)
    purpose = models.CharField(max_length=120)
    elements = models.JSONField()
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class Mandate(models.Model):
    """A relative's account may see a person's services and decline or ask for them (委托)."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.CharField(max_length=40, db_index=True)
    label = models.CharField(max_length=40)
    account = models.CharField(max_length=80, blank=True, db_index=True)
    offered_at = models.DateTimeField()
    until = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class Correction(models.Model):
    """A person says that something held about them is wrong. The value stands in the registry as what they said."""

    STATES = [(s, s) for s in ("taken", "to_confirm", "noted", "settled")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    person = models.CharField(max_length=40, db_index=True)
    element = models.CharField(max_length=60)
    observation = models.CharField(max_length=40)
    todo = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=STATES)
    outcome = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)


class Question(models.Model):
    """A person asks about one look at their data (有疑问), and what was answered in words.

    ``look`` is the number of the trail's row, which is never rewritten. ``department`` answers; empty: the data office. Who
    looked doesn't. ``limit`` is the city's at that moment (``5 工作日``), ``place`` where the person lived then.
    """

    STATES = [(s, s) for s in ("open", "answered")]

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    person = models.CharField(max_length=40, db_index=True)
    look = models.BigIntegerField()
    department = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey("areas.Place", on_delete=models.PROTECT, null=True, related_name="+")
    about = SealedTextField(context="residents_question.about", null=True)
    asked_at = models.DateTimeField()
    limit = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=STATES, default="open")
    finding = models.CharField(max_length=10, blank=True)
    answer = SealedTextField(context="residents_question.answer", null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_as = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="residents_question_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["look"], condition=Q(state="open"), name="residents_question_one_a_look"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None, answered_by="")
                | (Q(state="answered", answered_at__isnull=False) & ~Q(answered_by="") & ~Q(finding="")),
                name="residents_question_answered_by_somebody",
            ),
        ]
