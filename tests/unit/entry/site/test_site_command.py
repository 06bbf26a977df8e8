"""The console script: which installation a command means, and what it says of itself."""

from __future__ import annotations

import os

import pytest

import wangge
from wangge.entry.site import __main__ as command


@pytest.mark.parametrize(
    "said", [["--folder", "/srv/city"], ["--folder=/srv/city"], ["--once", "--folder=/srv/city"]]
)
def test_the_folder_is_known_before_settings_are_read(said, monkeypatch):
    monkeypatch.setenv("WANGGE_HOME", "/srv/another")
    seen = []
    fake = type(
        "Room", (), {"main": staticmethod(lambda rest: seen.append((os.environ["WANGGE_HOME"], rest)) or 0)}
    )
    monkeypatch.setattr(command, "import_module", lambda name: fake)
    assert command.main(["work", *said]) == 0
    assert seen == [("/srv/city", said)]


def test_it_says_which_version_it_is(capsys):
    assert command.main(["--version"]) == 0
    assert capsys.readouterr().out == f"wangge {wangge.__version__}\n"


def test_an_unknown_command_is_refused_with_the_list(capsys):
    assert command.main(["sevre"]) == 2
    assert "there is no command 'sevre'" in capsys.readouterr().err
