"""Addresses as departments write them, resolved to the dwellings that the registry knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from wangge.cores.linkage.addresses import AddressBook, Entry
from wangge.ground.areas import queries as areas
from wangge.ground.areas.addresses import AddressEntry
from wangge.ground.registry import queries as registry

ADDRESSES = ("living_address", "registered_address")
"""Elements of a person that are addresses."""


def resolve(texts: Sequence[str | None]) -> list[str | None]:
    """The dwelling's id for each address, None where it is not certain."""
    return [found.dwelling for found in _book_today()[0].resolve_many(texts)]


def spelt(addresses: Sequence[str | None], dwellings: Sequence[str | None]) -> list[str | None]:
    """Addresses with those that name a certain dwelling spelt the one standard way: other spellings are no other homes."""
    texts = _book_today()[1]
    return [
        texts.get(dwelling, address) if address and dwelling else address
        for address, dwelling in zip(addresses, dwellings, strict=True)
    ]


def _book_today() -> tuple[AddressBook, dict[str, str]]:
    return _book(registry.dwellings_edition(), areas.names_within())


@lru_cache(maxsize=1)
def _book(edition: tuple[int, str], within: frozenset[str]) -> tuple[AddressBook, dict[str, str]]:
    """Every way to write every dwelling's address, and the standard one; made again when dwellings are added.

    ``within``: an address that begins in another city or district is no dwelling here, whatever its road is called.
    """
    current: dict[int, list[AddressEntry]] = defaultdict(list)
    former: dict[int, list[AddressEntry]] = defaultdict(list)
    for entry in areas.address_entries():
        (former if entry.alias else current)[entry.building].append(entry)
    entries = list(_entries(current))
    standard = {str(one.dwelling): _standard(one) for one in reversed(entries)}
    return AddressBook(entries, _aliases(current, former), within=within), standard


def _standard(one: Entry) -> str:
    """Road, number, compound, building, entrance and door, as a standard address (标准地址) ends."""
    entrance = f"{one.entrance}单元" if one.entrance else ""
    return "".join(
        filter(None, (one.plate, one.compound, one.building, entrance, one.door and f"{one.door}室"))
    )


def _entries(current: dict[int, list[AddressEntry]]) -> Iterator[Entry]:
    communities = {code: one.zh for code, one in areas.community_names().items()}
    for dwelling, building, entrance, door in registry.every_door():
        for at in current.get(building, ()):
            yield Entry(
                dwelling,
                communities.get(at.community),
                at.compound or None,
                _plate(at) or None,
                at.block or None,
                entrance or None,
                door or None,
            )


def _aliases(
    current: dict[int, list[AddressEntry]], former: dict[int, list[AddressEntry]]
) -> list[tuple[str, str]]:
    """Old plates and compound names → those of today."""
    pairs: set[tuple[str, str]] = set()
    for building, entries in former.items():
        for old in entries:
            for new in current.get(building, ()):
                if _plate(old) and _plate(new) and _plate(old) != _plate(new):
                    pairs.add((_plate(old), _plate(new)))
                if old.compound and new.compound and old.compound != new.compound:
                    pairs.add((old.compound, new.compound))
    return sorted(pairs)


def _plate(entry: AddressEntry) -> str:
    return f"{entry.road}{entry.number}" if entry.road and entry.number else ""
