"""Files as answers."""

from __future__ import annotations

import gzip
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TILE = "application/vnd.mapbox-vector-tile"


def xlsx(name: str, content: bytes) -> HttpResponse:
    """A workbook to save under this name."""
    return attachment(name, content, XLSX)


def attachment(name: str, content: bytes, content_type: str) -> HttpResponse:
    """A file to save; never cached, since it may hold personal data."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response


def packed(
    request: HttpRequest, content: bytes, content_type: str, version: str, *, for_good: bool
) -> HttpResponse:
    """Gzipped content that anybody may see, to be kept: for good where its address names its version, else with a question."""
    plain = "gzip" not in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(gzip.decompress(content) if plain else content, content_type=content_type)
    if not plain:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["ETag"] = f'"{version}"'
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if for_good else "no-cache"
    return answer


def not_changed(request: HttpRequest, version: str) -> HttpResponse | None:
    """304 where the asker has this version already."""
    if f'"{version}"' not in request.headers.get("If-None-Match", ""):
        return None
    return HttpResponse(status=304, headers={"ETag": f'"{version}"'})
