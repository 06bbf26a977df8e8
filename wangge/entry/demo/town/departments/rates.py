"""The demo's departments: how often their clerks go wrong. All rates are shares of rows, 0 to 1.

They are settable (`build(..., rates=...)`) and our own judgement: rates published for Chinese registers differ by an
order of magnitude, so these only keep what is known of their order: the police's register is the cleanest, numbers
are most often missing where children are asked for, and telephones age fastest.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Rates:
    """What goes wrong in one department's rows."""

    overlooked: float = 0.02
    """Somebody who belongs on the roster isn't on it, for no reason."""
    duplicate: float = 0.005
    """The row stands twice, written twice."""
    id_missing: float = 0.03
    id_legacy: float = 0.0
    """15 digits, of people born before 1990."""
    id_swapped: float = 0.005
    """Two neighbouring digits swapped: mostly fails its check digit."""
    id_mistyped: float = 0.002
    """One digit wrong."""
    id_of_spouse: float = 0.0003
    """A valid number, of somebody else in the family."""
    id_shape: float = 0.01
    """Full-width digits, a small x, blanks, a quote in front: the same number."""
    id_as_number: float = 0.0
    """4.20502E+17: a spreadsheet has eaten the last digits."""
    name_homophone: float = 0.01
    name_lookalike: float = 0.003
    name_blanks: float = 0.01
    """张 伟, or a blank at the end: the same name."""
    birth_missing: float = 0.01
    birth_swapped: float = 0.003
    """Month and day exchanged, where both are possible."""
    birth_impossible: float = 0.002
    """A day that doesn't exist, such as 30 February."""
    birth_absurd: float = 0.001
    """Somebody who would be about 180 years old."""
    phone_missing: float = 0.10
    phone_former: float = 0.10
    """A number given up since, of those who changed theirs."""
    phone_of_kin: float = 0.08
    phone_mistyped: float = 0.004
    address_missing: float = 0.02
    address_former_road: float = 0.04
    """The name that the road had before 1985, where it had another."""
    address_stale: float = 0.5
    """A former dwelling, of those who moved within the community."""


NAME = ("name_homophone", "name_lookalike", "name_blanks")
MISTAKEN_ID = ("id_swapped", "id_mistyped")
BIRTH = ("birth_missing", "birth_impossible", "birth_absurd", "birth_swapped")
"""Slips of which one row has at most one."""


@cache
def ladder(rates: Rates, names: tuple[str, ...]) -> tuple[tuple[float, str], ...]:
    """The rates of some slips one upon the other, so that one draw decides between them: the last rung first missed."""
    total, rungs = 0.0, []
    for name in names:
        total += getattr(rates, name)
        rungs.append((total, name))
    return tuple(rungs)


RATES: dict[str, Rates] = {
    "police": Rates(
        overlooked=0.01, duplicate=0.002, id_missing=0.004, id_swapped=0.0006, id_mistyped=0.0004, id_of_spouse=0,
        id_shape=0.002, name_homophone=0.002, name_lookalike=0.001, name_blanks=0.002, birth_missing=0.0005,
        birth_swapped=0.0006, birth_impossible=0.0006, birth_absurd=0.0004, address_missing=0.0005, address_stale=0.0,
    ),
    "health": Rates(
        overlooked=0.03, duplicate=0.015, id_missing=0.07, id_legacy=0.02, id_swapped=0.006, id_mistyped=0.004,
        id_shape=0.03, name_homophone=0.012, name_lookalike=0.004, name_blanks=0.025, phone_missing=0.08,
        phone_of_kin=0.12, address_missing=0.03,
    ),
    "social_security": Rates(
        overlooked=0.02, duplicate=0.004, id_legacy=0.12, id_missing=0.02, id_as_number=0.003, name_homophone=0.009,
        phone_missing=0.22, phone_former=0.5,
    ),
    "civil_affairs": Rates(
        overlooked=0.02, duplicate=0.012, id_missing=0.04, id_legacy=0.03, name_homophone=0.012, name_lookalike=0.005,
        birth_missing=0.02, birth_swapped=0.005, birth_impossible=0.006, birth_absurd=0.004, address_missing=0.02,
    ),
    "disabled_federation": Rates(
        overlooked=0.03, duplicate=0.008, id_missing=0.04, id_swapped=0.005, name_homophone=0.01, phone_of_kin=0.15,
        phone_missing=0.12,
    ),
    "housing": Rates(
        overlooked=0.10, duplicate=0.006, id_missing=0.09, id_legacy=0.10, id_swapped=0.005, name_homophone=0.01,
        phone_missing=0.15, phone_former=0.4, address_former_road=0.10,
    ),
    "education": Rates(
        overlooked=0.01, duplicate=0.003, id_missing=0.30, id_swapped=0.004, name_homophone=0.008, birth_swapped=0.004,
        birth_impossible=0.003, birth_absurd=0.0, birth_missing=0.004, phone_missing=0.05, address_missing=0.04,
    ),
    "medical_insurance": Rates(
        overlooked=0.015, duplicate=0.004, id_missing=0.015, id_swapped=0.003, id_mistyped=0.002, name_homophone=0.01,
        phone_missing=0.25, phone_of_kin=0.15,
    ),
}  # fmt: skip
