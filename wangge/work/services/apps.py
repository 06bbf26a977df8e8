"""The services room as Django sees it."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """Tables are named ``services_…``."""

    name = "wangge.work.services"
    label = "services"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear how the to-dos end that offers ask for."""
        from wangge.work.services.hearing import Offers
        from wangge.work.todos import origins

        origins.register("services", Offers())
