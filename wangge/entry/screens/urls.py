"""The addresses of the three apps."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from wangge.entry.screens import built, views

urlpatterns = [
    # Whoever knows only the host is a resident; staff are told their app's address. (The demo's guide goes before it.)
    path("", RedirectView.as_view(url="/portal/"), name="front-door"),
    path("phone/sw.js", views.worker, name="phone-worker"),
] + [
    pattern
    for name in built.APPS
    for pattern in (
        path(f"{name}/", views.app, {"name": name}, name=f"app-{name}"),
        path(f"{name}/<path:rest>", views.app, {"name": name}),
    )
]
