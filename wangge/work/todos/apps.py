"""The todos room as Django sees it."""

from django.apps import AppConfig


class TodosConfig(AppConfig):
    """Tables are named ``todos_…``."""

    name = "wangge.work.todos"
    label = "todos"
    default_auto_field = "django.db.models.BigAutoField"
