"""What rests on consent, over HTTP: what departments may ask for, and what a department has by the consents given to it."""

from __future__ import annotations

from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.work.residents import queries
from wangge.work.residents.records import ConsentedOpened, ConsentedPage, ConsentOffer

router = GuardedRouter(tags=["consents"])


@router.get("/offers", permission="register.see", response=list[ConsentOffer])
def offers(request: ActingRequest) -> list[ConsentOffer]:
    """What departments may ask residents to consent to; nothing else may be asked for."""
    return queries.offers(request.actor)


@router.get("/", permission="residents.consented", response=ConsentedPage)
def consented(request: ActingRequest, purpose: str = "", limit: int = 50, offset: int = 0) -> ConsentedPage:
    """Consents to one's department that hold today; whose they are isn't told by the list."""
    return queries.consented(request.actor, purpose=purpose, limit=limit, offset=offset)


@router.post("/{uid}/open", permission="residents.consented", response=ConsentedOpened, once="nature")
def open_consented(request: ActingRequest, uid: str) -> ConsentedOpened:
    """What a person allowed; a look that they read. Withdrawn, it opens nothing."""
    return queries.open_consented(request.actor, uid)
