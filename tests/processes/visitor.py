"""Somebody at a house that stands in other processes: plain HTTP, a session of their own."""

from __future__ import annotations

import json
import secrets
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from threading import Barrier
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from uuid import uuid4

Answer = tuple[int, Any]
"""The status, and what was said."""


class Visitor:
    """A session of an account of the demo, or of nobody in particular. Each request is a connection of its own."""

    def __init__(self, address: str, username: str = "") -> None:
        self.address, self.secret = address, secrets.token_urlsafe(24)
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self._send("GET", "/portal/")
        if username:
            form = urlencode({"as": username, "next": "/healthz", "csrfmiddlewaretoken": self._token()})
            status, said = self._send(
                "POST", "/demo/sign-in", form.encode(), "application/x-www-form-urlencoded"
            )
            assert status == 200, said

    def ask(self, path: str, **query: Any) -> Any:
        """What the API answers; it must answer."""
        status, said = self._send("GET", f"/api/{path}?{urlencode(query)}")
        assert status == 200, (path, status, said)
        return said

    def post(self, path: str, body: Any, *, key: str = "") -> Answer:
        """An act, under an idempotency key where one is given."""
        headers = {"Idempotency-Key": key, "X-Visitor": self.secret} if key else {}
        return self._send("POST", f"/api/{path}", json.dumps(body).encode(), "application/json", headers)

    def deliver(self, path: str, name: str, content: bytes) -> Answer:
        """A file."""
        edge = uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self._send("POST", f"/api/{path}", body, f"multipart/form-data; boundary={edge}")

    def _token(self) -> str:
        return next(one.value or "" for one in self.cookies if one.name == "csrftoken")

    def _send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        kind: str = "",
        more: dict[str, str] | None = None,
    ) -> Answer:
        headers = {"Referer": f"{self.address}/", **(more or {})}
        if body is not None:
            headers |= {"Content-Type": kind, "X-CSRFToken": self._token()}
        request = urllib.request.Request(f"{self.address}{path}", body, headers, method=method)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, _read(answer.read())
        except HTTPError as answer:
            return answer.code, _read(answer.read())


def _read(said: bytes) -> Any:
    try:
        return json.loads(said)
    except ValueError:
        return said.decode(errors="replace")


def at_once(*acts: Callable[[], Answer]) -> list[Answer]:
    """All of them at the same moment; the answers in the order of the acts."""
    together = Barrier(len(acts))

    def begun(act: Callable[[], Answer]) -> Answer:
        together.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begun, acts))


def statuses(answers: Sequence[Answer]) -> list[int]:
    """Only the statuses, in order of size."""
    return sorted(status for status, _ in answers)
