"""Planning of a large area in the background: the scenario stands at once and says how far it is."""

from __future__ import annotations

from django_tasks import task

from wangge.platform.access import actors
from wangge.platform.audit.actor import Actor
from wangge.work.planning import actions as planning
from wangge.work.planning.records import PlanSettings


def start(*, prefix: str, name: str, settings: PlanSettings | None, by: Actor) -> str:
    """A planner asks for a plan: a small area's is made at once, a large one's is queued; the id of its scenario."""

    def then(scenario: str) -> None:
        carry_out.enqueue(scenario, by.id)

    return planning.make(prefix=prefix, name=name, settings=settings, by=by, then=then)


@task()
def carry_out(scenario: str, author: str) -> None:
    """Plan as its author, who must still be allowed to; run again, it begins anew."""
    planning.carry_out(scenario=scenario, by=actors.of_id(author))
