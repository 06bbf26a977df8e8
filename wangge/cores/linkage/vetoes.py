"""Linkage's vetoes: pairs that no model may merge, each with the reason people read in the review queue."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wangge.cores.linkage import field_comparison as fields
from wangge.cores.linkage import id_comparison as ids
from wangge.cores.linkage import name_comparison as names
from wangge.cores.linkage.comparing import BIRTH, ID, NAME, Compared

Flags = npt.NDArray[np.bool_]

VETOES = (
    "",
    "two_valid_ids",  # two valid, different identity numbers
    "id_of_another",  # the same valid number under a name that does not fit
    "twins",  # the same birth date and home, another given name
    "parents_phone",  # the same telephone, another birth date
    "kin",  # the same home, another name
    "namesake",  # the same name, another birth date, or a neighbour of whom no more is known
    "other_name",  # nothing but the name's likeness, and the name differs
)
NO_VETO, TWO_IDS, ID_OF_ANOTHER, TWINS, PHONE_OF_KIN, KIN, NAMESAKE, OTHER_NAME = range(len(VETOES))

# The same name written otherwise; siblings hardly ever bear two such names.
SAME_NAME = (names.EQUAL, names.SOUND, names.LOOK, names.NEAR)
# What a valid number of one's own may be found under, with a slip in the name.
FITTING_NAME = (*SAME_NAME, names.UNKNOWN, names.ONE, names.PART, names.REORDERED, names.GIVEN)
_OTHER_DAY = (fields.BIRTH_DIFFERENT, fields.BIRTH_YEAR)
_SAME_ID = (ids.EQUAL, ids.NEAR)


def by_rule(compared: Compared, valid: Flags) -> Flags:
    """Pairs certain by rule: one valid number under fitting names. ``valid``: the left number holds.

    A name that is merely similar also needs a birth date that does not contradict: families lend numbers.
    """
    name, birth = compared.levels[:, NAME], compared.levels[:, BIRTH]
    same = np.isin(name, SAME_NAME)
    fitting = same | (np.isin(name, FITTING_NAME) & ~np.isin(birth, _OTHER_DAY))
    return np.asarray(valid & (compared.levels[:, ID] == ids.EQUAL) & fitting)


def vetoes(compared: Compared) -> npt.NDArray[np.int8]:
    """The veto (index in VETOES) on each pair, 0 where a model may decide."""
    name, number, birth, _, phone, place = compared.levels.T
    same_id = np.isin(number, _SAME_ID)
    other_day = np.isin(birth, _OTHER_DAY) & ~same_id
    other_name = ~np.isin(name, (*SAME_NAME, names.UNKNOWN))
    home = np.isin(place, (fields.PLACE_DWELLING, fields.PLACE_DOOR))
    reached = phone == fields.PHONE_EQUAL
    born_together = (birth == fields.BIRTH_EQUAL) | np.isin(number, (ids.TAIL, ids.NEAR_TAIL))
    given_differs = np.isin(name, (names.ONE, names.REORDERED, names.SURNAME, names.DIFFERENT))
    another = np.isin(name, (names.SURNAME, names.DIFFERENT))
    agrees = (
        reached | same_id | (number == ids.NEAR_TAIL) | ~np.isin(birth, (fields.BIRTH_UNKNOWN, *_OTHER_DAY))
    )
    neighbours = (place == fields.PLACE_BUILDING) & ~agrees
    conditions = [
        number == ids.BOTH_VALID,
        (number == ids.EQUAL) & (another | (other_name & np.isin(birth, _OTHER_DAY))),
        given_differs & born_together & (home | reached | (number != ids.UNKNOWN)) & ~same_id,
        reached & other_day,
        (home | reached) & given_differs & ~same_id,
        other_day | neighbours,
        given_differs & ~same_id,
    ]
    found = np.select(conditions, range(1, len(VETOES)), NO_VETO)
    return found.astype(np.int8)
