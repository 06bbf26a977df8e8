"""How people are shown: masked in lists, opened for a task, with label, words, source and date for each element.

Which elements a task may open is decided by purpose (PIPL 6): those of the base register, and those whose registered purpose
the task is for. The rest is withheld by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any

from wangge.ground.registry.conflicts import moment
from wangge.ground.registry.models import ELEMENT_COLUMNS, Person
from wangge.ground.registry.records import MyData, PersonCard
from wangge.ground.registry.settling import standing
from wangge.ground.registry.sources import Said, contested, read
from wangge.ground.registry.statements import DOOR as SEEN_AT_DOOR
from wangge.ground.registry.statements import HOME, SELF, TASK, Claim, Fact, Standing
from wangge.ground.registry.values import to_text
from wangge.platform.access import queries as access
from wangge.platform.access.masks import mask
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import Element, element, of_holder

CARD = ("name", "sex", "birth_date", "phone", "relation_to_head", "lives_here", "registered_here")
"""Elements of a masked card."""
DOOR = "home__building"
CARD_COLUMNS = (
    "pk", "uid", "version", "sources", "household__uid", "home__uid", f"{DOOR}__address", "home__entrance", "home__door",
    *CARD,
)  # fmt: skip

BASE = "base_register"
PLAIN = frozenset(one.code for one in of_holder("person") if one.purpose == BASE and not one.sensitive)
"""Elements of the base register that aren't sensitive."""
VOICES = {
    TASK: ("上门核实", "Confirmed at the door"),
    SEEN_AT_DOOR: ("网格员走访", "A grid worker's visit"),
    SELF: ("本人申报", "You said so"),
    HOME: ("人房关系推定", "From registered dwellings"),
}


def cards(rows: Iterable[Sequence[Any]]) -> list[PersonCard]:
    """Masked cards from rows of ``CARD_COLUMNS``."""
    return [_card(dict(zip(CARD_COLUMNS, row, strict=True))) for row in rows]


def _card(row: dict[str, Any]) -> PersonCard:
    address = " ".join(filter(None, (row[f"{DOOR}__address"], row["home__entrance"], row["home__door"])))
    return PersonCard(
        uid=str(row["uid"]), version=row["version"], name=mask("name", row["name"]), sex=row["sex"],
        birth_year=birth_year(row["birth_date"]), phone=mask("phone", row["phone"]),
        relation_to_head=row["relation_to_head"], lives_here=row["lives_here"],
        registered_here=row["registered_here"], household=text(row["household__uid"]), dwelling=text(row["home__uid"]),
        address=address, unconfirmed=unconfirmed(row["sources"]),
    )  # fmt: skip


def birth_year(value: object) -> str | None:
    """The year only, as masks show a birthday."""
    return None if value is None else str(mask("birth_date", str(value)))


def text(uid: object) -> str | None:
    """An id as text."""
    return None if uid is None else str(uid)


def unconfirmed(sources: str) -> list[str]:
    """Elements of the base register on which sources differ and nobody has settled it.

    Others aren't named: that somebody's degree of disability is in doubt says already too much for a list.
    """
    if not contested(sources):
        return []
    said = read(sources, PLAIN)
    differing = (code for code, ones in said.items() if any(s.token for s in ones))
    return sorted(code for code in differing if ground(code, said)[1] == "unconfirmed")


def ground(code: str, said: Said) -> tuple[Claim, Standing]:
    """Whose claim stands, and on what ground."""
    return standing(Fact(statements=said[code]), element(code).authority)


def openable(purpose: str) -> set[str]:
    """The elements that a task for this purpose may open."""
    return {one.code for one in of_holder("person") if one.purpose in (BASE, purpose)}


def is_fresh(one: Element, said: Said) -> bool:
    """Whether an element was said recently enough by somebody whose value stands; for ever where the registry sets no days."""
    if one.code not in said:
        return False
    if not one.fresh_for:
        return True
    last = max(s.last for s in said[one.code] if not s.token)
    return moment(last) > clock.now() - timedelta(days=one.fresh_for)


def facts_of(actor: Actor, person: int, codes: Collection[str]) -> tuple[int, list[MyData]]:
    """Version, and the elements that are held, in the registry's order. The caller has recorded the look."""
    asked = [code for code in ELEMENT_COLUMNS if code in set(codes)]
    version, sources, *values = Person.objects.values_list("version", "sources", *asked).get(pk=person)
    said = read(sources)
    names = access.department_names(actor)
    return version, [
        _fact(element(code), value, said, names)
        for code, value in zip(asked, values, strict=True)
        if code in said
    ]


def _fact(one: Element, value: Any, said: Said, names: dict[str, tuple[str, str]]) -> MyData:  # noqa: ANN401
    claim, standing = ground(one.code, said)
    zh, en = VOICES.get(claim.voice) or names.get(claim.voice, (claim.voice, claim.voice))
    shown = _words(one, value)
    return MyData(
        element=one.code, label_zh=one.zh, label_en=one.en, group=one.group, value=to_text(value), shown_zh=shown[0],
        shown_en=shown[1], source=claim.voice, source_zh=zh, source_en=en, observed_at=moment(claim.last),
        standing=standing, fresh=is_fresh(one, said),
    )  # fmt: skip


def _words(one: Element, value: Any) -> tuple[str | None, str | None]:  # noqa: ANN401
    if isinstance(value, bool):
        return ("是", "yes") if value else ("否", "no")
    for code, zh, en in one.choices:
        if code == value:
            return zh, en
    plain = to_text(value)
    return plain, plain
