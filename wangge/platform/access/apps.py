"""The access room as Django sees it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Tables are named ``access_…``."""

    name = "wangge.platform.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
