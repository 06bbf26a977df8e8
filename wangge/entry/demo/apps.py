"""The demo room as Django sees it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """No tables of its own: a page, and what it shows."""

    name = "wangge.entry.demo"
    label = "demo"
