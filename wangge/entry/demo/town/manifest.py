"""The demo's town: the manifest: what was made, and the SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """Equal for equal seeds, sizes and days. `digests` are by path within the folder; those of the truth begin with
    truth/. `rows` are data rows by department and file, `counts` everything else.
    """

    seed: int
    size: str
    district: str
    first_day: str
    today: str
    counts: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """As JSON."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """What `write` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def digests(folder: Path, prefix: str = "") -> dict[str, str]:
    """SHA-256 of all files below a folder, by their sorted paths."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {prefix + path.relative_to(folder).as_posix(): _digest(path) for path in paths}


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
