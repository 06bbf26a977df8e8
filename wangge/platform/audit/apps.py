"""The audit room as Django sees it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Tables are named ``audit_…``."""

    name = "wangge.platform.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
