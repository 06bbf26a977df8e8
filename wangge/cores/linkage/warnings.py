"""Linkage's warnings: what a batch's data did to its linking, said and not hidden."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage.blocking import Candidates
from wangge.cores.linkage.joining import Batch, Joined
from wangge.cores.linkage.links import LinkWarning

Flags = npt.NDArray[np.bool_]
# As many records under one number, and it is a filler or a clerk's own.
_SHARED = 5


def warn(
    batch: Batch, joined: Joined, found: tuple[Candidates, Candidates], unknown: list[str]
) -> list[LinkWarning]:
    """The warnings of one run, in a fixed order."""
    left = batch.left
    silent = (left.name == 0) & (left.id_number == 0)
    crowded = found[0].crowded | found[1].crowded
    number, count = np.unique(left.id_number[left.id_number != 0], return_counts=True)
    shared = np.isin(left.id_number, number[count >= _SHARED])
    flags = [
        ("no_evidence", silent, "records have neither a name nor an identity number"),
        (
            "rounded_number",
            left.id_rounded,
            "identity numbers were rounded by a spreadsheet: send them as text",
        ),
        ("crowded", crowded, "records share their few details with too many others to be compared"),
        ("shared_number", shared, f"records carry an identity number that {_SHARED} or more of them carry"),
    ]
    warnings = [_warning(code, flag, text, left.labels) for code, flag, text in flags if flag.any()]
    if unknown:
        text = f"{len(unknown)} ids in decisions are not known here"
        warnings.append(LinkWarning("decision_unknown", len(unknown), text, tuple(unknown)))
    if joined.contradictions:
        text = f"{joined.contradictions} decisions contradict others, or would join two golden persons"
        warnings.append(LinkWarning("decision_contradicts", joined.contradictions, text, ()))
    return warnings


def _warning(code: str, flag: Flags, text: str, labels: list[str]) -> LinkWarning:
    rows = np.flatnonzero(flag)
    return LinkWarning(code, len(rows), f"{len(rows)} {text}", tuple(labels[row] for row in rows))
