"""The peers: others' ways to the same plans, on the same connected pieces, each timed from units and edges to labels.

None takes part in the product or in its tests. A peer that isn't installed is left out, and said so.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from wangge.cores.planner.pieces import Cut, pieces
from wangge.cores.planner.records import Edges, Ints, Units


@dataclass(frozen=True)
class Peer:
    """Where a peer is asked, and the package that it needs."""

    module: str
    function: str = "cut"
    package: str | None = None


PEERS = {
    "metis": Peer("metis_peer", package="pymetis"),
    "metis_once": Peer("metis_peer", "cut_once", "pymetis"),
    "gerrychain": Peer("gerrychain_peer", package="gerrychain"),
    "growing": Peer("growing_peer"),
}
INSTALL = (
    "uv pip install --python .venv/bin/python --require-hashes --only-binary :all: -r requirements/bench.txt"
)
Cutter = Callable[[Cut, Ints, int, int], Ints]
"""A piece, the households of its units, low, high → a label for each unit."""


def missing() -> list[str]:
    """Packages of peers that aren't installed."""
    needed = {peer.package for peer in PEERS.values() if peer.package}
    return sorted(package for package in needed if find_spec(package) is None)


def standing() -> list[str]:
    """The peers that can be asked."""
    return [name for name, peer in PEERS.items() if peer.package not in missing()]


def asked(name: str, units: Units, edges: Edges, low: int, high: int) -> tuple[list[str], float]:
    """A peer's plan, and the seconds of processor time that it took (loading its package isn't counted)."""
    peer = PEERS[name]
    cutter: Cutter = getattr(importlib.import_module(f"benchmarks.planning.{peer.module}"), peer.function)
    began = time.process_time()
    plan = np.empty(len(units), dtype=object)
    for number, piece in enumerate(pieces(units, edges)):
        labels = cutter(piece, units.households[piece.rows], low, high)
        plan[piece.rows] = [f"{number}.{label}" for label in labels]
    return list(plan), time.process_time() - began


def counts(total: int, low: int, high: int) -> list[int]:
    """How many grids `total` households may make, fewest first; where no number fits, the two nearest."""
    fewest, most = -(-total // high), total // low
    return list(range(max(fewest, 1), most + 1)) or sorted({max(most, 1), max(fewest, 1)})


def outside(labels: Ints, households: Ints, low: int, high: int) -> int:
    """Grids that hold households, too few or too many of them."""
    sizes = np.bincount(labels, households)
    return int(((sizes > 0) & ((sizes < low) | (sizes > high))).sum())
