"""The cases room as Django sees it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Tables are named ``cases_…``."""

    name = "wangge.work.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear how the to-dos end that verify and check ask for."""
        from wangge.work.cases.hearing import FieldWork
        from wangge.work.todos import origins

        origins.register("cases", FieldWork())
