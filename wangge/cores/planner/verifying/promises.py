"""What plan and verdicts promise of every grid; each broken promise is a line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from wangge.cores.planner.verifying.certificates import broken_proofs
from wangge.cores.planner.verifying.reading import City, Promises


def broken_promises(city: City, promises: Promises) -> Iterator[str]:
    """Everything that doesn't hold, in words; nothing if all does."""
    grids: dict[str, set[int]] = defaultdict(set)
    for row, grid in enumerate(city.grid):
        grids[grid].add(row)
    yield from _shapes(city, grids)
    yield from _verdicts(city, promises, grids)
    yield from broken_proofs(city, promises, grids)


def _shapes(city: City, grids: dict[str, set[int]]) -> Iterator[str]:
    for name, rows in grids.items():
        if len({city.community[row] for row in rows}) > 1:
            yield f"grid {name} lies in several communities"
        elif len(city.reached(next(iter(rows)), rows)) < len(rows):
            yield f"grid {name} does not hang together"


def _verdicts(city: City, promises: Promises, grids: dict[str, set[int]]) -> Iterator[str]:
    said = Counter(name for entry in promises.entries for name in entry["grid_ids"])
    outside = {
        name for name, rows in grids.items()
        if not promises.low <= sum(city.households[row] for row in rows) <= promises.high
    }  # fmt: skip
    for name in sorted(outside - set(said)):
        yield f"grid {name} is out of range and has no verdict"
    for name, times in sorted(said.items()):
        if times > 1:
            yield f"grid {name} has {times} verdicts"
    for entry in promises.entries:
        for name in entry["grid_ids"]:
            if name not in grids:
                yield f"a verdict names grid {name}, which the plan doesn't have"
            elif entry["verdict"] == "repaired" and name in outside:
                yield f"grid {name} is called repaired and is out of range"
            elif entry["verdict"] != "repaired" and name not in outside:
                yield f"grid {name} is called {entry['verdict']} and is in range"
            elif entry["community"] not in {city.community[row] for row in grids[name]}:
                yield f"grid {name} does not lie in community {entry['community']}"
