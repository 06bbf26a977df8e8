"""The demo's script: how departments, workers and residents behave, as shares and medians. Our own judgement.

Cities publish shares of cases closed on time between 75 and 98 of a hundred, and of cases sent back of 1 to 10.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Behaviour:
    """One department. `pace` is the median of handling time as a share of the class's limit, `spread` its log-sigma."""

    pace: float
    spread: float
    give_back: float
    rework: float
    extend: float


USUAL = Behaviour(0.55, 0.60, 0.03, 0.05, 0.03)
DEPARTMENTS: dict[str, Behaviour] = {
    "sanitation": Behaviour(0.40, 0.50, 0.01, 0.04, 0.01),
    "urban_management": Behaviour(0.50, 0.60, 0.03, 0.08, 0.02),
    "parks": Behaviour(0.62, 0.60, 0.04, 0.04, 0.04),
    "roads": Behaviour(0.78, 0.65, 0.06, 0.05, 0.10),
    "drainage": Behaviour(0.60, 0.60, 0.05, 0.05, 0.04),
    "water": Behaviour(0.55, 0.55, 0.05, 0.03, 0.03),
    "lighting": Behaviour(0.45, 0.55, 0.04, 0.03, 0.03),
    "traffic_police": Behaviour(0.35, 0.70, 0.02, 0.10, 0.01),
    "housing": Behaviour(0.85, 0.70, 0.09, 0.09, 0.10),
    "telecom": Behaviour(0.88, 0.70, 0.14, 0.06, 0.06),
    "power": Behaviour(0.50, 0.50, 0.08, 0.02, 0.03),
    "gas": Behaviour(0.40, 0.40, 0.02, 0.01, 0.01),
    "fire": Behaviour(0.45, 0.50, 0.05, 0.06, 0.01),
    "community": Behaviour(0.60, 0.70, 0.05, 0.08, 0.06),
    "street_office": Behaviour(0.65, 0.60, 0.05, 0.06, 0.05),
    "market_supervision": Behaviour(0.55, 0.60, 0.04, 0.04, 0.03),
}
"""A department that isn't named here is USUAL."""

STEPS: dict[str, tuple[float, float]] = {
    "accept": (9, 0.7), "verify": (38, 0.8), "file": (8, 0.6), "dispatch": (12, 0.8), "sign": (35, 1.0),
    "forward": (15, 0.7), "check": (55, 0.8), "close": (14, 0.7),
}  # fmt: skip
"""Median minutes of each step at its desk and log-sigma, from the end of the step before."""

FALSE = {"patrol": 0.02, "resident": 0.13, "hotline": 0.10}
"""The share of reports that turn out to be nothing, by who made them."""
DUPLICATE = 0.06
"""The share of true reports that somebody else makes again within two days."""
RATED = {"resident": 0.55, "hotline": 0.35}

SOURCES = {"patrol": 0.70, "hotline": 0.17, "resident": 0.13}
REPORTS_PER_THOUSAND = 0.5
"""Reports a day for each thousand residents: some 2,000 a day in a city of four million."""

WEEKDAY = (1.12, 1.05, 1.03, 1.02, 1.08, 0.86, 0.80)
"""Monday to Sunday."""
RAINY, RAIN_FACTOR = 0.22, 1.25

HOURS = {
    "patrol": (0, 0, 0, 0, 0, 0, 0.2, 2, 8, 10, 9, 5, 1.5, 1.5, 6, 9, 9, 6, 3, 1, 0.4, 0.1, 0, 0),
    "resident": (0.3, 0.1, 0.1, 0.1, 0.1, 0.4, 2, 6, 7, 5, 4, 4, 4, 3, 3, 3, 4, 6, 8, 8, 7, 5, 3, 1),
    "hotline": (0.6, 0.3, 0.2, 0.2, 0.2, 0.4, 1.5, 4, 8, 9, 8, 6, 3, 3, 6, 7, 7, 6, 6, 6, 6, 5, 3, 1.5),
}
"""Weights of the 24 hours, by who reports: the morning and evening rush of those who go out, the worker's two rounds."""

DOOR = {
    "settled": 0.72, "not_at_home": 0.16, "declined": 0.05, "moved_away": 0.04, "wrong": 0.02, "deceased": 0.01,
}  # fmt: skip
"""What a worker meets at a door, by share of first visits."""
