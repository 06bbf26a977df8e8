"""The demo's script: births, deaths and moves, as JSON lines. The register's dated relations hold them already."""

from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType

from wangge.entry.demo.town.locality import Locality


class Changes:
    """`changes.jsonl`, open while communities come; ordered by day within each."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / "changes.jsonl").open("w", encoding="utf-8", newline="\n")
        self.count = 0

    def __enter__(self) -> Changes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def community(self, locality: Locality) -> None:
        """The changes of one community."""
        dwellings, people = locality.ground.built.dwellings, locality.population.people
        for change in locality.population.changes:
            line = {
                "on": change.on.isoformat(),
                "change": change.kind,
                "community": locality.community.code,
                "people": [people[p].code for p in change.people],
                "dwelling": dwellings[change.dwelling].code if change.dwelling is not None else "",
                "former_dwelling": dwellings[change.former_dwelling].code
                if change.former_dwelling is not None
                else "",
            }
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self.count += 1

    def close(self) -> None:
        """End the file."""
        self._file.close()
