"""What an interrupted pass has settled, piece by piece, in a file beside the verdicts.

Its first line names the units, edges, plan and effort it belongs to; another pass begins anew. A line that was cut off
by the interruption is dropped.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from wangge.cores.planner.proving.stuck import Proof
from wangge.cores.planner.records import Edges, Plan, Units

_METHOD = 1  # raise with every change of what a search finds


class Kept:
    """Pieces settled, in memory and, given a path, on disk."""

    def __init__(self, path: Path | None = None, key: str = "") -> None:
        self._path = path
        self._known: dict[str, tuple[list[str], list[tuple[str, int]]]] = {}
        if path is None:
            return
        lines = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
        if lines[:1] == [key]:
            self._known = {name: (grids, proofs) for name, grids, proofs in map(json.loads, lines[1:])}
        self._rewrite(key)

    def __len__(self) -> int:
        return len(self._known)

    def _rewrite(self, key: str) -> None:
        """Whole lines only: what was cut off must not stand before the next one."""
        lines = [key, *(json.dumps([name, *found]) for name, found in self._known.items())]
        if self._path is not None:
            self._path.write_text("".join(f"{line}\n" for line in lines), "utf-8")

    def get(self, name: str) -> tuple[list[int], list[Proof]] | None:
        """The grids and proofs of a piece, as sets of its units."""
        if name not in self._known:
            return None
        grids, proofs = self._known[name]
        return [int(one, 16) for one in grids], [Proof(int(units, 16), least) for units, least in proofs]

    def put(self, name: str, grids: list[int], proofs: list[Proof]) -> None:
        """Keep a piece as soon as it is settled."""
        found = ([f"{one:x}" for one in grids], [(f"{one.units:x}", one.least) for one in proofs])
        self._known[name] = found
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([name, *found]) + "\n")


def key_of(units: Units, edges: Edges, plan: Plan) -> str:
    """A name for everything a search hangs on."""
    digest = hashlib.blake2b(repr((_METHOD, plan.settings)).encode(), digest_size=16)
    digest.update("\0".join([*units.ids, *units.community]).encode())
    for column in (units.households, units.x, units.y, edges.u, edges.v, plan.grid):
        digest.update(column.tobytes())
    return digest.hexdigest()
