"""Linkage's comparison of birth dates, sexes, telephones and places."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage.prepared import Prepared

BIRTH_LEVELS = (
    "unknown",
    "equal",
    "swapped",  # month and day the other way round
    "one_digit",  # one digit wrong, or two neighbours swapped
    "year_off",  # the same day, some years apart
    "near_day",  # the same month, or two weeks apart
    "lunar_gap",  # as far apart as a lunar date is from its solar one
    "rounded",  # the same year or month, and one side gives its first day
    "same_month",  # one side knows only year and month: they agree
    "only_year",  # one side knows only the year: it agrees
    "same_year",
    "different",
)
(
    BIRTH_UNKNOWN,
    BIRTH_EQUAL,
    BIRTH_SWAPPED,
    BIRTH_DIGIT,
    BIRTH_YEAR_OFF,
    BIRTH_NEAR_DAY,
    BIRTH_LUNAR,
    BIRTH_ROUNDED,
    BIRTH_MONTH,
    BIRTH_ONLY_YEAR,
    BIRTH_YEAR,
    BIRTH_DIFFERENT,
) = range(len(BIRTH_LEVELS))

SEX_LEVELS = ("unknown", "equal", "different")

PHONE_LEVELS = ("unknown", "equal", "near", "different")
PHONE_UNKNOWN, PHONE_EQUAL, PHONE_NEAR, PHONE_DIFFERENT = range(len(PHONE_LEVELS))

PLACE_LEVELS = (
    "unknown",
    "dwelling",
    "door",  # the address texts name the same door; at least one is not resolved
    "building",
    "different",
)
PLACE_UNKNOWN, PLACE_DWELLING, PLACE_DOOR, PLACE_BUILDING, PLACE_DIFFERENT = range(len(PLACE_LEVELS))

Rows = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
_POWERS = 10 ** np.arange(11, dtype=np.int64)
_MOST_YEARS_OFF = 10
# A lunar date stands for a solar one 17 to 52 days later.
_LUNAR_DAYS = (17, 52)


def compare_births(left: Prepared, i: Rows, right: Prepared, j: Rows) -> Levels:
    """The level (index in BIRTH_LEVELS) of each pair of rows."""
    a, b = left.birth[i], right.birth[j]
    year, other_year = left.year[i], right.year[j]
    both = (a > 0) & (b > 0)
    month, day, other_month, other_day = a // 100 % 100, a % 100, b // 100 % 100, b % 100
    same_year = year == other_year
    months = same_year & (left.month[i] == right.month[j]) & (left.month[i] > 0)
    first_day = ((day == 1) | (other_day == 1)) & months
    first_day |= ((month == 1) & (day == 1)) | ((other_month == 1) & (other_day == 1))
    days = np.abs(_days(a) - _days(b))
    conditions = [
        both & (a == b),
        both & same_year & (month == other_day) & (day == other_month),
        both & one_slip(a, b, 8),
        both & (month == other_month) & (day == other_day) & (np.abs(year - other_year) <= _MOST_YEARS_OFF),
        both & same_year & first_day,
        both & (months | (days < _LUNAR_DAYS[0])),
        both & (days <= _LUNAR_DAYS[1]),
        ~both & months,
        same_year & ((left.month[i] == 0) | (right.month[j] == 0)),
        same_year & both,
    ]
    levels = [
        BIRTH_EQUAL,
        BIRTH_SWAPPED,
        BIRTH_DIGIT,
        BIRTH_YEAR_OFF,
        BIRTH_ROUNDED,
        BIRTH_NEAR_DAY,
        BIRTH_LUNAR,
    ]
    levels += [BIRTH_MONTH, BIRTH_ONLY_YEAR, BIRTH_YEAR]
    level = np.select(conditions, levels, BIRTH_DIFFERENT).astype(np.int8)
    level[(year == 0) | (other_year == 0)] = BIRTH_UNKNOWN
    return level


def compare_sexes(left: Prepared, i: Rows, right: Prepared, j: Rows) -> Levels:
    """The level (index in SEX_LEVELS) of each pair of rows."""
    a, b = left.sex[i], right.sex[j]
    return np.where((a == 0) | (b == 0), 0, np.where(a == b, 1, 2)).astype(np.int8)


def compare_phones(left: Prepared, i: Rows, right: Prepared, j: Rows) -> tuple[Levels, Rows]:
    """The level (index in PHONE_LEVELS) of each pair of rows, and which of the left numbers is shared."""
    level = np.full(len(i), PHONE_DIFFERENT, dtype=np.int8)
    which = np.zeros(len(i), dtype=np.int64)
    level[(left.phones[i, 0] == 0) | (right.phones[j, 0] == 0)] = PHONE_UNKNOWN
    for mine in range(left.phones.shape[1]):
        at = np.flatnonzero(left.phones[i, mine] != 0) if mine else np.arange(len(i))
        for theirs in range(right.phones.shape[1]):
            a, b = left.phones[i[at], mine], right.phones[j[at], theirs]
            known = (a != 0) & (b != 0)
            if not known.any():
                break
            if mine == theirs == 0:
                level[at[known & one_slip(a, b, 11)]] = PHONE_NEAR
            equal = at[known & (a == b)]
            which[equal[level[equal] != PHONE_EQUAL]] = mine
            level[equal] = PHONE_EQUAL
    return level, which


def compare_places(left: Prepared, i: Rows, right: Prepared, j: Rows) -> Levels:
    """The level (index in PLACE_LEVELS) of each pair of rows."""
    resolved = (left.dwelling[i] != 0) & (right.dwelling[j] != 0)
    written = (left.building[i] != 0) & (right.building[j] != 0)
    door = (left.door[i] == right.door[j]) & (left.door[i] != 0)
    building = written & (left.building[i] == right.building[j])
    conditions = [
        resolved & (left.dwelling[i] == right.dwelling[j]),
        ~resolved & door,
        building,
        resolved | written,
    ]
    levels = [PLACE_DWELLING, PLACE_DOOR, PLACE_BUILDING, PLACE_DIFFERENT]
    return np.select(conditions, levels, PLACE_UNKNOWN).astype(np.int8)


def one_slip(a: Rows, b: Rows, digits: int) -> npt.NDArray[np.bool_]:
    """Whether two numbers of so many digits differ in one digit, or in two neighbours that are swapped."""
    gap = np.abs(a - b)
    found = np.zeros(len(a), dtype=bool)
    for place in range(digits):
        step = _POWERS[place]
        found |= (gap % step == 0) & (gap > 0) & (gap < 10 * step) & (a // (10 * step) == b // (10 * step))
        if place + 1 < digits:
            higher, lower = a // (10 * step) % 10, a // step % 10
            found |= a + (higher - lower) * step + (lower - higher) * 10 * step == b
    return found & (a != b)


def _days(birth: Rows) -> Rows:
    """Days since an epoch, near enough (months of 30.44 days) for gaps of weeks."""
    return (birth // 10000 * 365.2425 + birth // 100 % 100 * 30.44 + birth % 100).astype(np.int64)
