"""The Django app of the room `stores`."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks


class StoresConfig(AppConfig):
    """Tables are named `stores_…`."""

    name = "wangge.platform.stores"
    label = "stores"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What the database must be is checked before anything is written to it."""
        from wangge.platform.stores import postgresql

        checks.register(postgresql.fit, checks.Tags.database)
