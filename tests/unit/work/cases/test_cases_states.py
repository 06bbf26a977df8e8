"""The table is one, whole and readable: everybody can do what the loop needs, and nobody more."""

from collections import deque

import pytest

from wangge.platform.access import policy
from wangge.work.cases import states, words
from wangge.work.cases.states import FINAL, OPEN, QUEUES, STATES, TABLE, Standing

EVERY_STANDING = [
    Standing(patrol=p, found=f, asked=a, late=late, rated=r, reopenable=o)
    for p in (False, True)
    for f in ("", "true", "false", "passed", "failed")
    for a in ("", *states.APPLICATIONS)
    for late in (False, True)
    for r in (False, True)
    for o in (False, True)
]


def reachable(start, verbs=None):
    seen, waiting = {start}, deque([start])
    while waiting:
        state = waiting.popleft()
        for move in states.moves_from(state):
            to = move.leads_to(state)
            if (verbs is None or move.verb in verbs) and to not in seen:
                seen.add(to)
                waiting.append(to)
    return seen


def test_the_table_speaks_of_known_states_only():
    for move in TABLE:
        assert set(move.states.split()) <= {"new", *STATES}, move
        assert move.to in {"=", *STATES}, move
        assert move.when in states.CONDITIONS, move
        assert move.permission in policy.PERMISSIONS, move


def test_the_loop_runs_through_every_queue_in_order():
    verbs = [
        "report",
        "accept",
        "verify",
        "file",
        "dispatch",
        "sign",
        "feed_back",
        "forward",
        "check",
        "close",
    ]
    state, passed = "new", []
    for verb in verbs:
        found = "passed" if verb == "close" else "true"
        move = states.find(state, verb, Standing(found=found))
        assert move is not None, (state, verb)
        state = move.leads_to(state)
        passed.append(state)
    assert tuple(passed) == (*QUEUES, "closed")


def test_every_state_is_reached_and_every_open_one_can_end():
    assert reachable("new") == {"new", *STATES}
    for state in OPEN:
        assert "closed" in reachable(state), state


def test_what_is_final_stays_final_but_for_the_reporter():
    for state in FINAL:
        assert {move.axis for move in states.moves_from(state)} <= {"reporter"}


def test_the_axes_stand_apart():
    """No role of one axis holds a permission of the other; who sees to it never does it."""
    for move in TABLE:
        roles = policy.PERMISSIONS[move.permission]
        if move.axis == "supervision":
            assert roles <= policy.SUPERVISION, move
        if move.axis == "command":
            assert roles <= policy.COMMAND, move
        if move.axis == "field":
            assert roles <= policy.FIELD, move


@pytest.mark.parametrize(
    "verb",
    ["sign", "edit", "extend", "give_back", "shelve", "handle", "assign", "supervise", "refuse", "rate"],
)
def test_only_the_table_moves_the_clock_and_these_verbs_do_not(verb):
    assert {move.clock for move in TABLE if move.verb == verb} == {""}


def test_the_clock_starts_at_dispatch_and_nowhere_else():
    assert {move.verb for move in TABLE if move.clock == "start"} == {"dispatch"}


def test_an_edit_is_possible_in_every_open_state_and_moves_nothing():
    for state in OPEN:
        move = states.find(state, "edit", Standing())
        assert move is not None
        assert move.to == "="


def test_at_most_one_line_applies_to_a_verb():
    for state in ("new", *STATES):
        for standing in EVERY_STANDING:
            verbs = [move.verb for move in states.possible(state, standing)]
            assert len(verbs) == len(set(verbs))


def test_what_a_worker_saw_herself_needs_no_verification():
    assert states.find("to_accept", "accept", Standing(patrol=True)).to == "to_file"
    assert states.find("to_accept", "accept", Standing()).to == "to_verify"


def test_a_refuted_report_is_not_filed_and_a_failed_check_is_not_closed():
    assert states.find("to_file", "file", Standing(found="false")) is None
    assert states.find("to_file", "reject", Standing(found="false")) is not None
    assert states.find("to_close", "close", Standing(found="failed")) is None
    assert states.find("to_close", "close", Standing(found="")) is None
    assert states.find("to_close", "rework", Standing(found="failed")) is not None
    assert states.find("to_close", "rework", Standing(found="passed")) is None


def test_an_application_is_decided_as_what_it_is():
    for asked in states.APPLICATIONS:
        for state in OPEN:
            for verb in (f"allow_{kind}" for kind in states.APPLICATIONS):
                move = states.find(state, verb, Standing(asked=asked))
                assert move is None or verb == f"allow_{asked}"
    assert states.find("handling", "refuse", Standing()) is None


def test_one_application_at_a_time_and_no_more_time_once_it_has_run_out():
    assert states.find("handling", "extend", Standing(late=True)) is None
    for verb in states.APPLICATIONS:
        assert states.find("handling", verb, Standing()) is not None
        assert states.find("handling", verb, Standing(asked="shelve")) is None


def test_a_route_names_the_widest_permission_of_its_verb():
    """The route's permission lets in everybody whom some line of the verb admits; the line then decides."""
    for verb in states.VERBS:
        widest = policy.PERMISSIONS[states.permission_of(verb)]
        for move in TABLE:
            if move.verb == verb and not isinstance(widest, str):
                assert policy.PERMISSIONS[move.permission] <= widest, verb


def test_everything_has_a_word_in_both_languages():
    groups = {
        "states": {"new", *STATES}, "verbs": {*states.VERBS, "import", "redate"}, "axes": {move.axis for move in TABLE},
        "clocks": {move.clock for move in TABLE} - {""}, "conditions": set(states.CONDITIONS) - {""},
        "found": {"true", "false", "passed", "failed"}, "posts": policy.SUPERVISION | policy.COMMAND | policy.FIELD,
    }  # fmt: skip
    for group, codes in groups.items():
        for code in codes:
            zh, en = words.both(group, code)
            assert zh != code, (group, code)
            assert en, (group, code)
