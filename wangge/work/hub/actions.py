"""What may be done in the hub. Each step of a delivery may be run again: one that has run is passed over."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wangge.platform.access import policy
from wangge.platform.access.errors import Forbidden
from wangge.platform.audit.actor import Actor
from wangge.work.hub.agreements import agree as agree
from wangge.work.hub.agreements import confirm_mapping as confirm_mapping
from wangge.work.hub.agreements import end_agreement as end_agreement
from wangge.work.hub.agreements import open_feed as open_feed
from wangge.work.hub.confirmations import raise_confirmations as raise_confirmations
from wangge.work.hub.folding_in import fold_chunk as fold_chunk
from wangge.work.hub.folding_in import persons_of as persons_of
from wangge.work.hub.linking import link as link
from wangge.work.hub.pairs import decide_pair as decide_pair
from wangge.work.hub.pairs import undo_pair as undo_pair
from wangge.work.hub.proposing import propose_mapping as propose_mapping
from wangge.work.hub.receiving import receive as receive
from wangge.work.hub.relinking import relink as relink
from wangge.work.hub.relinking import with_strangers as with_strangers
from wangge.work.hub.returns import return_outcome as return_outcome
from wangge.work.hub.standardising import standardise as standardise
from wangge.work.hub.trying import try_file as try_file


def still_allowed(*, by: Actor) -> None:
    """Raise ``Forbidden`` unless the author of a delivery may still deliver: jobs are re-checked when they run."""
    if not policy.allows(by, "hub.deliver"):
        raise Forbidden(
            "author_gone", _("Whoever delivered this file may no longer do so; the delivery waits.")
        )
