"""The screens room as Django sees it."""

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    """No tables of its own: three built apps."""

    name = "wangge.entry.screens"
    label = "screens"
