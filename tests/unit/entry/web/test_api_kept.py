"""What a browser may keep of the API's answers: nothing of people, also after they signed out."""

import pytest

from wangge.platform.access.models import User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/api/access/visitor",
        "/api/access/me",
        "/api/registry/people",
        "/api/cases/track/NOSUCH",
        "/api/city/now",
    ],
)
def test_an_answer_is_kept_on_no_disk(client, address):
    """A refusal too: which of the two an address gives mustn't be read off a disk either."""
    assert client.get(address).headers["Cache-Control"] == "no-store"


def test_what_a_phone_seals_doesnt_lie_beside_it_in_clear(client, user_with):
    """Signing out erases the phone's own store; what the browser had kept by itself nobody would find."""
    uid, _ = user_with("某人", ("grid_worker", "420502001"))
    client.force_login(User.objects.get(uid=uid), backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/api/access/me", "/api/workforce/my-grids", "/api/registry/people", "/api/cases/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), address


def test_a_view_may_say_otherwise_of_what_everybody_sees(client):
    answer = client.get("/api/areas/sketch", {"bbox": "111.28,30.69,111.29,30.70"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "max-age=300")
