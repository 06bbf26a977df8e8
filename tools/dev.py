"""`./run dev`: the house while somebody is at work on it.

Three processes: Django's own server, the job worker, and Vite's server for the apps. Each takes up a change when a file is saved;
when one ends, all end. They stand on a demo of their own, which is built first where there is none.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from wangge.entry.demo.folder import FINISHED

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "demo"
HOUSE, APPS = 8000, 5173
WANGGE = [sys.executable, "-m", "wangge.entry.site"]


def main(arguments: list[str]) -> int:
    """Until somebody stops it; returns 0 then, 1 if one of the three ended by itself."""
    if arguments == ["jobs"]:
        return _jobs()
    parser = argparse.ArgumentParser(prog="./run dev", description=__doc__)
    parser.add_argument("--folder", default=FOLDER, type=Path, help="a demo to work on (default: ./demo)")
    parser.add_argument("--size", default="hamlet", help="of the demo, if it has to be built: hamlet or town")
    options = parser.parse_args(arguments)
    home = options.folder.resolve()
    if not (home / FINISHED).exists():
        build = [*WANGGE, "demo", "--folder", str(home), "--size", options.size, "--check"]
        built = subprocess.run(build, cwd=ROOT, check=False)
        if built.returncode != 0:
            return built.returncode
    print(f"\nThe house: http://127.0.0.1:{APPS}/  (Ctrl-C stops it)\n", flush=True)
    return _all(processes(home))


def processes(home: Path) -> list[subprocess.Popen[bytes]]:
    """The three, started."""
    settings = {**os.environ, "WANGGE_HOME": str(home), "WANGGE_DEMO": "1", "WANGGE_DEBUG": "1"}
    settings["DJANGO_SETTINGS_MODULE"] = "wangge.entry.site.settings"
    return [
        _started([*WANGGE, "manage", "runserver", f"127.0.0.1:{HOUSE}", "--nostatic"], ROOT, settings),
        _started([sys.executable, "-m", "tools.dev", "jobs"], ROOT, settings),
        _started(["npm", "run", "--silent", "dev"], ROOT / "frontend", settings),
    ]


def _started(command: list[str], folder: Path, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # Each has a group of its own: reloaders and npm start further processes, which end with it.
    return subprocess.Popen(command, cwd=folder, env=settings, start_new_session=True)


def _all(running: list[subprocess.Popen[bytes]]) -> int:
    asked: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while not asked and all(one.poll() is None for one in running):
        time.sleep(0.2)
    for one in running:
        try:
            os.killpg(one.pid, signal.SIGTERM)
            one.wait(10)
        except ProcessLookupError:
            pass
        except subprocess.TimeoutExpired:
            os.killpg(one.pid, signal.SIGKILL)
    return 0 if asked else 1


def _jobs() -> int:
    """The job worker, started again when a file is saved."""
    import django
    from django.utils.autoreload import run_with_reloader

    django.setup()
    from wangge.entry.jobs import worker

    run_with_reloader(worker.work, stopped=lambda: False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
