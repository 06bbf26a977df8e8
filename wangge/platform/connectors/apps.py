"""The Django app of the room `connectors`."""

from __future__ import annotations

from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    """Tables are named `connectors_…`."""

    name = "wangge.platform.connectors"
    label = "connectors"
    default_auto_field = "django.db.models.BigAutoField"
