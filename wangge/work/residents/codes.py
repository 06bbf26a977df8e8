"""One-time codes: made, digested, compared. A code is shown or sent once; what is stored can't be turned back into it.

A worker's code is 10 characters out of 31 (49 bits), so that it can be found by its digest alone. A code by telephone is eight
digits and good for one account only; it follows from the invitation's id under the key of blind indexes, so that a message that
has to be sent again says the same.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from wangge.platform.stores import sealing

DIGEST = "residents_invitation.digest"
DERIVED = "residents_invitation.code"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXY"
LENGTH, DIGITS = 10, 8


def new_code() -> str:
    """A code to be spoken or written down: ``ABCDE-23456``."""
    made = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{made[:5]}-{made[5:]}"


def digest(code: str, account: str = "") -> str:
    """What is stored of a code; ``account`` binds it to one account."""
    return sealing.blind_index(f"{account}{_plain(code)}", DIGEST)


def digests(code: str, account: str = "") -> list[str]:
    """What may be stored of a code while keys rotate; nothing for an empty one."""
    plain = _plain(code)
    return sealing.blind_indexes(f"{account}{plain}", DIGEST) if plain else []


def phone_codes(invitation: UUID) -> list[str]:
    """The digits that go out for an invitation under each live key, the newest first."""
    found = sealing.blind_indexes(str(invitation), DERIVED)
    return [f"{int(one.rsplit(':', 1)[1], 16) % 10**DIGITS:0{DIGITS}}" for one in found]


def _plain(code: str) -> str:
    return sealing.normalised(code)
