"""The web room as Django sees it."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """No tables of its own."""

    name = "wangge.entry.web"
    label = "web"
