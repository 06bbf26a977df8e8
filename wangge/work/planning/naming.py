"""What a grid of a scenario is called: its community's name and its number."""

from __future__ import annotations

from collections.abc import Mapping

from wangge.ground.areas import queries as areas

COMMUNITY_DIGITS = 12


def name_of(code: str, names: Mapping[str, str]) -> str:
    """The Chinese name of a grid from those of the communities; empty where its community has none."""
    community = names.get(code[:COMMUNITY_DIGITS], "")
    return f"{community}第{int(code[COMMUNITY_DIGITS:])}网格" if community and code[COMMUNITY_DIGITS:] else ""


def community_names() -> dict[str, str]:
    """The Chinese names of communities by code."""
    return {code: one.zh for code, one in areas.community_names().items()}


def grid_name(code: str) -> str:
    """One grid's name, or its code where its community has none."""
    return name_of(code, community_names()) or code
