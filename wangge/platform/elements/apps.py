"""The elements room as Django sees it (it has no tables; its checks run with Django's)."""

from django.apps import AppConfig


class ElementsConfig(AppConfig):
    """The data-element registry."""

    name = "wangge.platform.elements"
    label = "elements"
