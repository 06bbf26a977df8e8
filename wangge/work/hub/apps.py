"""The hub room as Django sees it."""

from django.apps import AppConfig


class HubConfig(AppConfig):
    """Tables are named ``hub_…``."""

    name = "wangge.work.hub"
    label = "hub"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear how confirmations end, and what contradicts what departments said."""
        from wangge.ground.registry import contradicting
        from wangge.work.hub import corrections
        from wangge.work.hub.confirmations import Confirmations
        from wangge.work.todos import origins

        origins.register("hub", Confirmations())
        contradicting.register(corrections.tell)
