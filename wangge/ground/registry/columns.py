"""The registry's third door, for bulk work (linking, screening): columns of elements as Arrow, one audit row a run.

Who may have which element is asked of ``access.allowances`` (an agreement, a programme, a consent), or it is one of the few
things that the house does on its own behalf (``OWN``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from wangge.ground.areas.expressions import area_code
from wangge.ground.registry import identity
from wangge.ground.registry.models import ELEMENT_COLUMNS, Person
from wangge.ground.registry.writing import converted, uid_out
from wangge.platform.access import allowances, policy
from wangge.platform.access.errors import Forbidden
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.elements.registry import UnknownElement, element

if TYPE_CHECKING:
    import pyarrow as pa

OWN: dict[str, frozenset[str]] = {
    "linking": frozenset({
        "name", "id_number", "id_kind", "sex", "birth_date", "death_date", "phone", "registered_address", "living_address",
        "household_number", "relation_to_head", "guardian_name", "guardian_phone",
    }),
}  # fmt: skip
"""What the house does with persons on its own behalf, and the elements it needs for that. Asked with ``registry.manage``."""
DERIVED = ("dwelling", "place", "area")
"""Columns that follow from where a person lives (else is registered): ids of dwelling and place, and today's area code."""
AT_ONCE = 4000


def columns(
    *,
    purpose: str,
    elements: Sequence[str],
    by: Actor,
    holder: str = "",
    persons: Iterable[str] | None = None,
) -> pa.Table:
    """``person`` (id), ``elements`` (registered codes, or ``DERIVED``) of everybody, or of some persons.

    Types: text and choice string, date date32, whole int64, yes_no bool, timestamp timestamp[us, UTC]. Persons that were merged
    away don't appear; asked for, they give who stands for them today. Raises ``Forbidden`` naming the elements that ``holder``
    (a department's code, a programme …) may not have for this purpose, ``UnknownElement``, ``NotFound``.
    """
    import pyarrow as pa

    parts = list(stream(purpose=purpose, elements=elements, by=by, holder=holder, persons=persons))
    return pa.Table.from_batches(parts, schema=_schema(list(elements)))


def names(
    asked: Mapping[tuple[str, str], Collection[str]], *, by: Actor
) -> dict[tuple[str, str], dict[str, str | None]]:
    """Names by (holder, purpose), each holder asking for persons (ids of today): a list of many programmes is read at once.

    A holder whom nothing allows names gets none. As many queries for twenty holders as for one; a row in the trail for each.
    """
    allowed = allowances.claims_on("name", asked)
    held = {claim: sorted(persons) for claim, persons in asked.items() if claim in allowed}
    with transaction.atomic():
        acts = [(str(len(some)), _details(claim, ["name"])) for claim, some in held.items()]
        trail.record_all(by=by, verb="registry.columns", object_kind="people", acts=acts)
    keys = identity.keys_of({person for some in held.values() for person in some})
    parts = list(_batches(["name"], sorted(set(keys.values()))))
    known = {
        person: name
        for part in parts
        for person, name in zip(*(c.to_pylist() for c in part.columns), strict=True)
    }
    return {claim: {person: known.get(person) for person in some} for claim, some in held.items()}


def _details(claim: tuple[str, str], elements: list[str]) -> dict[str, trail.Detail]:
    return {"purpose": claim[1], "holder": claim[0], "elements": elements}


def stream(
    *,
    purpose: str,
    elements: Sequence[str],
    by: Actor,
    holder: str = "",
    persons: Iterable[str] | None = None,
) -> Iterator[pa.RecordBatch]:
    """The same in batches of at most 4,000 persons in order of arrival, never holding more than one."""
    wanted, asked = list(elements), None if persons is None else list(persons)
    _must_be_allowed(purpose, wanted, by, holder, subject=asked[0] if asked and len(asked) == 1 else "")
    keys = None if asked is None else sorted(set(identity.keys_of(asked).values()))
    with transaction.atomic():
        trail.record(
            by=by, verb="registry.columns", object_kind="people", object_id="all" if keys is None else str(len(keys)),
            details=_details((holder, purpose), wanted),
        )  # fmt: skip
    return _batches(wanted, keys)


def _batches(wanted: list[str], keys: list[int] | None) -> Iterator[pa.RecordBatch]:
    """By key, not by an open cursor: the reader may write in between, and nothing is held but one batch."""
    import pyarrow as pa

    schema = _schema(wanted)
    for rows in _read(_query(wanted), keys):
        _, persons, *values = zip(*rows, strict=True)
        made = [pa.array([uid_out(one) for one in persons])]
        made += [_array(name, column) for name, column in zip(wanted, values, strict=True)]
        yield pa.RecordBatch.from_arrays(made, schema=schema)


def _query(wanted: list[str]) -> QuerySet[Any, Any]:
    place = "home__building__place"
    rows = Person.objects.filter(merged_into=None)
    if "area" in wanted:
        rows = rows.annotate(area=area_code(place))
    if "place" in wanted:
        rows = rows.annotate(place=F(f"{place}__uid"))
    if "dwelling" in wanted:
        rows = rows.annotate(dwelling=F("home__uid"))
    return rows.values_list("pk", "uid", *wanted)


def _read(rows: QuerySet[Any, Any], keys: list[int] | None) -> Iterator[list[tuple[Any, ...]]]:
    if keys is not None:
        for start in range(0, len(keys), AT_ONCE):
            some = _plain(rows.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk"))
            if some:
                yield some
        return
    last = 0
    while some := _plain(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield some
        last = some[-1][0]


def _plain(rows: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """Rows as the database holds them: a whole column is unsealed and typed at once below, which is ten times as fast."""
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _array(name: str, column: Sequence[Any]) -> pa.Array:
    import pyarrow as pa

    if name == "area":
        return pa.array(column, pa.string())
    if name in DERIVED:
        return pa.array([None if one is None else uid_out(one) for one in column], pa.string())
    return pa.array(converted(name, column), _type(name))


def _type(name: str) -> pa.DataType:
    import pyarrow as pa

    if name in DERIVED:
        return pa.string()
    types = {
        "date": pa.date32(),
        "whole": pa.int64(),
        "yes_no": pa.bool_(),
        "timestamp": pa.timestamp("us", tz="UTC"),
    }
    return types.get(element(name).kind, pa.string())


def _schema(wanted: list[str]) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("person", pa.string()), *((name, _type(name)) for name in wanted)])


def _must_be_allowed(purpose: str, wanted: Collection[str], by: Actor, holder: str, *, subject: str) -> None:
    """``subject``: the one person who is asked for, whose own consent may allow it; of several, each would have to be asked."""
    for name in wanted:
        if name not in DERIVED and name not in ELEMENT_COLUMNS:
            raise UnknownElement(name)
    allowed = set(OWN.get(purpose, ())) if policy.allows(by, "registry.manage") else set()
    if holder:
        allowed |= allowances.allowed_elements(holder=holder, purpose=purpose, subject=subject)
    if refused := sorted(set(wanted) - allowed - set(DERIVED)):
        raise Forbidden(
            "not_allowed",
            _("Nothing allows these elements for %(purpose)s: %(elements)s.")
            % {"purpose": purpose, "elements": ", ".join(refused)},
            advice=_("An agreement or a programme must name them first."),
        )
