"""The city room as Django sees it."""

from django.apps import AppConfig


class CityConfig(AppConfig):
    """Tables are named ``city_…``."""

    name = "wangge.platform.city"
    label = "city"
    default_auto_field = "django.db.models.BigAutoField"
