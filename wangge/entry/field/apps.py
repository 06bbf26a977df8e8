"""The field room as Django sees it."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """Tables are named ``field_…``."""

    name = "wangge.entry.field"
    label = "field"
    default_auto_field = "django.db.models.BigAutoField"
