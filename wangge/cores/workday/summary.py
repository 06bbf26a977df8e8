"""What the command says: what went in, where a day fills, what a year brings at each size, and which row matters most."""

from __future__ import annotations

from collections.abc import Iterator

from wangge.cores.workday.calibration import Calibration
from wangge.cores.workday.load import PARTS
from wangge.cores.workday.sheet import Sheet
from wangge.cores.workday.study import Band, Study, Wanted

MOST_SWINGS = 5


def said_of_sheet(sheet: Sheet, seed: int) -> Iterator[str]:
    """Lines: the seed, and every row that is an assumption."""
    assumed = [row for row in sheet.rows if row.assumption]
    yield f"seed {seed}; of {len(sheet.rows)} rows of the sheet {len(assumed)} are assumptions:"
    for row in assumed:
        bounds = f" ({row.low:g} to {row.high:g})" if row.low < row.high else ""
        yield f"  {row.code} {row.value:g}{bounds} {row.unit}"


def said_of_months(made: Calibration) -> Iterator[str]:
    """Lines: what recorded months say, and which rows are measured by them now."""
    yield f"recorded: {made.months} grid-months"
    for one in (*made.fitted, made.rest):
        kind = "measured" if one.is_measured else "not told apart from the sheet"
        yield f"  {one.code}: {one.before:g} before, {one.value:.3g} now ({one.low:.3g} to {one.high:.3g}); {kind}"


def said_of(study: Study, wanted: Wanted) -> Iterator[str]:
    """Lines on one ground: a table by size, where the day fills, the band, and the rows that matter most."""
    units, swept = study.ground.units, study.sweep
    yield f"{study.ground.name}: {len(units):,} buildings, {int(units.households.sum()):,} households"
    yield (
        "  households  minutes a day (90 %)   "
        + "  ".join(f"{part:>6}" for part in PARTS)
        + ("   on time  overtime  idle  cost")
    )
    for i, size in enumerate(swept.households):
        low, _, high = swept.total[i]
        parts = [float(swept.parts[part][i]) for part in PARTS]
        year = {name: float(values[i, 1]) for name, values in study.figures.items()}
        yield (
            f"  {size:10.0f}  {sum(parts):4.0f} ({low:.0f} to {high:.0f})".ljust(35)
            + "  ".join(f"{minutes:6.0f}" for minutes in parts)
            + f"   {100 * year['on_time']:5.1f} %  {year['overtime']:8.0f}  {year['idle']:4.0f}  {year['cost']:4.0f}"
        )
    low, _, high = swept.fills
    yield (
        f"  a day of {swept.working:.0f} minutes is full at {swept.best:.0f} households"
        f" (90 % interval {low:.0f} to {high:.0f}{_beyond(swept.best, float(swept.households[-1]))})"
    )
    if swept.assumed is not None:
        yield f"  {100 * swept.assumed:.0f} % of that interval's variance is assumption"
    yield f"  {said_of_band(study.band, wanted)}"
    for swing in swept.swings[:MOST_SWINGS]:
        yield f"  {swing.code}: full at {swing.at_low:.0f} at its low bound, {swing.at_high:.0f} at its high one"


def _beyond(best: float, last: float) -> str:
    return f"; beyond {last:.0f} by a straight line" if best > last else ""


def said_of_band(band: Band, wanted: Wanted) -> str:
    """Between which sizes all that is wanted holds, as a sentence without capital and stop."""
    asked = (
        f"at least {100 * wanted.on_time:.0f} % on time, at most {wanted.overtime:.0f} minutes of overtime and"
        f" {wanted.idle:.0f} idle a day"
    )
    if not band.exists:
        return f"no size here has {asked}"
    if band.low is None and band.high is None:
        return f"every size here: {asked}"
    if band.high is None:
        return f"from {band.low:.0f} households to the largest size here: {asked}"
    low = "the smallest size here" if band.low is None else f"{band.low:.0f}"
    return f"from {low} to {band.high:.0f} households: {asked}"
