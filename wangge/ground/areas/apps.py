"""The areas room as Django sees it."""

from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Tables are named ``areas_…``."""

    name = "wangge.ground.areas"
    label = "areas"
    default_auto_field = "django.db.models.BigAutoField"
