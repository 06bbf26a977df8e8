"""Where a city's real-name sign-in (OIDC) is plugged in: whoever it vouches for needs no code.

A provider is registered from outside (``site``, in ``AppConfig.ready`` of a city's own app). What it says must come from the
identity provider's signed answer for this very account, never from a form: an identity number that somebody typed proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RealName:
    """Who the provider says an account belongs to."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)


class Provider(Protocol):
    """A city's real-name sign-in."""

    def vouches_for(self, account: str) -> RealName | None:
        """Who this account (``user:…``) belongs to by its last signed answer; None where there is none or it is too old."""


_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Plug a provider in under a name that bindings show."""
    _providers[name] = provider


def providers() -> dict[str, Provider]:
    """What is plugged in."""
    return dict(_providers)
