"""Linkage's comparison of names, character by character and by sound; never by bytes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage.prepared import Prepared
from wangge.cores.linkage.readers import NAME_WIDTH
from wangge.cores.linkage.sounds import look_alike, near_sound, same_sound

LEVELS = (
    "unknown",
    "equal",
    "sound",  # 张伟 / 章玮
    "look_alike",  # 己 / 已
    "near_sound",  # 琳 / 玲
    "one_character",  # one of three or more differs
    "part",  # 欧阳娜 / 欧阳娜娜, a minority name cut short
    "reordered",
    "given_only",  # the given name agrees, the surname does not
    "surname_only",
    "different",
)
UNKNOWN, EQUAL, SOUND, LOOK, NEAR, ONE, PART, REORDERED, GIVEN, SURNAME, DIFFERENT = range(len(LEVELS))

Rows = npt.NDArray[np.int64]
# Above it two Latin spellings are taken for one name with a slip.
_SPELLING = 0.9


def compare_names(left: Prepared, i: Rows, right: Prepared, j: Rows) -> npt.NDArray[np.int8]:
    """The level (index in LEVELS) of each pair of rows."""
    level = np.full(len(i), DIFFERENT, dtype=np.int8)
    equal = left.name[i] == right.name[j]
    rest = np.flatnonzero(~equal)
    level[rest] = _unequal(left, i[rest], right, j[rest])
    latin = rest[(left.latin[i[rest]] != None) & (right.latin[j[rest]] != None)]  # noqa: E711 (elementwise)
    level[latin] = _latin(left, i[latin], right, j[latin])
    level[equal] = EQUAL
    level[(left.name[i] == 0) | (right.name[j] == 0)] = UNKNOWN
    return level


def _unequal(left: Prepared, i: Rows, right: Prepared, j: Rows) -> npt.NDArray[np.int8]:
    a, b = left.characters[i], right.characters[j]
    used = (a != 0) | (b != 0)
    same = (a == b) & used
    differ = used & ~same
    sound = differ & same_sound(a, b)
    look = differ & ~sound & look_alike(a, b)
    near = differ & ~sound & ~look & near_sound(a, b)
    far = (differ & ~sound & ~look & ~near).sum(axis=1)
    oneway = look.sum(axis=1) + near.sum(axis=1)
    length, other = left.name_length[i], right.name_length[j]
    aligned = (length == other) & (length > 1)
    surname = left.surname_sound[i] == right.surname_sound[j]
    given = left.given_sound[i] == right.given_sound[j]
    whole = aligned & (far == 0)
    cases = [
        (whole & (oneway == 0), SOUND),
        (whole & (oneway == 1) & look.any(axis=1), LOOK),
        (whole & (oneway == 1), NEAR),
        (aligned & (length > 2) & (far + oneway == 1), ONE),
        (_part(a, b, length, other), PART),
        (aligned & (length > 2) & _reordered(a, b), REORDERED),
        (given & (np.minimum(length, other) > 2), GIVEN),
        (surname, SURNAME),
    ]
    han = (a[:, 0] != 0) & (b[:, 0] != 0)
    conditions = [han & condition for condition, _ in cases]
    return np.select(conditions, [level for _, level in cases], DIFFERENT).astype(np.int8)


def _part(
    a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32], length: Rows, other: Rows
) -> npt.NDArray[np.bool_]:
    """Whether the shorter name is the longer one with characters left out (both begin alike)."""
    longer = np.where((length >= other)[:, None], a, b)
    shorter = np.where((length >= other)[:, None], b, a)
    at = np.zeros(len(a), dtype=np.int64)
    rows = np.arange(len(a))
    for place in range(NAME_WIDTH):
        wanted = shorter[rows, np.minimum(at, NAME_WIDTH - 1)]
        at += (wanted == longer[:, place]) & (wanted != 0)
    held = np.minimum(np.minimum(length, other), NAME_WIDTH)
    return (length != other) & (at >= held) & (held > 1) & (a[:, 0] == b[:, 0])


def _reordered(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    return np.asarray((np.sort(a, axis=1) == np.sort(b, axis=1)).all(axis=1))


def _latin(left: Prepared, i: Rows, right: Prepared, j: Rows) -> npt.NDArray[np.int8]:
    from rapidfuzz.distance import JaroWinkler

    level = np.full(len(i), DIFFERENT, dtype=np.int8)
    for at, (a, b) in enumerate(zip(left.latin[i], right.latin[j], strict=True)):
        if sorted(a.split()) == sorted(b.split()):
            level[at] = REORDERED
        elif JaroWinkler.similarity(a, b) >= _SPELLING:
            level[at] = ONE
        elif set(a.split()) < set(b.split()) or set(b.split()) < set(a.split()):
            level[at] = PART
    return level
