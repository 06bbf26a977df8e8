"""What the files say that the demo was made from: the manifest, the sheets of the city, the departments' mappings."""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path

import pyarrow.parquet as pq

from wangge.cores.tables.reading import read_table
from wangge.entry.demo.load import feeds
from wangge.entry.demo.town.manifest import Manifest


class Inputs:
    """The town's folder in a demo's home."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.manifest = Manifest.read(folder / "manifest.json")

    @cached_property
    def classes(self) -> int:
        """Classes of the catalogue."""
        with (self._folder / "city" / "classes.csv").open(encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.DictReader(file))

    @cached_property
    def responsibilities(self) -> int:
        """Lines of the responsibility list."""
        return read_table(self._folder / "city" / "responsibilities.xlsx").data.num_rows

    @cached_property
    def address(self) -> str:
        """Where the first building stands: road and number."""
        row = (
            pq.ParquetFile(self._folder / "town" / "buildings.parquet")
            .read_row_group(0)
            .slice(0, 1)
            .to_pylist()[0]
        )
        return f"{row['road']}{row['number']}"

    @cached_property
    def columns(self) -> dict[str, int]:
        """How many columns each feed's mapping names."""
        return {
            one.feed: len(one.columns) + (len(one.second.columns) if one.second else 0)
            for one in feeds.feed_files(self._folder)
        }
