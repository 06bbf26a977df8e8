"""The residents room as Django sees it."""

from django.apps import AppConfig


class ResidentsConfig(AppConfig):
    """Tables are named ``residents_…``."""

    name = "wangge.work.residents"
    label = "residents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear how corrections end that residents asked for."""
        from wangge.work.residents.hearing import Corrections
        from wangge.work.todos import origins

        origins.register("residents", Corrections())
