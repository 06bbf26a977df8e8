"""The addresses of the three apps."""

from __future__ import annotations

from django.urls import path

from wangge.entry.screens import built, views

urlpatterns = [path("phone/sw.js", views.worker, name="phone-worker")] + [
    pattern
    for name in built.APPS
    for pattern in (
        path(f"{name}/", views.app, {"name": name}, name=f"app-{name}"),
        path(f"{name}/<path:rest>", views.app, {"name": name}),
    )
]
