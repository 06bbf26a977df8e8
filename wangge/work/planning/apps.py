"""The planning room as Django sees it."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Tables are named ``planning_…``."""

    name = "wangge.work.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"
