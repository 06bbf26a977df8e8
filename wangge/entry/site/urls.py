"""All addresses of the house."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from wangge.entry.screens.urls import urlpatterns as screens
from wangge.entry.web import sign_in
from wangge.entry.web.urls import urlpatterns as web

urlpatterns = [
    *(path(f"{sign_in.PREFIX}{one}", sign_in.shut) for one in sign_in.SHUT),
    path("_allauth/", include("allauth.headless.urls")),
    *screens,
    *web,
]

if settings.DEMO:
    from wangge.entry.demo.urls import urlpatterns as demo

    urlpatterns = [*demo, *urlpatterns]
