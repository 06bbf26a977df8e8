"""Tokens: what values are told apart by. Two that mean the same have the same token; a token doesn't tell its value."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache, partial

from wangge.cores.linkage.address_text import canonical, door_parts
from wangge.ground.registry.statements import Token, Value
from wangge.ground.registry.values import to_text
from wangge.platform.connectors.keys import INDEX, key_store
from wangge.platform.stores.sealing import blind_index_column

ADDRESSES = frozenset({"registered_address", "living_address"})
"""Elements that every department writes in its own way."""


@cache
def tokens_of(code: str) -> Token:
    """The tokens of an element's values."""
    return partial(_token, code)


def meaning(code: str, text: str) -> str:
    """What a text says: of an address the name and the numbers of the door, whatever stands before them."""
    if code not in ADDRESSES:
        return text
    parts = door_parts(text)
    return canonical(text) if parts is None else "|".join((parts[0], *parts[1]))


def _token(code: str, value: Value, known: Collection[str]) -> str:
    """A keyed digest, one of the known ones where a live key made it.

    Numbers of twelve digits could be guessed from a plain digest, and this one stands in the clear.
    """
    text = to_text(value)
    if text is None:
        return "-"
    meant = meaning(code, text)
    made = [
        f"{index[: index.index(':')]}:{index[-12:]}"
        for key in key_store().versions(INDEX)
        if (index := blind_index_column([meant], "registry.statement", exact=True, key=key)[0])
    ]
    return next((one for one in made if one in known), made[0])
