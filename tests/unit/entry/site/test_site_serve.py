"""Serving: the server's end ends all, a job worker that dies is started again."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import pytest

from wangge.entry.site import serve

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def started(monkeypatch):
    """Every process that ``run`` starts, with processes of our own in place of the server and the worker."""
    made = []
    real = serve.subprocess.Popen

    def start(command):
        made.append(real(SLEEP))
        return made[-1]

    monkeypatch.setattr(serve.subprocess, "Popen", start)
    monkeypatch.setattr(serve, "AGAIN_SECONDS", 0.01)
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    yield made
    for one, handler in before.items():
        signal.signal(one, handler)
    for child in made:
        if child.poll() is None:
            child.kill()
            child.wait()


def after(condition, act):
    def wait():
        while not condition():
            time.sleep(0.01)
        act()

    threading.Thread(target=wait, daemon=True).start()


def test_a_worker_that_died_is_started_again_and_a_signal_ends_both(started, capsys):
    after(lambda: len(started) == 2, lambda: started[1].kill())
    after(lambda: len(started) == 3, lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert serve.run(host="127.0.0.1", port=0, workers=1) == 0
    assert "started again" in capsys.readouterr().err
    assert all(child.poll() is not None for child in started)


def test_the_end_of_the_server_ends_all(started):
    after(lambda: len(started) == 2, lambda: started[0].kill())
    assert serve.run(host="127.0.0.1", port=0, workers=1) == 1
    assert started[1].poll() is not None


def test_where_jobs_run_elsewhere_the_server_stands_alone(started):
    after(lambda: len(started) == 1, lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert serve.run(host="127.0.0.1", port=0, workers=1, jobs_beside=False) == 0
    assert [child.poll() is not None for child in started] == [True]
