"""How grid codes are laid out: a community's code and a number of as many digits as the city's settings say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from wangge.ground.areas.points import COMMUNITY_DIGITS
from wangge.ground.areas.records import GridRow
from wangge.platform.access.errors import Invalid
from wangge.platform.city import settings as city


def check(rows: Sequence[GridRow], memberships: Mapping[int, str], prefix: str) -> None:
    """Raise ``Invalid`` with every code that is not as the layout, the planned part or the plan itself needs it."""
    layout = re.compile(rf"\d{{{COMMUNITY_DIGITS}}}\d{{{city.value('grid_code_digits')}}}")
    times = Counter(row.code for row in rows)
    faults = [
        *_faults(
            (c for c in times if not layout.fullmatch(c)),
            _("This grid code doesn't follow the city's layout."),
        ),
        *_faults(
            (c for c in times if not c.startswith(prefix)),
            _("This grid lies outside the part that is planned."),
        ),
        *_faults((c for c in times if times[c] > 1), _("Two grids have this code.")),
        *_faults(
            set(memberships.values()) - set(times),
            _("Buildings belong to this grid, but it isn't in the plan."),
        ),
        *_faults([prefix] if not rows else [], _("A plan needs at least one grid.")),
    ]
    if faults:
        raise Invalid(
            "bad_grids", _("The plan can't be drafted. Faults: %(count)s.") % {"count": len(faults)},
            advice=_("A code is the community's 12 digits and a number of the length set in grid_code_digits."),
            problems=faults[:100],
        )  # fmt: skip


def _faults(codes: Iterable[str], message: str) -> list[dict[str, object]]:
    return [{"where": code, "message": message} for code in sorted(codes)]
