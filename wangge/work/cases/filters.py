"""Which cases a list shows. Figures are counted through the same filters, so that each of them opens its list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from django.db.models import Case as Conditional
from django.db.models import DateTimeField, F, Q, When
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict

from wangge.ground.areas.grouping import box_from, within
from wangge.platform.access.errors import Invalid
from wangge.platform.access.scope import behind
from wangge.platform.clock import clock
from wangge.work.cases import states

EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))
"""Any moment. "Is open" is asked as a range: SQLite takes "is not null" for most of the table and would read all of it."""

Order = Literal["-reported_at", "reported_at", "due_at", "urgent", "number", "-number"]


class Filters(BaseModel):
    """Every field narrows; what isn't given doesn't. Days are the city's, both ends included.

    ``state`` is one or several, with commas between them: a desk's own queues are one list. ``caller_of`` (a case's id)
    finds what the same caller reported besides; only the list of cases answers it (``callers``).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    state: str = ""
    open: bool | None = None
    kind: Literal["", "part", "event"] = ""
    class_code: str = ""
    department: str = ""
    area: str = ""
    source: str = ""
    text: str = ""
    box: str = ""
    caller_of: str = ""
    mine: bool | None = None
    public: bool | None = None
    without_grid: bool | None = None
    imported: bool | None = None
    asked: bool | None = None
    late: bool | None = None
    filed: bool | None = None
    counts: bool | None = None
    handled: bool | None = None
    on_time: bool | None = None
    closed: bool | None = None
    reworked: bool | None = None
    passed_on: bool | None = None
    reopened: bool | None = None
    reported_from: date | None = None
    reported_to: date | None = None
    filed_from: date | None = None
    filed_to: date | None = None
    counts_from: date | None = None
    counts_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None

    def condition(self, *, actor_id: str = "", of_caller: Q | None = None) -> Q:
        """The filter as one condition, as things stand at this moment. ``of_caller`` is what ``caller_of`` means to the actor;
        whoever doesn't give it can't be asked for the calls of one caller: ``Invalid``.
        """
        moment = clock.now()
        whole = Q()
        for field, given in self.given().items():
            if field == "mine":
                one = Q(crew=actor_id) | Q(reporter=actor_id)
            elif field == "caller_of":
                one = _given(of_caller)
            elif field in _TEXTS:
                one = _TEXTS[field](str(given))
            elif field in _DAYS:
                one = _on_days(field, given)
            else:
                one = _FLAGS[field](moment)
            whole &= ~one if given is False else one
        return whole

    @property
    def only_open(self) -> bool:
        """Whether nothing but open cases can pass: they are then read by their own index."""
        return self.open is True or self.late is True or set(_states(self.state)) <= set(states.OPEN)

    def period(self) -> tuple[tuple[str, Any], ...]:
        """The days that bound the filter."""
        return tuple((name, given) for name, given in self.given().items() if name in _DAYS)

    @classmethod
    def shared(cls, some: Sequence[Filters]) -> Filters:
        """What all of these filters ask alike."""
        first, *others = (one.given() for one in some)
        return cls(
            **{name: given for name, given in first.items() if all(o.get(name) == given for o in others)}
        )

    def given(self) -> dict[str, Any]:
        """The fields that narrow, as they stand in an address."""
        return {name: given for name, given in self.model_dump().items() if given is not None and given != ""}


def is_late(moment: datetime) -> Q:
    """The limit of its stage or of handling has run out, and nobody has stopped it."""
    running = Q(clock_since__isnull=False, clock_stopped_at=None, due_at__lt=moment)
    queued = Q(open_since__range=EVER) & ~Q(state__in=states.ASIDE)
    return queued & (Q(stage_due_at__lt=moment) | running)


def first_due() -> Least:
    """Whichever comes first: the end of the stage, or of handling where that clock runs."""
    handling = When(clock_since__isnull=False, clock_stopped_at=None, then=F("due_at"))
    running = Conditional(handling, default=None, output_field=DateTimeField())
    return Least(Coalesce("stage_due_at", running), Coalesce(running, "stage_due_at"))


def _given(of_caller: Q | None) -> Q:
    if of_caller is None:
        raise Invalid(
            "calls_only_listed", _("What one caller reported is neither counted, mapped nor exported."),
            advice=_("Open it from the case, in the list of cases."),
        )  # fmt: skip
    return of_caller


def _states(text: str) -> list[str]:
    """The states of a filter; none given is a state that doesn't exist, so that nobody takes it for open ones."""
    return [one.strip() for one in text.split(",")]


def _in_states(text: str) -> Q:
    some = _states(text)
    of = Q(state=some[0]) if len(some) == 1 else Q(state__in=some)
    return of & Q(open_since__range=EVER) if set(some) <= set(states.OPEN) else of


_TEXTS: dict[str, Callable[[str], Q]] = {
    "state": _in_states,
    "kind": lambda text: Q(of_class__kind=text),
    "class_code": lambda text: Q(of_class__code__startswith=text),
    "department": lambda text: Q(department=text),
    "area": lambda text: Q(area__gte=text, area__lt=behind(text)),  # a range, which an index answers
    "source": lambda text: Q(source=text),
    "box": lambda text: within(box, "lon", "lat") if (box := box_from(text)) else Q(),
    "text": lambda text: (
        Q(number__startswith=text) | Q(description__icontains=text) | Q(address__icontains=text)
    ),
}

# Each says when the flag is true. None of them is ever unknown, so that "not" means the rest.
_FLAGS: dict[str, Callable[[datetime], Q]] = {
    "open": lambda moment: Q(open_since__range=EVER),
    "public": lambda moment: ~Q(source="patrol"),
    "without_grid": lambda moment: Q(grid=""),
    "imported": lambda moment: Q(imported=True),
    "asked": lambda moment: ~Q(asked=""),
    "late": is_late,
    "filed": lambda moment: Q(filed_at__isnull=False) & ~Q(state="voided"),
    "counts": lambda moment: Q(counts_at__isnull=False, counts_at__lte=moment),
    "handled": lambda moment: Q(handled_at__isnull=False),
    "on_time": lambda moment: Q(handled_at__isnull=False, due_at__isnull=False, handled_at__lte=F("due_at")),
    "closed": lambda moment: Q(state="closed"),
    "reworked": lambda moment: Q(reworks__gt=0),
    "passed_on": lambda moment: Q(passes__gt=0),
    "reopened": lambda moment: Q(reopened__gt=0),
}

_DAYS = {f"{name}_{end}" for name in ("reported", "filed", "counts", "closed") for end in ("from", "to")}


def _on_days(field: str, day: date) -> Q:
    name, end = field.rsplit("_", 1)
    opens = datetime.combine(day, time(), tzinfo=clock.city_zone())
    if end == "from":
        return Q(**{f"{name}_at__gte": opens})
    return Q(
        **{f"{name}_at__lt": datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.city_zone())}
    )
