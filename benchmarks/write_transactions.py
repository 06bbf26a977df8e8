"""How long SQLite's writer is held while a department's file is taken in: no write transaction above 250 ms.

Builds a small town in a folder of its own, delivers every department's file, and times each outermost transaction from its
BEGIN IMMEDIATE to its end. Usage: ./run bench write_transactions [--size hamlet|town]
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

LIMIT_MS = 250


def run(arguments: list[str]) -> dict[str, object]:
    """Milliseconds by step: count, median, 99th percentile and maximum."""
    parser = argparse.ArgumentParser(prog="bench write_transactions")
    parser.add_argument("--size", default="hamlet")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as base:
        os.environ["WANGGE_HOME"] = f"{base}/home"
        os.environ["DJANGO_SETTINGS_MODULE"] = "wangge.entry.site.settings"
        import django

        django.setup()
        return _measure(Path(base), options.size, options.seed)


def _measure(base: Path, size: str, seed: int) -> dict[str, object]:
    from django.core.management import call_command

    from wangge.entry.demo.load import feeds, ground, office, people
    from wangge.entry.demo.town.build import build
    from wangge.entry.demo.town.sizes import Size
    from wangge.platform.access import actors
    from wangge.platform.clock import clock

    folder = base / "town"
    manifest = build(folder, seed=seed, size=Size(size), truth=base / "truth")
    call_command("migrate", verbosity=0)
    by = actors.system("installer")
    start = datetime.fromisoformat(f"{manifest.first_day}T10:05:00").replace(tzinfo=clock.city_zone())
    with clock.moved(start):
        office.load_departments(folder, by)
        ground.load_divisions(folder, by)
        keys = ground.load_buildings(folder, by)
        dwellings = ground.load_dwellings(folder, keys, by)
        people.load_people(folder, dwellings, start - timedelta(days=200), by)
        office.load_catalogues(folder, start.date() - timedelta(days=30), by)
        office.load_programmes(folder, by)
        held: dict[str, list[tuple[float, float]]] = defaultdict(list)
        with timed(held):
            for one in feeds.feed_files(folder):
                feeds.open_feed(one, start.date(), by)
                feeds.deliver(one.feed, one.deliveries[0][0], by)
    every = sorted(wall for times in held.values() for wall, _ in times)
    cpu = sorted(cpu for times in held.values() for _, cpu in times)
    return {
        "rows": sum(manifest.rows.values()),
        "transactions": len(every),
        "median_ms": round(statistics.median(every), 1),
        "p99_ms": round(every[int(len(every) * 0.99)], 1),
        "max_ms": round(every[-1], 1),
        "limit_ms": LIMIT_MS,
        "above_limit": sum(ms > LIMIT_MS for ms in every),
        "max_cpu_ms": round(cpu[-1], 1),
        "longest_by_caller": {
            name: [round(wall, 1), round(cpu, 1)]
            for name, (wall, cpu) in sorted(
                ((name, max(times)) for name, times in held.items()), key=lambda one: -one[1][0]
            )[:8]
        },
    }


@contextmanager
def timed(held: dict[str, list[tuple[float, float]]]):
    """Time every outermost transaction, named by the function that opened it."""
    import inspect

    from django.db import connection
    from django.db.transaction import Atomic

    enter, leave, began = Atomic.__enter__, Atomic.__exit__, []

    def entering(self):
        outermost = not connection.in_atomic_block
        enter(self)
        if outermost:
            frame = next(
                f
                for f in inspect.stack()[1:]
                if "django" not in f.filename and "contextlib" not in f.filename
            )
            began[:] = [
                (time.perf_counter(), time.process_time(), f"{Path(frame.filename).stem}.{frame.function}")
            ]

    def leaving(self, *error):
        result = leave(self, *error)
        if not connection.in_atomic_block and began:
            wall, cpu, name = began.pop()
            held[name].append(((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))
        return result

    Atomic.__enter__, Atomic.__exit__ = entering, leaving
    try:
        yield
    finally:
        Atomic.__enter__, Atomic.__exit__ = enter, leave
