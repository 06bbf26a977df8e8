"""A process and what it took: processor time, wall clock and memory of it and of all that it started."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

LOOK_S = 0.05


@dataclass(frozen=True)
class Took:
    """What a finished process took.

    :param cpu_s: seconds of processor time, user and system, of it and of its finished children.
    :param peak_mb: the most memory (10^6 bytes): one process' own peak since it began its program (`ru_maxrss` would count what the
        process that started it held), or the sum of what it and its children held at a look, shared pages by their share,
        whichever is more.
    """

    said: str
    status: int
    cpu_s: float
    wall_s: float
    peak_mb: float

    @property
    def figures(self) -> dict[str, float]:
        return {
            "cpu_s": round(self.cpu_s, 2), "wall_s": round(self.wall_s, 2), "peak_mb": round(self.peak_mb)
        }  # fmt: skip


def run(command: list[str], env: dict[str, str] | None = None) -> Took:
    """Run a command to its end. What it prints goes to a file, so that no pipe holds it up."""
    import tempfile

    with tempfile.TemporaryFile("w+") as out:
        began = time.perf_counter()
        started = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env=env)
        looks = _Looks(started.pid)
        looks.start()
        _, status, used = os.wait4(started.pid, 0)
        wall_s = time.perf_counter() - began
        looks.over.set()
        looks.join()
        started.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        peak = looks.most / 1e6
        return Took(out.read(), started.returncode, used.ru_utime + used.ru_stime, wall_s, peak)


def checked(command: list[str], env: dict[str, str] | None = None) -> Took:
    """The same; raises `RuntimeError` with what was said unless it went well."""
    took = run(command, env)
    if took.status:
        raise RuntimeError(f"{' '.join(command)}: {took.said}")
    return took


class _Looks(threading.Thread):
    """Looks at a process and its children now and then, and keeps the most memory that they held together."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root, self.most, self.over = root, 0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(LOOK_S):
            every = _tree(self.root)
            peaks = [_kilobytes(one, "status", "VmHWM:") for one in every]
            self.most = max(
                self.most,
                1024 * max(peaks),
                1024 * sum(_kilobytes(one, "smaps_rollup", "Pss:") for one in every),
            )


def _tree(root: int) -> list[int]:
    found = [root]
    for one in found:
        for listed in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in listed.read_text().split()]
            except OSError:  # it ended meanwhile
                continue
    return found


def _kilobytes(process: int, file: str, name: str) -> int:
    """What the kernel says of a process' memory under a name. 0 for a process that ended."""
    try:
        said = Path(f"/proc/{process}/{file}").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in said.splitlines() if line.startswith(name))
