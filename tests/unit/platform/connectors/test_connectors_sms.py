"""Short messages: the real client against a provider over loopback, and the outbox."""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.db import connection, transaction

from wangge.platform.clock import clock
from wangge.platform.connectors import outbox
from wangge.platform.connectors.models import SentMessage
from wangge.platform.connectors.sms import HttpSmsGateway, OutboxSms, SmsRefused, SmsUnavailable, gateway
from wangge.platform.connectors.sms_http import signature

SECRET = "s3cr:t/密"


class Provider(BaseHTTPRequestHandler):
    """A provider: it checks the signature, keeps each reference once, and can be told to misbehave."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        reference, moment = self.headers["Idempotency-Key"], self.headers["Wangge-Time"]
        self.server.requests += 1
        behaviour = self.server.behaviours.pop(0) if self.server.behaviours else "take"
        if behaviour == "busy":
            return self.answer(503, {"code": "busy"})
        if behaviour == "move":
            return self.answer(302, {}, Location=f"http://127.0.0.1:{self.server.server_port}/elsewhere")
        if behaviour == "slow":
            time.sleep(0.6)
        expected = "v1=" + signature(SECRET, moment, reference, body)
        if self.headers["Wangge-Key"] != "city" or self.headers["Wangge-Signature"] != expected:
            return self.answer(401, {"code": "signature"})
        if abs(int(moment) - time.time()) > 300:
            return self.answer(401, {"code": "stale"})
        message = json.loads(body)
        if not message["phone"].isdigit():
            return self.answer(422, {"code": "number"})
        first = self.server.taken.setdefault(message["reference"], message)
        if first != message:
            return self.answer(409, {"code": "reference"})
        if behaviour == "vanish":
            return self.close_connection_now()
        if behaviour == "babble":
            return self.answer(200, None)
        return self.answer(202, {"id": f"m-{list(self.server.taken).index(reference) + 1}"})

    def answer(self, status, payload, **headers):
        body = b"<html>" if payload is None else json.dumps(payload).encode()
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def close_connection_now(self):
        self.close_connection = True
        self.connection.shutdown(2)

    def log_message(self, *_args):
        pass


@pytest.fixture
def provider():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.taken, server.behaviours, server.requests = {}, [], 0
    server.handle_error = lambda *_args: None  # a client that gave up waiting is part of these tests
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(provider):
    url = f"http://city:s3cr%3At%2F%E5%AF%86@127.0.0.1:{provider.server_port}/v1/messages"
    return HttpSmsGateway.from_url(url, timeout=0.3, pause=0.01)


def test_a_message_is_signed_and_taken(provider, client):
    receipt = client.send("13800138000", "您的验证码是 123456", "r-1")
    assert (receipt.reference, receipt.message_id) == ("r-1", "m-1")
    assert receipt.gateway == f"127.0.0.1:{provider.server_port}"
    assert provider.taken["r-1"]["text"] == "您的验证码是 123456"


@pytest.mark.parametrize("fault", ["busy", "vanish", "slow", "babble"])
def test_a_lost_answer_is_asked_for_again_and_delivers_once(provider, client, fault):
    provider.behaviours = [fault]
    receipt = client.send("13800138000", "text", "r-1")
    assert receipt.message_id == "m-1"
    assert (len(provider.taken), provider.requests) == (1, 2)


def test_sending_again_later_brings_the_same_receipt(provider, client):
    first, again = (client.send("13800138000", "text", "r-1") for _ in range(2))
    assert first.message_id == again.message_id
    assert len(provider.taken) == 1


def test_a_provider_that_stays_away_is_reported_as_such(provider, client):
    provider.behaviours = ["busy"] * 3
    with pytest.raises(SmsUnavailable, match=r"r-1 in 3 attempts.*same reference"):
        client.send("13800138000", "text", "r-1")
    assert provider.requests == 3


def test_nobody_listening_is_unavailable():
    nobody = HttpSmsGateway("http://127.0.0.1:9/", "city", SECRET, attempts=2, pause=0.01)
    with pytest.raises(SmsUnavailable):
        nobody.send("13800138000", "text", "r-1")


def test_a_refusal_is_not_repeated_and_tells_no_secrets(provider, client):
    with pytest.raises(SmsRefused, match=r"r-1 \(HTTP 422, number\)") as caught:
        client.send("138x", "the text", "r-1")
    assert caught.value.code == "number"
    assert provider.requests == 1
    for hidden in ("138x", "the text", SECRET):
        assert hidden not in str(caught.value)
        assert hidden not in repr(client)


def test_a_wrong_secret_is_refused(provider, client):
    stranger = HttpSmsGateway(client.url, "city", "guess", pause=0.01)
    with pytest.raises(SmsRefused, match="signature"):
        stranger.send("13800138000", "text", "r-1")
    assert provider.taken == {}


def test_a_redirect_is_not_followed(provider, client):
    provider.behaviours = ["move"]
    with pytest.raises(SmsRefused, match="HTTP 302"):
        client.send("13800138000", "text", "r-1")
    assert provider.requests == 1


def test_a_moved_clock_does_not_make_signatures_stale(client):
    with clock.moved(datetime(2020, 1, 1, tzinfo=UTC)):
        receipt = client.send("13800138000", "text", "r-1")
    assert receipt.accepted_at == datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "url", ["smtp://a:b@host/", "http://a:b@sms.example/", "https://sms.example/v1", "https://a@host/", "sms"]
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(settings, url):
    settings.WANGGE_SMS = url
    with pytest.raises(ValueError, match="WANGGE_SMS") as caught:
        gateway()
    assert url not in str(caught.value)


def test_the_settings_choose(settings, provider):
    settings.WANGGE_SMS = "outbox"
    assert isinstance(gateway(), OutboxSms)
    settings.WANGGE_SMS = "https://city:secret@sms.example:8443/v1"
    assert gateway() == HttpSmsGateway("https://sms.example:8443/v1", "city", "secret")


@pytest.fixture
def _home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path


@pytest.mark.usefixtures("_home")
def test_the_outbox_keeps_messages_sealed(db):
    moment = datetime(2026, 7, 31, 2, tzinfo=UTC)
    with clock.moved(moment):
        receipt = OutboxSms().send("13800138000", "您的验证码是 123456", "r-1")
    assert receipt.accepted_at == moment
    (message,) = outbox.messages()
    assert (message.phone, message.text, message.sent_at) == ("13800138000", "您的验证码是 123456", moment)
    assert "123456" not in repr(message)
    with connection.cursor() as cursor:
        cursor.execute("select phone, body from connectors_sentmessage")
        below = b"".join(bytes(part) for part in cursor.fetchone())
    assert b"13800138000" not in below
    assert b"123456" not in below


@pytest.mark.usefixtures("_home")
def test_the_outbox_counts_a_reference_once(db):
    first = OutboxSms().send("1", "one", "r-1")
    assert OutboxSms().send("1", "two", "r-1") == first
    assert [message.text for message in outbox.messages()] == ["one"]


@pytest.mark.usefixtures("_home")
def test_the_outbox_can_be_asked_for_a_number(db):
    for at in range(5):
        OutboxSms().send(str(at % 2), f"text {at}", f"r-{at}")
    assert [message.text for message in outbox.messages("0")] == ["text 4", "text 2", "text 0"]
    assert [message.text for message in outbox.messages(limit=2)] == ["text 4", "text 3"]


@pytest.mark.usefixtures("_home")
def test_a_message_falls_with_the_transaction_that_caused_it(db):
    with transaction.atomic():
        OutboxSms().send("1", "one", "r-1")
        transaction.set_rollback(True)
    assert not SentMessage.objects.exists()
