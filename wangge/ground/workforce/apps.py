"""The workforce room as Django sees it."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """Tables are named ``workforce_…``."""

    name = "wangge.ground.workforce"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"
