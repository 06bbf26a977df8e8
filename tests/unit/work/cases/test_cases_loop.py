"""From report to rating, through the same acts as everybody's."""

import pytest
from case_town import EAST_HERE, GRID, HERE, NOWHERE, STREET, bring

from wangge.platform.access import actors
from wangge.platform.access.errors import Conflict, Forbidden, Invalid, NotFound
from wangge.platform.audit import queries as audit
from wangge.work.cases import actions, finding, moving, progress, queries, standing
from wangge.work.cases.filters import Filters
from wangge.work.cases.models import Case, Step
from wangge.work.cases.progress import Happening
from wangge.work.cases.times import CityTimes
from wangge.work.todos import queries as inbox

pytestmark = pytest.mark.django_db


def story(town, case):
    return queries.case(town.chief, case).steps


def test_a_report_becomes_a_closed_and_rated_case(town, later):
    receipt = actions.report(
        by=actors.PUBLIC,
        class_code="P0101",
        lon=HERE[0],
        lat=HERE[1],
        address="沿江大道 66 号",
        description="井盖破损",
        phone="138 0013 5521",
    )
    case = receipt.uid
    assert receipt.number == "2026-0731-0001"
    assert receipt.grid == GRID
    assert actions.accept(case=case, by=town.acceptor).state == "to_verify"
    town.settle(case, "true")
    assert actions.file(case=case, rule=2, by=town.chief).state == "to_dispatch"
    suggestion = queries.case(town.dispatcher, case).suggestion
    assert (suggestion.department, suggestion.clause) == ("shizheng", "第12条")
    with later(minutes=10):
        sent = actions.dispatch(case=case, department=suggestion.department, by=town.dispatcher)
        assert sent.state == "to_sign"
    with later(minutes=40):
        assert (
            actions.sign(case=case, by=town.clerk).due_at == sent.due_at
        )  # the clock has been running since dispatch
        actions.assign(case=case, crew=town.by["crew"], by=town.clerk)
    with later(hours=1):
        actions.handle(case=case, note="到场更换", by=town.crew)
        assert actions.feed_back(case=case, note="已更换井盖", by=town.clerk).state == "to_forward"
        assert actions.forward(case=case, by=town.dispatcher).state == "to_check"
        town.settle(case, "passed")
        assert actions.close(case=case, by=town.chief).state == "closed"
        assert queries.case(town.chief, case).on_time is True
        actions.rate(
            tracking=receipt.tracking.lower().replace("-", " "), solved=True, satisfied=5, by=actors.PUBLIC
        )
    followed = queries.track(receipt.tracking)
    assert followed.state == "closed"
    assert followed.ratings[0].satisfied == 5
    assert not followed.may_rate
    assert [s.verb for s in followed.steps] == ["report", "accept", "file", "dispatch", "feed_back", "close"]
    assert "某" not in followed.model_dump_json()  # posts and departments, never names


def test_the_story_says_who_when_and_what_the_clock_did(town):
    case = bring(town, "closed")
    steps = story(town, case)
    assert [s.n for s in steps] == list(range(1, len(steps) + 1))
    assert {s.verb: s.clock for s in steps if s.clock} == {"dispatch": "start", "feed_back": "stop"}
    dispatched = next(s for s in steps if s.verb == "dispatch")
    assert dispatched.name == "某dispatcher"
    assert (
        dispatched.text == "2026-07-31 10:05 派遣员 某dispatcher 派遣：市政所，4 工作时，→ 待签收，开始计时"
    )
    trail = [entry.verb for entry in reversed(audit.history(town.chief, audit.About([("case", case)]))[1])]
    assert trail == [f"cases.{s.verb}" for s in steps]


def test_the_columns_of_a_case_are_the_sum_of_its_recorded_steps(town, later):
    """Rates are made of the columns; the columns can be made again from the steps."""
    case = bring(town, "handling")
    with later(hours=1):
        actions.apply(case=case, kind="extend", reason="待料", amount="2 工作时", by=town.clerk)
        actions.decide(case=case, grant=True, amount="1 工作时", by=town.chief)
        actions.feed_back(case=case, note="好", by=town.clerk)
        actions.forward(case=case, by=town.dispatcher)
        town.settle(case, "failed")
    with later(hours=2):
        actions.rework(case=case, reason="未恢复", by=town.chief)
        actions.apply(case=case, kind="give_back", reason="非我单位", by=town.clerk)
        actions.decide(case=case, grant=True, by=town.other_chief)
    with later(hours=5):
        actions.dispatch(case=case, department="water", by=town.dispatcher)
    row = Case.objects.get(uid=case)
    steps = [
        Happening(s.verb, s.to_state, s.clock, s.at, s.department, s.crew, s.found, s.limit)
        for s in Step.objects.filter(case=row).order_by("n")
    ]
    assert progress.fold(steps, CityTimes()) == standing.progress_of(row)
    assert (row.reworks, row.passes, row.department) == (1, 1, "water")


def test_two_dispatchers_at_once_one_wins_and_the_other_is_told_who_did_what(town):
    case = bring(town, "to_dispatch")
    seen = queries.case(town.second_dispatcher, case).version
    actions.dispatch(case=case, department="shizheng", by=town.dispatcher, version=seen)
    with pytest.raises(Conflict) as told:
        actions.dispatch(case=case, department="water", by=town.second_dispatcher, version=seen)
    assert told.value.code == "moved_on"
    assert "某dispatcher" in told.value.message
    assert "10:05" in told.value.message
    assert "待签收" in told.value.message
    assert Step.objects.filter(case__uid=case, verb="dispatch").count() == 1
    assert Case.objects.get(uid=case).department == "shizheng"


def test_an_act_on_an_old_version_is_refused_even_where_the_verb_is_still_lawful(town):
    case = bring(town, "to_dispatch")
    seen = queries.case(town.dispatcher, case).version
    actions.edit(case=case, description="井盖破损，在路口", by=town.chief)
    with pytest.raises(Conflict):
        actions.dispatch(case=case, department="shizheng", by=town.dispatcher, version=seen)


def test_neither_axis_does_the_others_work(town):
    case = bring(town, "to_file")
    with pytest.raises(Forbidden):
        actions.file(case=case, rule=2, by=town.dispatcher)
    actions.file(case=case, rule=2, by=town.chief)
    with pytest.raises(Forbidden):
        actions.dispatch(case=case, department="shizheng", by=town.chief)
    actions.dispatch(case=case, department="shizheng", by=town.dispatcher)
    with pytest.raises(Forbidden):
        actions.sign(case=case, by=town.dispatcher)
    with pytest.raises(NotFound):
        actions.sign(case=case, by=town.water_clerk)  # another department doesn't even know of it
    with pytest.raises(NotFound):
        queries.case(town.east_dispatcher, case)
    with pytest.raises(Forbidden):
        actions.accept(case=bring(town, "to_accept"), by=town.leader)


def test_the_check_is_by_somebody_else_than_the_handler(town, installer):
    """The worker on duty also signed for the department: she may not check her own work; the grid lead does."""
    from wangge.platform.access import actions as access

    access.grant(
        user=town.by["worker"].removeprefix("user:"), role="crew", department="shizheng", by=installer
    )
    case = bring(town, "to_sign")
    actions.sign(case=case, by=town.worker)
    actions.feed_back(case=case, note="好", by=town.clerk)
    actions.forward(case=case, by=town.dispatcher)
    with pytest.raises(Conflict) as told:
        town.settle(case, "passed")
    assert told.value.code == "handler_checks"
    assert queries.case(town.chief, case).state == "to_check"
    assert inbox.todos(town.lead, inbox.Filters(state="open")).total == 1  # nothing was settled by half
    town.settle(case, "passed", by=town.lead)
    assert queries.case(town.chief, case).state == "to_close"


def test_verifying_is_a_to_do_with_its_reason_and_its_limit(town):
    case = bring(town, "to_verify")
    todo = inbox.todos(town.worker, inbox.Filters(state="open")).items[0]
    assert (todo.origin_room, todo.origin_ref, todo.admission, todo.subject) == (
        "cases",
        case,
        "verify_case",
        case,
    )
    assert "上水井盖" in todo.reason_zh
    assert "Water manhole" in todo.reason_en
    assert todo.due_at == queries.case(town.chief, case).stage_due_at
    assert inbox.todos(town.other_worker, inbox.Filters(state="open")).total == 0


def test_a_refuted_report_can_be_rejected_but_not_filed(town):
    case = bring(town, "to_verify")
    town.settle(case, "not_found")
    with pytest.raises(Conflict):
        actions.file(case=case, rule=2, by=town.chief)
    assert actions.reject(case=case, reason="现场未发现", by=town.chief).state == "rejected"


def test_when_a_case_goes_on_without_the_site_the_to_do_is_taken_back(town):
    case = bring(town, "to_verify")
    actions.void(case=case, reason="试报", by=town.chief)
    assert inbox.todos(town.worker, inbox.Filters(state="open")).total == 0
    assert inbox.todos(town.worker, inbox.Filters(state="withdrawn")).total == 1


def test_what_the_worker_on_patrol_reports_goes_to_filing(town):
    assert queries.case(town.chief, bring(town, "to_file", by=town.worker)).source == "patrol"
    assert inbox.todos(town.worker).total == 0


def test_a_failed_check_means_rework_and_the_case_and_its_times_are_counted(town):
    case = bring(town, "to_close", found="failed")
    with pytest.raises(Conflict):
        actions.close(case=case, by=town.chief)
    assert actions.rework(case=case, reason="未恢复", by=town.chief).state == "to_sign"
    for found in ("failed", "passed"):
        actions.sign(case=case, by=town.clerk)
        actions.feed_back(case=case, note="又处置", by=town.clerk)
        actions.forward(case=case, by=town.dispatcher)
        town.settle(case, found)
        if found == "failed":
            actions.rework(case=case, reason="仍未恢复", by=town.chief)
    actions.close(case=case, by=town.chief)
    assert queries.case(town.chief, case).reworks == 2
    assert queries.cases(town.chief, Filters(reworked=True)).total == 1


def test_a_case_without_class_or_place_is_completed_before_it_is_accepted(town):
    case = actions.report(by=actors.PUBLIC, description="路边有个坑").uid
    whole_city = town.installer
    with pytest.raises(Invalid):
        actions.accept(case=case, by=whole_city)
    actions.edit(case=case, class_code="P0101", lon=EAST_HERE[0], lat=EAST_HERE[1], by=whole_city)
    assert actions.accept(case=case, by=town.acceptor).state == "to_verify"


def test_a_case_outside_every_community_is_counted_and_not_accepted(town):
    case = actions.report(by=actors.PUBLIC, class_code="P0101", lon=NOWHERE[0], lat=NOWHERE[1]).uid
    assert queries.counts(town.leader).without_grid == 1
    assert queries.cases(town.leader, Filters(without_grid=True)).items[0].uid == case
    assert queries.counts(town.acceptor).without_grid == 0  # not in her street, as far as anybody knows
    with pytest.raises(Invalid):
        actions.accept(case=case, by=town.installer)


def test_an_edit_never_restarts_a_clock(town, later):
    case = bring(town, "handling")
    before = queries.case(town.chief, case)
    with later(minutes=30):
        after = actions.edit(case=case, description="改了描述", by=town.chief)
    assert (after.due_at, after.stage_due_at) == (before.due_at, before.stage_due_at)
    with later(minutes=31), pytest.raises(Conflict):
        actions.edit(case=case, class_code="E0101", by=town.chief)
    waiting = bring(town, "to_accept")
    due = queries.case(town.chief, waiting).stage_due_at
    with later(minutes=50):
        assert actions.edit(case=waiting, class_code="E0101", by=town.acceptor).stage_due_at == due


def test_a_case_keeps_the_grid_of_its_day(town, later, installer):
    from case_town import GRID, OTHER_GRID, WEST, box

    from wangge.ground.areas import actions as areas
    from wangge.ground.areas.records import GridRow

    old = bring(town, "to_file")
    with later(days=1):
        plan = areas.draft_plan(
            grids=[GridRow(OTHER_GRID, box(111.0, 111.1))], memberships={}, prefix=WEST, by=installer
        )
        areas.put_in_force(plan=plan, by=installer)
        new = actions.report(by=actors.PUBLIC, class_code="P0101", lon=HERE[0], lat=HERE[1]).uid
        assert queries.case(town.chief, old).grid == GRID
        assert queries.case(town.chief, new).grid == OTHER_GRID


def test_near_cases_of_the_same_class_are_offered_and_can_be_merged(town):
    first = bring(town, "to_dispatch")
    second = actions.report(by=town.worker, class_code="P0101", lon=HERE[0] + 0.0003, lat=HERE[1])  # 29 m
    far = actions.report(by=town.worker, class_code="P0101", lon=HERE[0] + 0.001, lat=HERE[1])  # 96 m
    other = actions.report(by=town.worker, class_code="E0101", lon=HERE[0], lat=HERE[1])
    assert [(n.uid, n.metres) for n in second.near] == [(first, 29)]
    assert far.near == []
    assert other.near == []
    actions.merge(case=second.uid, into=first, by=town.acceptor)
    merged = queries.case(town.chief, second.uid)
    assert (merged.state, merged.merged_into) == ("merged", first)
    assert queries.track(second.tracking).number == queries.case(town.chief, first).number
    with pytest.raises(Conflict):
        actions.merge(case=far.uid, into=second.uid, by=town.acceptor)
    with pytest.raises(Invalid):
        actions.merge(case=far.uid, into=far.uid, by=town.acceptor)


def test_the_longest_class_and_then_the_longest_area_decide(town):
    west = queries.case(town.dispatcher, bring(town, "to_dispatch")).suggestion
    assert (west.department, west.clause) == ("shizheng", "第12条")
    assert (
        west.reason
        == "公用设施/上水井盖 in the whole city is handled by 市政所: responsibility list, 第12条."
    )
    east = actions.report(by=actors.PUBLIC, class_code="P0101", lon=EAST_HERE[0], lat=EAST_HERE[1]).uid
    actions.accept(case=east, by=town.acceptor)
    Case.objects.filter(uid=east).update(state="to_dispatch")
    suggested = queries.case(town.dispatcher, east).suggestion
    assert (suggested.department, suggested.area) == ("water", "420502001002")


def test_what_may_be_done_now_is_read_off_the_table(town):
    case = bring(town, "to_dispatch")
    acts = {a.verb: a for a in queries.case(town.dispatcher, case).acts}
    assert set(acts) == {"dispatch", "merge", "edit", "void"}
    assert acts["dispatch"].mine
    assert not acts["void"].mine
    assert acts["dispatch"].consequence == "→ 待签收，开始计时"
    assert acts["void"].roles == ["duty_chief"]
    checking = {a.verb: a for a in queries.case(town.worker, bring(town, "to_check")).acts}
    assert not checking["check"].mine  # it is a to-do, not a button


def test_a_list_of_fifty_costs_as_many_queries_as_a_list_of_two(town, django_assert_num_queries, at_moment):
    for _ in range(3):
        bring(town, "handling")
    like = Case.objects.latest("id")
    Case.objects.bulk_create(
        Case(
            number=f"X{i}", of_class=like.of_class, source="resident", reported_at=at_moment, open_since=at_moment, state="handling", area=like.area, grid=like.grid,
            department="shizheng", limit="4 工作时", clock_since=at_moment, due_at=like.due_at,
        )
        for i in range(60)
    )  # fmt: skip
    chief = town.chief
    with django_assert_num_queries(4):
        assert len(queries.cases(chief, Filters(state="handling"), limit=2).items) == 2
    with django_assert_num_queries(4):
        page = queries.cases(chief, Filters(state="handling"), limit=50)
    assert len(page.items) == 50
    assert page.items[0].left
    with django_assert_num_queries(2):
        counted = queries.counts(chief)
    assert {q.state: q.count for q in counted.queues}["handling"] == page.total == 63


def test_counts_are_the_lengths_of_lists_and_both_go_through_the_scope(town, later):
    for state in ("to_accept", "to_file", "to_sign", "handling", "to_check", "closed"):
        bring(town, state)
    bring(town, "to_accept", where=EAST_HERE)
    with later(days=1):
        for actor in (town.chief, town.worker, town.clerk, town.east_dispatcher, town.leader):
            counts = queries.counts(actor)
            for queue in counts.queues:
                assert queue.count == queries.cases(actor, Filters(state=queue.state)).total
                assert queue.late == queries.cases(actor, Filters(state=queue.state, late=True)).total
            assert counts.late == queries.cases(actor, Filters(late=True)).total
        assert queries.cases(town.east_dispatcher).total == 1
        assert queries.cases(town.worker).total == 6
        assert queries.cases(town.clerk).total == 4
        assert queries.cases(town.chief, Filters(area=STREET)).total == 7
        with pytest.raises(Forbidden):
            queries.cases(town.planner)


def test_numbers_run_by_day(town, later):
    bring(town, "to_accept")
    assert actions.report(by=actors.PUBLIC, description="井盖破损").number == "2026-0731-0002"
    with later(hours=15):  # past midnight on the city's clock
        assert actions.report(by=actors.PUBLIC, description="井盖破损").number == "2026-0801-0001"


def test_a_race_that_both_read_before_either_wrote_has_one_winner(town):
    """Where rows aren't locked while they are read, the version still decides."""
    case = bring(town, "to_dispatch")
    first = finding.held(case=case, verb="dispatch", by=town.dispatcher, version=None)
    second = finding.held(case=case, verb="dispatch", by=town.second_dispatcher, version=None)
    bringing = moving.Bringing(department="shizheng", limit="4 工作时")
    moving.carry_out(*first, by=town.dispatcher, bringing=bringing)
    with pytest.raises(Conflict) as told:
        moving.carry_out(*second, by=town.second_dispatcher, bringing=bringing)
    assert "某dispatcher" in told.value.message
    assert Step.objects.filter(case__uid=case, verb="dispatch").count() == 1


def test_what_is_no_id_is_no_case(town):
    for text in ("", "x", "420502", "01a2-", "ſ" * 32):
        with pytest.raises(NotFound):
            queries.case(town.chief, text)
        with pytest.raises(NotFound):
            actions.accept(case=text, by=town.acceptor)
        with pytest.raises(NotFound):
            actions.decide(case=text, grant=True, by=town.chief)
        with pytest.raises(NotFound):
            actions.rate(case=text, solved=True, satisfied=5, by=town.citizen)
    assert queries.cases(town.chief, limit=-5, offset=-5).items == []


def test_the_last_day_of_the_year_does_not_wait_for_a_table_of_holidays(town, later):
    case = bring(town, "to_dispatch")
    with later(days=153):  # 31 December 2026
        assert actions.report(by=actors.PUBLIC, description="井盖破损").number.startswith("2026-1231")
        sent = actions.dispatch(case=case, department="shizheng", by=town.dispatcher)
        assert sent.due_at.year == 2026
        evening = bring(town, "to_dispatch")
    with later(days=153, hours=9):
        assert actions.dispatch(case=evening, department="shizheng", by=town.dispatcher).due_at.year == 2027


def test_the_story_names_staff_but_not_the_reporter(town):
    case = actions.report(by=town.citizen, class_code="P0101", lon=HERE[0], lat=HERE[1]).uid
    actions.accept(case=case, by=town.acceptor)
    told = [(s.by != "", s.name) for s in story(town, case)]
    assert told == [(False, ""), (True, "某acceptor")]


def test_positions_are_tagged_with_their_datum(town):
    """A point of a Chinese internet map lies some 500 m aside if it is taken for what it isn't."""
    plain = Case.objects.get(
        uid=actions.report(by=actors.PUBLIC, description="井盖破损", lon=HERE[0], lat=HERE[1]).uid
    )
    shifted = Case.objects.get(
        uid=actions.report(
            by=actors.PUBLIC, description="井盖破损", lon=HERE[0], lat=HERE[1], datum="GCJ-02"
        ).uid
    )
    assert (plain.lon, plain.lat) == HERE
    assert 0.003 < abs(shifted.lon - HERE[0]) < 0.008
    with pytest.raises(Invalid):
        actions.report(by=actors.PUBLIC, description="井盖破损", lon=HERE[0], lat=HERE[1], datum="Mars")
