"""Files out: which grid each row is in, whole or not at all (polygons and workbooks: `borders.exports`).

It names no person, so it is as open as the umask lets any file be.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path


def write_memberships(
    path: Path, header: tuple[str, str], names: Iterable[object], codes: Sequence[str]
) -> None:
    """One line a unit, in their order: its name and its grid's code, as they are (this file is for programs)."""
    from wangge.cores.tables.writing import replacing

    with replacing(path, private=False) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(zip(names, codes, strict=True))
        text.flush()
        text.detach()
