"""The second pass over a plan: piece by piece, repair what can be repaired and account for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wangge.cores.planner.grids import codes_of, grids_of, judged, whose
from wangge.cores.planner.numbering import in_order
from wangge.cores.planner.proving.ground import Ground, ground_of, members
from wangge.cores.planner.proving.ground import grids_of as sets_of
from wangge.cores.planner.proving.searching import settle
from wangge.cores.planner.proving.stuck import Effort, Proof
from wangge.cores.planner.proving.verdicts import judge, least_outside, reason
from wangge.cores.planner.records import Edges, Grid, Ints, Plan, Units, Verdict

if TYPE_CHECKING:
    from wangge.cores.planner.pieces import Cut
    from wangge.cores.planner.proving.keeping import Kept

Entry = dict[str, Any]  # one object of `verdicts` in the file


@dataclass(frozen=True, eq=False)
class Proven:
    """A plan after the second pass, and the entries of its verdicts file."""

    plan: Plan
    entries: list[Entry]


def prove_plan(
    units: Units,
    edges: Edges,
    plan: Plan,
    kept: Kept,
    progress: Callable[[int, int], None] | None = None,
    effort: Effort | None = None,
) -> Proven:
    """Settle every piece that has a grid out of range.

    :param edges: those the plan was made with.
    :param kept: pieces that an interrupted pass has settled already; it is told of each one settled now.
    :raises ValueError: for bands of a community's own, or compounds: the verdicts file has no words for them yet.
    """
    from wangge.cores.planner.pieces import pieces

    if plan.bands or any(units.together or ()):
        raise ValueError("the second pass knows neither bands of a community's own nor compounds")
    effort, done, serial = effort or Effort(), 0, 0
    grid = np.empty(len(units), np.int64)
    grids: list[Grid] = []
    entries: list[Entry] = []
    for cut in pieces(units, edges):
        serial = serial if cut.number else 0
        settled = _Settled(cut, units, plan, kept, effort)
        codes = codes_of(cut, settled.label, serial)
        made = grids_of(cut, units, settled.label, codes, settled.verdicts, np.ones(len(units), np.int64))
        entries += settled.entries(codes)
        grid[cut.rows] = settled.label + len(grids)
        grids += made
        serial, done = serial + len(made), done + len(cut.rows)
        if progress is not None:
            progress(done, len(units))
    return Proven(Plan(grid, tuple(grids), plan.settings), entries)


class _Settled:
    """One piece after its search: the grid of each unit, the verdicts, the proofs and what was repaired."""

    def __init__(self, cut: Cut, units: Units, plan: Plan, kept: Kept, effort: Effort) -> None:
        self._cut, self._settings, self._whose = cut, plan.settings, whose(cut)
        self._ids, self._households = judged(cut, units)
        self._ground = ground_of(cut.piece, plan.settings)
        before = plan.grid[cut.rows] - plan.grid[cut.rows].min()
        after, self._proofs = self._searched(sets_of(before), kept, effort)
        label = np.empty(len(before), np.int64)
        for number, one in enumerate(after):
            label[list(members(one))] = number
        self.label = in_order(label, units.x[cut.rows], units.y[cut.rows])
        self._repaired = _repaired(self._ground, before, self.label)
        judged_now = judge(self._ids, self._households, self.label, self._whose, self._settings)
        self._backing = dict(self._backed(judged_now))
        self.verdicts = {g: self._verdict(g, verdict) for g, verdict in judged_now.items()}

    def _searched(self, grids: list[int], kept: Kept, effort: Effort) -> tuple[list[int], list[Proof]]:
        ground = self._ground
        goal = least_outside(self._households, self._settings) - ground.giants.bit_count()
        if ground.size(ground.whole) == 0 or sum(map(ground.is_outside, grids)) <= goal:
            return grids, []
        key = f"{self._cut.community}\t{self._cut.number}"
        if (known := kept.get(key)) is not None:
            return known
        found = settle(ground, grids, goal, effort)
        kept.put(key, *found)
        return found

    def _backed(self, verdicts: dict[int, Verdict]) -> Iterator[tuple[int, Proof]]:
        """Which proof accounts for which grid: as many grids as it says, those that touch its units first."""
        sets = sets_of(self.label)
        free = [g for g in verdicts if self._ground.is_outside(sets[g])]
        for proof in self._proofs:
            near = sorted(free, key=lambda g, units=proof.units: (not sets[g] & units, g))  # type: ignore[misc]
            for g in near[: proof.least]:
                free.remove(g)
                yield g, proof

    def _verdict(self, g: int, verdict: Verdict) -> Verdict:
        proof = self._backing.get(g)
        if proof is None:
            return verdict
        names = [self._ids[u] for u in members(proof.units)]
        said = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
        band = {"low": self._settings.low, "high": self._settings.high}
        return Verdict("proven", "no_cover", {"units": said, "least": proof.least, **band})

    def entries(self, codes: list[str]) -> Iterator[Entry]:
        """The piece's part of the verdicts file; grids that one proof accounts for stand in one entry."""
        place = {"community": self._cut.community, "piece": self._cut.number}
        for g in self._repaired:
            yield {
                **place,
                "grid_ids": [codes[g]],
                "verdict": "repaired",
                "reason": "recut with its neighbours",
            }
        shared: dict[Proof, list[str]] = {}
        for g, verdict in sorted(self.verdicts.items()):
            if g in self._backing:
                shared.setdefault(self._backing[g], []).append(codes[g])
                if len(shared[self._backing[g]]) > 1:
                    continue
            entry = {**place, "grid_ids": shared.get(self._backing[g]) if g in self._backing else [codes[g]]}
            entry |= {"verdict": verdict.kind, "reason": reason(verdict)}
            yield entry | ({"certificate": self._certificate(g, verdict)} if verdict.kind == "proven" else {})

    def _certificate(self, g: int, verdict: Verdict) -> Entry:
        if g in self._backing:
            proof = self._backing[g]
            return {
                "kind": "no_cover",
                "units": [self._ids[u] for u in members(proof.units)],
                "least": proof.least,
            }
        if verdict.code == "unit_above_high":
            return {
                "kind": "giant",
                "unit": verdict.params["unit"],
                "households": verdict.params["households"],
            }
        return {"kind": "total", "households": int(self._households.sum())}


def _repaired(ground: Ground, before: Ints, after: Ints) -> list[int]:
    """For each grid that was out of range and is no more: the grid in range that has most of its units."""
    now, found = sets_of(after), []
    for old in sets_of(before):
        if old in now or not ground.is_outside(old):
            continue
        fit = [
            g
            for g, one in enumerate(now)
            if one & old and not ground.is_outside(one) and not one & ground.giants
        ]
        best = max(fit, key=lambda g, old=old: ((now[g] & old).bit_count(), -g), default=None)  # type: ignore[misc]
        if best is not None and best not in found:
            found.append(best)
    return sorted(found)
