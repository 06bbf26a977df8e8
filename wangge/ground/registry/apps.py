"""The registry as Django sees it."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Tables are named ``registry_…``."""

    name = "wangge.ground.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
