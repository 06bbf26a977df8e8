"""Files as answers."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(name: str, content: bytes) -> HttpResponse:
    """A workbook to save under this name."""
    return attachment(name, content, XLSX)


def attachment(name: str, content: bytes, content_type: str) -> HttpResponse:
    """A file to save; never cached, since it may hold personal data."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response
