"""The jobs room as Django sees it."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Tables are named ``jobs_…``."""

    name = "wangge.entry.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
