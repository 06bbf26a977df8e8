"""A city's own values, where they differ from the defaults in ``settings.py``."""

from __future__ import annotations

from django.db import models


class Setting(models.Model):
    """One setting; ``value`` has the shape that ``settings.SETTINGS`` documents."""

    key = models.CharField(max_length=60, unique=True)
    value = models.JSONField()
    changed_at = models.DateTimeField()


class DayOverride(models.Model):
    """A date that the national calendar doesn't know, or gets wrong for this city. Filled by an administrator."""

    day = models.DateField(unique=True)
    working = models.BooleanField()
    note = models.CharField(max_length=120, blank=True)
