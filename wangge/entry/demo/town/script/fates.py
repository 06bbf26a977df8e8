"""The demo's script: what becomes of a report: whether it is true, how long each desk takes, what goes wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from wangge.entry.demo.town.catalogues import classes
from wangge.entry.demo.town.script import behaviour
from wangge.entry.demo.town.script.behaviour import Behaviour
from wangge.entry.demo.town.seeds import Urn

_NOTHING = ("现场未发现所反映的情况", "已自行恢复", "位置描述有误", "不属于城市管理范围")
_NOT_OURS = ("不属于本部门管养范围", "产权单位为其他单位", "该路段未移交")
_MORE_TIME = ("需要采购配件", "需协调产权单位", "连续降雨无法施工", "需夜间占道施工")


@dataclass
class GiveBack:
    """The department gives a case back `after` minutes of its dispatch; `to` is who it is then dispatched to."""

    after: int
    reason: str
    to: str


@dataclass
class Extension:
    """The department asks for more time, when `at_share` of its limit has passed: `share` of the limit in addition."""

    at_share: float
    share: float
    reason: str
    granted: bool


@dataclass
class Fate:
    """`valid` False: verification finds nothing, for the reason `why`. `steps` are minutes from the end of the step
    before. `handle_share` is the handling time as a share of the class's limit, on the class's own clock (over 1: late);
    `rework` says how many checks fail before one passes, `rework_share` how long each further handling takes. `rating`
    is 1 to 5, or None where the reporter doesn't rate.
    """

    valid: bool = True
    why: str = ""
    department: str = ""
    steps: dict[str, int] = field(default_factory=dict)
    handle_share: float = 0.0
    rework: int = 0
    rework_share: float = 0.0
    give_back: GiveBack | None = None
    extend: Extension | None = None
    rating: int | None = None


def fate_of(chance: Random, class_code: str, source: str, *, duplicate: bool = False) -> Fate:
    """Draws what becomes of a report of a class by a source."""
    own = classes()[class_code]
    department = own["department"]
    how = behaviour.DEPARTMENTS.get(department, behaviour.USUAL)
    fate = Fate(
        department=department, steps={name: _minutes(chance, *step) for name, step in behaviour.STEPS.items()}
    )
    if not duplicate and chance.random() < behaviour.FALSE[source]:
        fate.valid, fate.why = False, chance.choice(_NOTHING)
        return fate
    fate.handle_share = round(how.pace * math.exp(chance.gauss(0, how.spread)), 3)
    while fate.rework < 3 and chance.random() < how.rework * (1 if not fate.rework else 3):
        fate.rework += 1
    fate.rework_share = (
        round(0.4 * how.pace * math.exp(chance.gauss(0, how.spread)), 3) if fate.rework else 0.0
    )
    fate.give_back = _give_back(chance, how, own)
    fate.extend = _extension(chance, how, fate.handle_share)
    if chance.random() < behaviour.RATED.get(source, 0.0):
        fate.rating = _rating(chance, fate)
    return fate


def _minutes(chance: Random, median: float, spread: float) -> int:
    return max(1, round(median * math.exp(chance.gauss(0, spread))))


def _give_back(chance: Random, how: Behaviour, own: dict[str, str]) -> GiveBack | None:
    if chance.random() >= how.give_back:
        return None
    to = own["assisting"] if own["assisting"] and chance.random() < 0.7 else own["department"]
    return GiveBack(_minutes(chance, 70, 0.8), chance.choice(_NOT_OURS), to)


def _extension(chance: Random, how: Behaviour, share: float) -> Extension | None:
    """Asked for mostly when the limit is short."""
    if chance.random() >= how.extend * (4 if share > 0.9 else 0.5):
        return None
    return Extension(
        round(chance.uniform(0.4, 0.9), 2),
        chance.choice((0.5, 1.0, 2.0)),
        chance.choice(_MORE_TIME),
        chance.random() < 0.8,
    )


def _rating(chance: Random, fate: Fate) -> int:
    good = 0.0 if fate.handle_share > 1 or fate.rework else 1.0
    return Urn(
        (5, 4, 3, 2, 1), (0.35 + 0.3 * good, 0.25, 0.18 - 0.1 * good, 0.12 - 0.09 * good, 0.1 - 0.08 * good)
    ).draw(chance)
