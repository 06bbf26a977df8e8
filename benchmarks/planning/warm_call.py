"""A process that has its kernels, planning the same city several times: `python -m … UNITS EDGES LOW HIGH TIMES`.

Prints the seconds of processor time (user and system, its children's too) and of the wall clock of each planning pass alone: no
reading, no writing, no start of Python.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main() -> None:
    from wangge.cores.planner.intake.files import read_edges, read_units
    from wangge.cores.planner.plan import plan
    from wangge.cores.planner.records import Settings
    from wangge.cores.planner.warm import warm

    units = read_units(Path(sys.argv[1]))
    edges = read_edges(Path(sys.argv[2]), len(units))
    low, high, times = (int(one) for one in sys.argv[3:])
    warm()
    took = []
    for _ in range(times):
        cpu, wall = _cpu_s(), time.perf_counter()
        plan(units, edges, Settings(low, high))
        took.append([_cpu_s() - cpu, time.perf_counter() - wall])
    print(json.dumps(took))


def _cpu_s() -> float:
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
