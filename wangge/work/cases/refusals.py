"""What is said to whoever comes second, and to whoever may not know of a case."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wangge.platform.access.errors import Conflict, NotFound
from wangge.platform.clock import clock
from wangge.work.cases import words
from wangge.work.cases.models import Case, Step


def moved_on(row: Case, verb: str) -> Conflict:
    """Somebody was first: who, when and what, and where the case is now."""
    last = Step.objects.filter(case=row).order_by("-n").first()
    values = {
        "number": row.number,
        "verb": words.say("verbs", verb),
        "state": words.say("states", row.state),
        "last": "",
    }
    if last is not None:
        values["last"] = _("%(who)s did this at %(when)s: %(what)s.") % {
            "who": " ".join(filter(None, [words.post(last.post), last.name])), "what": words.say("verbs", last.verb),
            "when": f"{clock.local(last.at):%Y-%m-%d %H:%M}",
        }  # fmt: skip
    return Conflict(
        "moved_on", _("Case %(number)s is now “%(state)s”: this can't be done (%(verb)s). %(last)s") % values,
        advice=_("Open the case again to see what may be done now."),
    )  # fmt: skip


def no_such_case() -> NotFound:
    """The same words for a case that isn't there and for one that isn't the actor's to see."""
    return NotFound("no_such_case", _("There is no such case in your area."))
