"""Users, departments, dated grants, devices, purposes and allowances."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from wangge.platform.clock.ids import new_uid


class Department(models.Model):
    """A department of the city, or a unit of one that handles cases. Elsewhere it is named by ``code``."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)


class UserManager(BaseUserManager["User"]):
    """Creates users; names are compared as typed."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """A user with a usable password, or with none."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. ``person`` is the opaque id of the resident this account is bound to, if it is."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    username = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    person = models.CharField(max_length=40, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]  # Django declares it as a class variable

    def get_short_name(self) -> str:
        """The name shown in a corner of the page."""
        return self.name or self.username


class Grant(models.Model):
    """A role, in an area (a prefix of area codes; empty is the whole city), for a department, from a moment to another."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30)
    area = models.CharField(max_length=24, blank=True)
    department = models.CharField(max_length=40, blank=True)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    origin = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["role", "area"], name="access_grant_role"),
            models.Index(fields=["origin"], name="access_grant_origin"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_at=None) | models.Q(to_at__gte=models.F("from_at")),
                name="access_grant_dates",
            )
        ]


class Device(models.Model):
    """A phone that carries a bundle. The token is shown once and kept as a digest."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(max_length=80)
    token_digest = models.CharField(max_length=64, unique=True)
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Purpose(models.Model):
    """Why somebody may open a person: a task in hand, until it ends.

    ``holder`` is an actor's id, or the post of a grid (``post:<grid code>``): whoever is on duty there holds it.
    """

    holder = models.CharField(max_length=80)
    subject = models.CharField(max_length=40)
    task = models.CharField(max_length=80)
    purpose = models.CharField(max_length=120)
    from_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "holder"], name="access_purpose_subject"),
            models.Index(fields=["task"], name="access_purpose_task"),
        ]


class Allowance(models.Model):
    """What an agreement, a consent or a mandate allows: dated, written downwards by hub and residents.

    ``holder`` is a department's code (agreement) or an actor's id (mandate); ``subject`` is empty where it concerns everybody
    in the agreement's scope.
    """

    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=80)
    holder = models.CharField(max_length=80)
    subject = models.CharField(max_length=40, blank=True)
    element = models.CharField(max_length=60)
    purpose = models.CharField(max_length=120)
    from_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["holder", "element"], name="access_allowance_holder"),
            models.Index(fields=["kind", "reference"], name="access_allowance_ref"),
        ]
