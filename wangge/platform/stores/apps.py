"""The Django app of the room `stores`."""

from __future__ import annotations

from django.apps import AppConfig


class StoresConfig(AppConfig):
    """Tables are named `stores_…`."""

    name = "wangge.platform.stores"
    label = "stores"
    default_auto_field = "django.db.models.BigAutoField"
