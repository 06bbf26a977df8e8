"""Room `connectors`: a plain SMS provider over HTTPS.

    POST <path>
    Content-Type: application/json; charset=utf-8
    Idempotency-Key: <reference>
    Wangge-Key: <key id>
    Wangge-Time: <Unix seconds>
    Wangge-Signature: v1=<hexadecimal HMAC-SHA256(secret, time LF reference LF hexadecimal SHA-256(body))>

    {"phone": "…", "text": "…", "reference": "…"}

2xx with `{"id": "…"}` is an acceptance; 429 and 5xx mean later; anything else is a refusal, `{"code": "…"}`.
The provider answers a reference that it knows as it answered first, so a request whose answer was lost can be
repeated. Neither the number nor the text nor the secret is ever part of an error.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from wangge.platform.clock import clock
from wangge.platform.connectors.records import Receipt

_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_LARGEST_ANSWER = 64 * 1024


class SmsRefused(RuntimeError):
    """The provider won't take the message; sending it again would change nothing."""

    def __init__(self, reference: str, status: int, code: str) -> None:
        super().__init__(
            f"The SMS provider refused message {reference} (HTTP {status}, {code or 'no code'})."
        )
        self.code = code


class SmsUnavailable(RuntimeError):
    """The provider can't be reached or asks for patience; send again later with the same reference."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A signed message goes where it was addressed, or nowhere."""

    def redirect_request(self, *_args: Any) -> None:
        return None


@dataclass(frozen=True)
class HttpSmsGateway:
    """A provider of the protocol above. `timeout` and `pause` are seconds; the pause doubles each time."""

    url: str
    key_id: str
    secret: str = field(repr=False)
    timeout: float = 5.0
    attempts: int = 3
    pause: float = 0.5

    @classmethod
    def from_url(cls, url: str, **options: Any) -> HttpSmsGateway:
        """Read `https://KEY_ID:SECRET@host/path`. Plain http is for loopback only. Raises `ValueError`."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if not (parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)):
            raise ValueError(
                "WANGGE_SMS must be 'outbox' or an address like https://KEY_ID:SECRET@host/path."
            )
        if not host or not parts.username or not parts.password:
            raise ValueError("WANGGE_SMS lacks a part of https://KEY_ID:SECRET@host/path.")
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        return cls(bare, unquote(parts.username), unquote(parts.password), **options)

    def send(self, phone: str, text: str, reference: str) -> Receipt:
        """Hand a message over, trying up to `attempts` times. Raises `SmsRefused`, `SmsUnavailable`."""
        message = {"phone": phone, "text": text, "reference": reference}
        body = json.dumps(message, ensure_ascii=False).encode()
        for attempt in range(self.attempts):
            if attempt:
                time.sleep(self.pause * 2 ** (attempt - 1))
            message_id = self._try(body, reference)
            if message_id:
                return Receipt(
                    reference=reference,
                    gateway=urlsplit(self.url).netloc,
                    message_id=message_id,
                    accepted_at=clock.now(),
                )
        raise SmsUnavailable(
            f"The SMS provider at {urlsplit(self.url).netloc} did not take message {reference} in "
            f"{self.attempts} attempts. It may be sent again with the same reference."
        )

    def _try(self, body: bytes, reference: str) -> str | None:
        """Return the provider's id for the message, or None where another attempt may help."""
        try:
            with self._opener().open(self._request(body, reference), timeout=self.timeout) as answer:
                return str(_parsed(answer).get("id") or "") or None
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 429 or error.code >= 500:
                    return None
                raise SmsRefused(reference, error.code, str(_parsed(error).get("code", ""))) from None
        except (OSError, http.client.HTTPException):
            return None

    def _opener(self) -> urllib.request.OpenerDirector:
        direct = [urllib.request.ProxyHandler({})] if urlsplit(self.url).hostname in _LOOPBACK else []
        return urllib.request.build_opener(_NoRedirect, *direct)

    def _request(self, body: bytes, reference: str) -> urllib.request.Request:
        # Real time: a demonstration's moved clock must not make a signature look stale.
        moment = str(int(clock.real_now().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": reference,
            "Wangge-Key": self.key_id,
            "Wangge-Time": moment,
            "Wangge-Signature": "v1=" + signature(self.secret, moment, reference, body),
        }
        return urllib.request.Request(self.url, data=body, headers=headers, method="POST")  # noqa: S310


def signature(secret: str, moment: str, reference: str, body: bytes) -> str:
    """Return the signature of a request, as both sides compute it."""
    text = f"{moment}\n{reference}\n{hashlib.sha256(body).hexdigest()}"
    return hmac.new(secret.encode(), text.encode(), "sha256").hexdigest()


def _parsed(answer: Any) -> dict[str, Any]:
    """Read a JSON object, or nothing: the status says what matters."""
    try:
        found = json.loads(answer.read(_LARGEST_ANSWER))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
