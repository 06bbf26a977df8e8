"""Everything that is done in this room, by name."""

from __future__ import annotations

from wangge.platform.audit.actor import Actor
from wangge.work.residents.asking import admit_asking as admit_asking
from wangge.work.residents.asking import ask_worker as ask_worker
from wangge.work.residents.binding import bind as bind
from wangge.work.residents.binding import bind_by_real_name as bind_by_real_name
from wangge.work.residents.binding import unbind as unbind
from wangge.work.residents.correcting import admit_corrections as admit_corrections
from wangge.work.residents.correcting import ask_correction as ask_correction
from wangge.work.residents.inviting import invite as invite
from wangge.work.residents.inviting import send_code as send_code
from wangge.work.residents.permitting import accept_mandate as accept_mandate
from wangge.work.residents.permitting import end_mandate as end_mandate
from wangge.work.residents.permitting import give_consent as give_consent
from wangge.work.residents.permitting import offer_mandate as offer_mandate
from wangge.work.residents.permitting import withdraw_consent as withdraw_consent
from wangge.work.residents.questioning import answer_question as answer_question
from wangge.work.residents.questioning import ask_about_look as ask_about_look
from wangge.work.services import actions as services


def decline_service(*, entitlement: str, by: Actor) -> None:
    """The person, or who has their mandate, doesn't want a service; it is not offered again."""
    services.decline(entitlement=entitlement, by=by)


def ask_for_service(*, entitlement: str, by: Actor) -> None:
    """The person, or who has their mandate, wants after all what was declined."""
    services.ask_again(entitlement=entitlement, by=by)
