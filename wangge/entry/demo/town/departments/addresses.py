"""The demo's departments: the same address as different clerks write it."""

from __future__ import annotations

from dataclasses import replace

from wangge.entry.demo.town.buildings import Address
from wangge.entry.demo.town.departments.slips import WIDE
from wangge.entry.demo.town.divisions import CITY, PROVINCE, Community
from wangge.entry.demo.town.elsewhere import district_address

_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


def written(address: Address, community: Community, style: str) -> str:
    """One of: standard, district, community, plain, compound, dashes, han, wide."""
    if style == "standard":
        return f"{PROVINCE}{CITY}{community.district_name}{community.street_name}{community.short}{address.text()}"
    if style == "district":
        return f"{community.district_name}{address.text()}"
    if style == "community":
        return f"{community.short}{address.text()}"
    if style == "compound" and address.compound:
        return replace(address, road="", number="").text()
    if style == "dashes" and address.door:
        parts = [part for part in (address.label.removesuffix("栋"), address.unit, address.door) if part]
        return f"{address.road}{address.number}{'-'.join(parts)}"
    if style == "han":
        return _han(address)
    if style == "wide":
        return address.text(compound=False).translate(WIDE)
    return address.text(compound=False)


def _han(address: Address) -> str:
    label = f"{han_number(address.label.removesuffix('栋'))}栋" if address.label else ""
    unit = f"{han_number(address.unit)}单元" if address.unit else ""
    door = f"{address.door.translate(_HAN)}室" if address.door else ""
    return f"{address.road}{address.number}{label}{unit}{door}"


def han_number(digits: str) -> str:
    """7 → 七, 12 → 十二, 20 → 二十, up to 99; anything else as it stands."""
    if not digits.isdecimal() or not 0 < int(digits) < 100:
        return digits
    tens, ones = divmod(int(digits), 10)
    han = ("" if tens < 2 else str(tens).translate(_HAN)) + ("十" if tens else "")
    return han + (str(ones).translate(_HAN) if ones else "")


def shortened(text: str, community: Community) -> str:
    """An address elsewhere, without the parts that go without saying here."""
    for prefix in (district_address_of(community), PROVINCE + CITY, PROVINCE):
        if text.startswith(prefix):
            return text.removeprefix(prefix)
    return text


def district_address_of(community: Community) -> str:
    """How addresses in the community's district begin."""
    from wangge.entry.demo.town.divisions import district

    return district_address(district(community.district))
