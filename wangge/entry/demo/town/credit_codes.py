"""The demo's town: unified social credit codes of organisations after GB 32100."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters: no I, O, S, V, Z."""

_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code(authority: str, division: str, serial: int) -> str:
    """18 places: two for the registering authority and kind ("91", "92", …), six for the division, nine for the
    organisation's own code (GB 11714, from `serial`, 0–852,891,037,440) and the check character.
    """
    letters, rest = [], serial
    for _ in range(8):
        rest, place = divmod(rest, 31)
        letters.append(ALPHABET[place])
    body = "".join(reversed(letters))
    code = authority + division + body + _organisation_check(body)
    return code + check_character(code)


def check_character(code: str) -> str:
    """The 18th place from the first 17 (weights 3^i mod 31)."""
    total = sum(ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(code))
    return ALPHABET[(31 - total % 31) % 31]


def is_valid(code: str) -> bool:
    """True for 18 places of the alphabet with the right check character."""
    return len(code) == 18 and set(code) <= set(ALPHABET) and check_character(code[:17]) == code[17]


def _organisation_check(body: str) -> str:
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    left = 11 - sum(w * digits.index(c) for w, c in zip(_BODY_WEIGHTS, body, strict=True)) % 11
    return {10: "X", 11: "0"}.get(left, str(left))
