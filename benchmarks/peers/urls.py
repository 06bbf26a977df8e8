"""The same addresses twice: ``plain/…`` and ``drf/…``."""

from django.http import JsonResponse
from django.urls import path

from benchmarks.peers import drf, plain


def healthz(request):
    """The process answers."""
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("healthz", healthz),
    path("plain/report", plain.report),
    path("plain/cases/", plain.cases),
    path("plain/cases/<uuid:uid>", plain.case),
    path("plain/at", plain.at),
    path("plain/bundle/<str:grid>", plain.bundle),
    path("plain/outbox", plain.outbox),
    path("drf/report", drf.Report.as_view()),
    path("drf/cases/", drf.Cases.as_view()),
    path("drf/cases/<uuid:uid>", drf.OneCase.as_view()),
    path("drf/at", drf.At.as_view()),
    path("drf/bundle/<str:grid>", drf.Bundle.as_view()),
    path("drf/outbox", drf.Outbox.as_view()),
]
