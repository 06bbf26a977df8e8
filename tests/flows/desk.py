"""A signed-in browser, as the flows drive it."""

import json
import secrets

from django.test import Client


class Desk:
    """Somebody at work: a signed-in browser."""

    def __init__(self, account=None):
        self.client = Client()
        self.account = account
        self.secret = secrets.token_urlsafe(24)
        if account is not None:
            self.sign_in(account.username, account.password)

    def sign_in(self, username, password):
        answer = self.client.post(
            "/_allauth/browser/v1/auth/login",
            json.dumps({"username": username, "password": password}),
            content_type="application/json",
        )
        assert answer.status_code == 200, answer.content.decode()

    def get(self, path, expect=200, **query):
        answer = self.client.get(f"/api/{path}", query)
        return self._read(answer, expect, path)

    def post(self, path, body=None, expect=200, key=None, files=None):
        headers = {"Idempotency-Key": key, "X-Visitor": self.secret} if key else {}
        if files is not None:
            answer = self.client.post(f"/api/{path}", {**(body or {}), **files}, headers=headers)
        else:
            answer = self.client.post(
                f"/api/{path}", json.dumps(body or {}), content_type="application/json", headers=headers
            )
        return self._read(answer, expect, path)

    def put(self, path, body, expect=200):
        answer = self.client.put(f"/api/{path}", json.dumps(body), content_type="application/json")
        return self._read(answer, expect, path)

    def delete(self, path, expect=200):
        return self._read(self.client.delete(f"/api/{path}"), expect, path)

    @staticmethod
    def _read(answer, expect, path):
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == expect, (
            f"{path}: {answer.status_code} {content[:2000].decode(errors='replace')}"
        )
        if answer.headers["Content-Type"].startswith("application/json"):
            return json.loads(content)
        return content
