"""Addresses that exist in the demo only: ``site.urls`` mounts them where ``settings.DEMO`` is on."""

from __future__ import annotations

from django.urls import path

from wangge.entry.demo import guide, sign_in

urlpatterns = [
    path("", guide.guide, name="demo-guide"),
    path("demo/sign-in", sign_in.sign_in, name="demo-sign-in"),
]
