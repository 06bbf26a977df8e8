"""Everything that is done in this room, by name."""

from __future__ import annotations

from wangge.work.services.deciding import ask_again as ask_again
from wangge.work.services.deciding import confirm as confirm
from wangge.work.services.deciding import decline as decline
from wangge.work.services.deciding import refuse as refuse
from wangge.work.services.deciding import reopen as reopen
from wangge.work.services.deciding import uphold as uphold
from wangge.work.services.loading import load_programmes as load_programmes
from wangge.work.services.pushing import push_due as push_due
from wangge.work.services.pushing import settle_due as settle_due
from wangge.work.services.screening import screen as screen
