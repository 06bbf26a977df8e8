"""A hamlet, built once for all tests of the town, and one community of it in the making."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from wangge.entry.demo.town.build import TODAY, build
from wangge.entry.demo.town.divisions import district
from wangge.entry.demo.town.ground import ground_of
from wangge.entry.demo.town.layout import Layout, lay_out
from wangge.entry.demo.town.locality import Locality
from wangge.entry.demo.town.manifest import Manifest
from wangge.entry.demo.town.organisations import organisations_of
from wangge.entry.demo.town.parts import parts_of
from wangge.entry.demo.town.populate import populate
from wangge.entry.demo.town.sizes import Size

SEED = 7
FIRST = date(2026, 4, 16)


class Hamlet(NamedTuple):
    folder: Path
    truth: Path
    manifest: Manifest


@pytest.fixture(scope="session")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Hamlet:
    base = tmp_path_factory.mktemp("hamlet")
    manifest = build(base / "town", seed=SEED, size=Size.HAMLET, truth=base / "truth")
    return Hamlet(base / "town", base / "truth", manifest)


@pytest.fixture(scope="session")
def layout() -> Layout:
    return lay_out(district("420502"), SEED)


@pytest.fixture(scope="session")
def locality(layout: Layout) -> Locality:
    """A quarter of the old town with about a thousand households."""
    ground = ground_of(layout, layout.from_the_heart[3], 1000, SEED)
    population = populate(ground, SEED, FIRST, TODAY)
    return Locality(ground, population, parts_of(ground, SEED), organisations_of(ground, SEED))
