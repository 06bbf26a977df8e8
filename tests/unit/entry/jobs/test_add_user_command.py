"""``wangge add-user``: the first administrator of an installation, or nobody at all and the reason."""

from __future__ import annotations

import io
import sys

import pytest

from wangge.entry.jobs import add_user
from wangge.platform.access.models import Grant, User
from wangge.platform.audit.models import Entry

GOOD = "river-lantern-40\n"


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def run(db, monkeypatch, capsys):
    """``run("chief", "--role", …, typed="…")``: the exit status and what was said."""

    def add(*arguments, typed=GOOD, stdin=io.StringIO):
        monkeypatch.setattr(sys, "stdin", stdin(typed))
        status = add_user.main(list(arguments))
        told = capsys.readouterr()
        return status, told.out + told.err

    return add


def test_the_first_administrator_can_sign_in_and_is_in_the_trail(run, client):
    status, said = run("chief", "--role", "administrator", "--name", "周敏")
    assert (status, said) == (0, "chief is administrator of the whole city\n")
    body = {"username": "chief", "password": GOOD.strip()}
    assert (
        client.post("/_allauth/browser/v1/auth/login", body, content_type="application/json").status_code
        == 200
    )
    me = client.get("/api/access/me").json()
    assert (me["name"], [one["role"] for one in me["grants"]]) == ("周敏", ["administrator"])
    written = Entry.objects.filter(object_id=me["uid"])
    assert {(one.verb, one.actor) for one in written} == {
        ("access.add_user", "system:installer"), ("access.grant", "system:installer")
    }  # fmt: skip


def test_the_password_is_asked_for_twice_at_a_terminal(run, monkeypatch):
    answers = iter([GOOD.strip(), GOOD.strip(), GOOD.strip(), "another-lantern-40"])
    monkeypatch.setattr(add_user.getpass, "getpass", lambda prompt: next(answers))
    assert run("chief", "--role", "administrator", stdin=Terminal)[0] == 0
    assert User.objects.get(username="chief").check_password(GOOD.strip())
    status, said = run("second", "--role", "administrator", stdin=Terminal)
    assert (status, "differ" in said) == (1, True)
    assert not User.objects.filter(username="second").exists()


@pytest.mark.parametrize(
    "arguments, typed, why",
    [
        (["chief", "--role", "administrator"], "short\n", "10"),
        (["chief", "--role", "administrator"], "", "10"),
        (["chief", "--role", "crew", "--department", "nowhere"], GOOD, "nowhere"),
        (["chief", "--role", "leader", "--department", "nowhere"], GOOD, "for a department"),
    ],
)
def test_what_is_refused_leaves_nobody(run, arguments, typed, why):
    status, said = run(*arguments, typed=typed)
    assert status == 1
    assert said.endswith("Nobody was added.\n")
    assert why in said
    assert not User.objects.exists()
    assert not Grant.objects.exists()


def test_a_role_of_departments_without_one_is_a_wrong_command(run, capsys):
    with pytest.raises(SystemExit):
        run("chief", "--role", "crew")
    assert "crew is held for a department: name it with --department CODE." in capsys.readouterr().err


def test_a_name_that_is_taken_keeps_its_owner(run):
    assert run("chief", "--role", "administrator")[0] == 0
    assert run("chief", "--role", "leader", typed="some-other-word-9\n")[0] == 1
    assert User.objects.get(username="chief").check_password(GOOD.strip())
    assert [one.role for one in Grant.objects.all()] == ["administrator"]
