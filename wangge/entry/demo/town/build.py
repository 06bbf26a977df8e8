"""The demo's town: the front door. `build` makes a town from a seed, community by community."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path

from wangge.entry.demo.town.basemap import BaseMap
from wangge.entry.demo.town.city_files import write_city_files
from wangge.entry.demo.town.departments.mailbag import Mailbag
from wangge.entry.demo.town.departments.rates import RATES, Rates
from wangge.entry.demo.town.divisions import Community, District, district, districts
from wangge.entry.demo.town.ground import ground_of
from wangge.entry.demo.town.layout import Layout, lay_out
from wangge.entry.demo.town.locality import Locality
from wangge.entry.demo.town.manifest import Manifest, digests
from wangge.entry.demo.town.organisations import organisations_of
from wangge.entry.demo.town.parts import parts_of
from wangge.entry.demo.town.populate import populate
from wangge.entry.demo.town.register import Register
from wangge.entry.demo.town.script.changes import Changes
from wangge.entry.demo.town.script.days import write_days
from wangge.entry.demo.town.script.scenes import Scene, scene_of
from wangge.entry.demo.town.sizes import Size, peopled
from wangge.entry.demo.town.staff import StaffList
from wangge.entry.demo.town.truth import Truth

TODAY = date(2026, 6, 30)
"""The town's today, unless it is told another: days are counted back from it, so that a seed makes the same town for ever."""
DISTRICT = "420502"
DAYS = 75

Progress = Callable[[str, int, int], None]
"""Called with what is being made, how much of it is done, and of how much."""

_PARTS = ("files", "basemap", "town", "script", "city")


def build(
    folder: Path,
    *,
    seed: int,
    size: Size,
    truth: Path,
    progress: Progress | None = None,
    district_code: str = DISTRICT,
    today: date = TODAY,
    days: int = DAYS,
    rates: Mapping[str, Rates] | None = None,
) -> Manifest:
    """Make a town in `folder` and its truth in `truth`, both of which must not hold one; returns the manifest.

    `folder` gets `files/` (what departments send), `basemap/`, `town/` (the register), `script/`, `city/` and
    `manifest.json`. Memory holds one community at a time. `rates` replaces departments' error rates.
    Raises FileExistsError where a town stands, LookupError for an unknown district, ValueError for days outside 1–366.
    A town that fails half way is taken away again.
    """
    if not 1 <= days <= 366:
        raise ValueError(f"the script has 1 to 366 days, not {days}")
    chosen = [district(district_code)] if size is not Size.CITY else list(districts())
    with _clean(folder, truth):
        works = _Works(
            folder, truth, seed, size, today - timedelta(days=days), today, {**RATES, **(rates or {})}
        )
        return works.build(chosen, progress or (lambda *_: None))


@contextmanager
def _clean(folder: Path, truth: Path) -> Iterator[None]:
    """Both folders are new, and vanish when something goes wrong."""
    made = [*(folder / part for part in _PARTS), folder / "manifest.json", truth]
    for path in made:
        if path.exists() and (path.is_file() or any(path.iterdir())):
            raise FileExistsError(f"{path} is there already: choose another folder, or remove it")
    try:
        yield
    except BaseException:
        for path in made:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        raise


class _Works:
    """The building site: everything that is open while communities come."""

    def __init__(
        self,
        folder: Path,
        truth: Path,
        seed: int,
        size: Size,
        first: date,
        today: date,
        rates: Mapping[str, Rates],
    ) -> None:
        self._folder, self._truth_folder = folder, truth
        self._seed, self._size, self._first, self._today = seed, size, first, today
        self._counts: dict[str, int] = {}
        self._scenes: list[Scene] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._register = Register(folder / "town", seed, first, today)
        self._truth = Truth(truth, today)
        self._map = BaseMap(folder / "basemap")
        self._changes = Changes(folder / "script")
        self._staff = StaffList(folder / "city", seed, today)
        self._mail = Mailbag(folder / "files", seed, today, rates)

    def build(self, chosen: list[District], progress: Progress) -> Manifest:
        with ExitStack() as open_files:
            for thing in (self._map, self._changes, self._staff, self._mail, self._register, self._truth):
                open_files.callback(thing.close)
            for one in chosen:
                self._district(one, progress)
        rows = self._mail.finish()
        write_city_files(self._folder / "city", chosen[0], self._first, self._today)
        self._counts["reports"] = write_days(
            self._folder / "script", self._scenes, self._seed, self._first, self._today,
            lambda done, total: progress("days", done, total),
        )  # fmt: skip
        return self._manifest(chosen, rows, progress)

    def _district(self, one: District, progress: Progress) -> None:
        layout = lay_out(one, self._seed)
        communities = peopled(self._size, layout.from_the_heart, self._seed)
        self._register.district(one, layout)
        self._map.district(layout)
        self._mail.open(one, prefix=f"{one.code}_" if self._size is Size.CITY else "")
        for done, (community, households) in enumerate(communities, 1):
            self._community(layout, community, households)
            progress("communities", done, len(communities))
        self._staff.district(one, sum(households for _, households in communities))
        self._mail.close()

    def _community(self, layout: Layout, community: Community, households: int) -> None:
        ground = ground_of(layout, community, households, self._seed)
        population = populate(ground, self._seed, self._first, self._today)
        locality = Locality(
            ground, population, parts_of(ground, self._seed), organisations_of(ground, self._seed)
        )
        self._map.community(ground)
        self._register.community(locality)
        self._mail.community(locality, self._truth.tell)
        self._truth.community(locality)
        self._changes.community(locality)
        self._staff.community(community, households)
        self._scenes.append(scene_of(locality, self._seed, self._today))
        self._count(locality)

    def _count(self, locality: Locality) -> None:
        """What the register doesn't count, because it doesn't know all of it."""
        people = locality.population.people
        more = {
            "true_people": len(people),
            "true_residents": sum(p.lives_here for p in people),
            "true_registered": sum(p.in_district and p.alive for p in people),
            "living_households": sum(
                any(people[m].lives_here for m in family.members) for family in locality.population.families
            ),
        }
        for name, count in more.items():
            self._counts[name] = self._counts.get(name, 0) + count

    def _manifest(self, chosen: list[District], rows: dict[str, int], progress: Progress) -> Manifest:
        counts = {
            **self._register.rows,
            **self._counts,
            "changes": self._changes.count,
            "staff": self._staff.count,
        }
        files: dict[str, str] = {}
        for number, part in enumerate(_PARTS, 1):
            files |= digests(self._folder / part, f"{part}/")
            progress("manifest", number, len(_PARTS) + 1)
        files |= digests(self._truth_folder, "truth/")
        progress("manifest", len(_PARTS) + 1, len(_PARTS) + 1)
        manifest = Manifest(
            self._seed, self._size.value, "+".join(d.code for d in chosen), self._first.isoformat(),
            self._today.isoformat(), counts, rows, dict(sorted(files.items())),
        )  # fmt: skip
        manifest.write(self._folder / "manifest.json")
        return manifest
