"""The proofs of a verdicts file, each checked from the bare city.

giant     the grid holds one unit above the upper bound.
total     the grid's piece holds so many households that no whole number of grids between the bounds fits.
no_cover  of all connected grids in range that hold any of `units`, no choice that shares no unit holds them all with
          fewer than `least` grids out of range. A grid may hold low + high households at most and a giant counts
          high + 1: a grid that swallows what could be another grid would make any count small.

Proofs of one piece add up only if no one grid out of range could serve two of them: where that might be, the piece fails.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from wangge.cores.planner.verifying.listing import Band, TooLarge, lightest_way
from wangge.cores.planner.verifying.reading import City, Entry, Promises
from wangge.cores.planner.verifying.resolving import fewest_unfit

Grids = dict[str, set[int]]


def broken_proofs(city: City, promises: Promises, grids: Grids) -> Iterator[str]:
    """A line for each certificate that does not prove its verdict."""
    band = Band(promises.low, promises.high)
    row_of = {name: row for row, name in enumerate(city.ids)}
    cores: dict[int, list[set[int]]] = defaultdict(list)
    for entry in promises.entries:
        if entry["verdict"] != "proven" or not all(name in grids for name in entry["grid_ids"]):
            continue
        try:
            fault = _fault(city, band, entry, grids, row_of, cores)
        except (KeyError, TypeError, ValueError) as error:
            fault = f"the certificate can't be read: {error!r}"
        except TooLarge as error:
            fault = str(error)
        if fault:
            yield f"{_kind(entry)} of grid {', '.join(entry['grid_ids'])}: {fault}"
    for piece, units in cores.items():
        for one, other in combinations(units, 2):
            if lightest_way(city, band, one, other) <= band.most:
                yield f"two proofs around {city.ids[piece]} might speak of the same grid"


def _kind(entry: Entry) -> str:
    certificate = entry.get("certificate")
    return f"certificate {certificate.get('kind')!r}" if isinstance(certificate, dict) else "certificate"


def _fault(
    city: City,
    band: Band,
    entry: Entry,
    grids: Grids,
    row_of: dict[str, int],
    cores: dict[int, list[set[int]]],
) -> str | None:
    """Why a certificate fails; None if it holds. Units that a proof speaks of are added to their piece's `cores`."""
    certificate, named = entry["certificate"], [grids[name] for name in entry["grid_ids"]]
    piece = city.reached(next(iter(named[0])), set(range(len(city.ids))))
    if not all(rows <= piece for rows in named):
        return "its grids lie in several pieces"
    if certificate["kind"] == "giant":
        unit = row_of[certificate["unit"]]
        if len(named) > 1 or unit not in named[0]:
            return f"unit {certificate['unit']} is not in the grid"
        return (
            None
            if city.households[unit] > band.high
            else f"unit {certificate['unit']} is not above {band.high}"
        )
    if certificate["kind"] == "total":
        cores[min(piece)].append(piece)
        return _total_fault(city, band, certificate, piece, len(named))
    if certificate["kind"] != "no_cover":
        return "nobody knows this kind"
    units = {row_of[name] for name in certificate["units"]}
    if not units or not units <= piece:
        return "its units are not all in the piece"
    cores[min(piece)].append(units)
    if int(certificate["least"]) < len(named):
        return f"it speaks of {certificate['least']} grids, the verdict of {len(named)}"
    if any(city.households[row] > band.high for rows in named for row in rows):
        return "it says nothing of a grid with a unit above the band"
    least = fewest_unfit(city, band, piece, units, int(certificate["least"]))
    return None if least >= int(certificate["least"]) else "a choice of grids in range was found"


def _total_fault(city: City, band: Band, certificate: Entry, piece: set[int], named: int) -> str | None:
    total = sum(city.households[row] for row in piece)
    if total != certificate["households"]:
        return f"the piece holds {total} households, not {certificate['households']}"
    if named > 1 or any(city.households[row] > band.high for row in piece):
        return "a total proves one grid, where no unit is above the band"
    # With k grids in range the total is between k x low and k x high.
    fits = any(k * band.low <= total <= k * band.high for k in range(1, total // band.low + 1))
    return "a number of grids fits" if fits else None
