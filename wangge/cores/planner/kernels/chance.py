"""The planner's own chance: a small generator whose state is an array, so that a seed gives the same plan everywhere.

Source: xorshift64*, Vigna 2016, "An experimental exploration of Marsaglia's xorshift generators, scrambled".
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.kernels.compiled import kernel

_TWELVE, _TWENTY_FIVE, _TWENTY_SEVEN = np.uint64(12), np.uint64(25), np.uint64(27)
_SCRAMBLE, _ELEVEN = np.uint64(2685821657736338717), np.uint64(11)


def state_for(seed: int, name: str) -> NDArray[np.uint64]:
    """A generator that depends on the seed and on `name` alone: a community's plan never hangs on its neighbours.

    :returns: array of one non-zero uint64.
    """
    digest = hashlib.blake2b(f"{seed}\x1f{name}".encode(), digest_size=8).digest()
    return np.array([int.from_bytes(digest, "little") or 1], dtype=np.uint64)


@kernel
def uniform(chance: NDArray[np.uint64]) -> float:
    """The next number in [0, 1)."""
    x = chance[0]
    x ^= x >> _TWELVE
    x ^= x << _TWENTY_FIVE
    x ^= x >> _TWENTY_SEVEN
    chance[0] = x
    return float((x * _SCRAMBLE) >> _ELEVEN) / 9007199254740992.0


@kernel
def below(chance: NDArray[np.uint64], limit: int) -> int:
    """The next whole number in [0, limit)."""
    return int(uniform(chance) * limit)
