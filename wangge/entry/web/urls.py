"""The addresses of the HTTP surface."""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from wangge import __version__
from wangge.entry.web import errors

ROOMS = (
    "access",
    "audit",
    "city",
    "areas",
    "registry",
    "workforce",
    "todos",
    "hub",
    "services",
    "cases",
    "handovers",
    "residents",
    "questions",
    "consents",
    "planning",
    "assessment",
    "field",
    "register",
)

MOST_VALUES = 100_000
"""Values in one body: some eighteen thousand codes, or a phone's outbox of weeks; photos in it are one value each."""


class ChineseRenderer(JSONRenderer):
    """Chinese stays readable in answers."""

    json_dumps_params = {"ensure_ascii": False}
    charset = "utf-8"


class WholeTexts(Parser):
    """JSON whose texts are whole: half a character (a lone surrogate) is no text that can be kept, shown or exported.

    A bare value is refused: its fields would be read as if none were given. So is a body of more values than any page sends:
    each wrong one costs a fault, and bodies are read before anybody is asked who they are.
    """

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Raises ``ValueError``, which the API answers as a body that can't be read."""
        if request.body.count(b",") >= MOST_VALUES:
            raise ValueError("too many values")
        said = super().parse_body(request)
        if b"\\ud" in request.body.lower():
            json.dumps(said, ensure_ascii=False).encode()
        if not isinstance(said, dict | list):
            raise ValueError("an object or a list is expected")
        return said


class Page(Swagger):
    """The page of the API; what is tried on it carries the session's token."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        """The package's own template."""
        shown = {**self.settings, "url": self.get_openapi_url(api, kwargs)}
        return render(
            request, self.template, {"swagger_settings": json.dumps(shown), "api": api, "add_csrf": True}
        )


class HouseAPI(NinjaAPI):
    """The API; its page takes its scripts from the installed package."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:  # noqa: ANN401
        """JSON with Chinese unescaped. No browser keeps it on its disk, where signing out wouldn't find it, unless a view says so."""
        response = super().create_response(request, data, **options)
        response.headers["Content-Type"] = "application/json; charset=utf-8"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def build() -> NinjaAPI:
    """The API with every room's router mounted."""
    api = HouseAPI(
        title="wangge 网格", version=__version__, renderer=ChineseRenderer(), parser=WholeTexts(), docs=Page(),
        urls_namespace="api",
    )  # fmt: skip
    errors.install(api)
    for room in ROOMS:
        if find_spec(f"wangge.entry.web.api.{room}"):
            api.add_router(f"/{room}/", import_module(f"wangge.entry.web.api.{room}").router)
    return api


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse(json.dumps({"status": "ok"}), content_type="application/json")


api = build()
urlpatterns = [path("api/", api.urls), path("healthz", healthz)]
