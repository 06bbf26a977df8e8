"""One-click sign-in exists in the demo, and nowhere else."""

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from wangge.entry.demo import accounts, guide, sign_in
from wangge.entry.demo.command import main as demo
from wangge.entry.site import serve


def test_outside_the_demo_its_addresses_are_not_there(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("demo-sign-in")
    assert client.post("/demo/sign-in", {"as": "administrator_1"}).status_code == 404
    assert client.get("/").headers["Location"] == "/portal/"  # the guide would have been there


def test_outside_the_demo_the_views_refuse_all_the_same(settings, tmp_path):
    settings.DEMO, settings.WANGGE_HOME = False, tmp_path
    accounts.write(tmp_path, [accounts.Account("a", "secret", "administrator", "管理员", "", "", "u")])
    with pytest.raises(Http404):
        sign_in.sign_in(RequestFactory().post("/demo/sign-in", {"as": "a"}))
    with pytest.raises(Http404):
        guide.guide(RequestFactory().get("/"))


def test_one_click_opens_on_this_machine_only(settings, tmp_path):
    """Even where another server than ours has brought the request here."""
    settings.DEMO, settings.WANGGE_HOME = True, tmp_path
    accounts.write(tmp_path, [accounts.Account("a", "secret", "administrator", "管理员", "", "", "u")])
    asked = RequestFactory().post("/demo/sign-in", {"as": "a"}, REMOTE_ADDR="10.0.0.7", HTTP_HOST="localhost")
    with pytest.raises(Http404):
        sign_in.sign_in(asked)


@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"])
def test_one_click_refuses_what_a_proxy_of_this_machine_passed_on(name, settings, tmp_path):
    """Behind it whoever asks has this machine's address."""
    settings.DEMO, settings.WANGGE_HOME = True, tmp_path
    asked = RequestFactory().post("/demo/sign-in", {"as": "a"}, headers={name: "somebody"})
    assert asked.META["REMOTE_ADDR"] == "127.0.0.1"
    assert not sign_in.comes_from_here(asked)
    assert sign_in.comes_from_here(RequestFactory().post("/demo/sign-in", {"as": "a"}))
    accounts.write(tmp_path, [accounts.Account("a", "secret", "administrator", "管理员", "", "", "u")])
    with pytest.raises(Http404):
        sign_in.sign_in(asked)


def test_the_demo_is_served_on_this_machine_only(monkeypatch, capsys):
    monkeypatch.setenv("WANGGE_DEMO", "1")
    assert serve.main(["--host", "0.0.0.0"]) == 2
    assert "loopback" in capsys.readouterr().err


def test_the_demo_command_refuses_another_host(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("WANGGE_HOME", str(tmp_path))
    monkeypatch.setenv("WANGGE_DEMO", "1")
    assert demo(["--host", "0.0.0.0", "--folder", str(tmp_path / "d")]) == 2
    assert "this machine only" in capsys.readouterr().err


def test_the_accounts_are_readable_by_their_owner_only(tmp_path):
    accounts.write(tmp_path, [accounts.Account("a", "secret", "administrator", "管理员", "", "", "u")])
    assert (tmp_path / accounts.FILE).stat().st_mode & 0o777 == 0o600
    assert [one.username for one in accounts.read(tmp_path)] == ["a"]
