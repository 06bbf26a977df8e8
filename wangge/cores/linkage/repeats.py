"""Linkage's repeats: lines of a file that say the same of somebody word for word, settled before comparing.

So a file that was pasted twice, or a line that came ten thousand times, makes no pairs at all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage.matrices import combined
from wangge.cores.linkage.prepared import Prepared

Rows = npt.NDArray[np.int64]


def repeats(records: Prepared) -> Rows:
    """For each record the first one that it repeats: itself, where it is the first or proves too little.

    Proof enough is an identity number that holds, or name and birth date with a home or a telephone.
    """
    home = (records.dwelling != 0) | (records.door != 0) | (records.phones[:, 0] != 0)
    proof = records.id_citizen | ((records.name != 0) & (records.birth != 0) & home)
    content = combined(records.source + 1, records.content)
    first = np.arange(len(records))
    rows = np.flatnonzero(proof)
    _, where, which = np.unique(content[rows], return_index=True, return_inverse=True)
    first[rows] = rows[where[which]]
    return first
