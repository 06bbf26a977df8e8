"""Addresses as departments write them, resolved to the dwellings that the registry knows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from wangge.cores.linkage.addresses import AddressBook, Entry
from wangge.ground.areas import queries as areas
from wangge.ground.registry import queries as registry


def resolve(texts: Sequence[str | None]) -> list[str | None]:
    """The dwelling's id for each address, None where it is not certain."""
    return [found.dwelling for found in _book(registry.dwellings_edition()).resolve_many(texts)]


@lru_cache(maxsize=1)
def _book(edition: int) -> AddressBook:
    """Every way to write every dwelling's address; made again when a dwelling is added."""
    written = list(areas.address_entries())
    return AddressBook(_entries(written))


def _entries(written: list) -> list[Entry]: ...
