"""Catalogue and responsibility list as files: whole or not at all, again and again, and within the red lines."""

import pytest
from case_town import CATALOGUE, WEST, bring
from hypothesis import given
from hypothesis import strategies as st

from wangge.cores.tables.errors import TableError
from wangge.cores.worktime.limits import Unit
from wangge.platform.access.errors import Forbidden
from wangge.work.cases import actions, exporting, queries
from wangge.work.cases.models import FilingRule, Responsibility
from wangge.work.cases.responsibility import best, prefixes

pytestmark = pytest.mark.django_db
HEADER = CATALOGUE.splitlines()[0]


def load(town, *rows, name="类别.csv", **more):
    return actions.load_catalogue(file="\n".join([HEADER, *rows]).encode(), name=name, by=town.admin, **more)


def test_a_class_has_its_rules_in_the_order_of_the_file(town):
    manhole = next(c for c in queries.classes(town.citizen) if c.code == "P0101")
    assert [(r.number, r.limit, r.photo_required) for r in manhole.rules] == [
        (1, "2 紧急工作时", True),
        (2, "4 工作时", True),
    ]


def test_loading_again_changes_and_what_is_gone_goes_unless_a_case_was_filed_by_it(town):
    case = bring(town, "to_dispatch", rule=2)
    loaded = load(
        town,
        "部件,1,公用设施,,1,上水井盖,,缺失,恢复,3 紧急工作时,是",
        "事件,01,市容环境,,01,暴露垃圾,,成堆,清除,4 工作时,否",
    )
    assert (loaded.rows, loaded.added, loaded.changed) == (2, 0, 2)
    rules = {(r.of_class.code, r.number): r.limit for r in FilingRule.objects.select_related("of_class")}
    assert rules["P0101", 1] == "3 紧急工作时"
    assert rules["P0101", 2] == "4 工作时"  # the case stands on it
    assert queries.case(town.chief, case).rule.number == 2
    load(town, "事件,01,市容环境,,02,积水,,积水,排除,2 工作日,否")
    assert ("E0102", 1) in {
        (r.of_class.code, r.number) for r in FilingRule.objects.select_related("of_class")
    }


def test_a_case_keeps_the_limit_of_its_day(town):
    case = bring(town, "handling", rule=2)
    before = queries.case(town.chief, case)
    load(
        town,
        "部件,01,公用设施,,01,上水井盖,,缺失,恢复,1 紧急工作时,是",
        "部件,01,公用设施,,01,上水井盖,,破损,更换,1 工作时,是",
    )
    after = queries.case(town.chief, case)
    assert (after.limit, after.due_at) == (before.limit, before.due_at)


def test_what_a_bare_day_means_is_said_by_the_city(town):
    row = "事件,01,市容环境,,09,乱堆,,乱堆,清除,1天,否"
    with pytest.raises(TableError) as error:
        load(town, row)
    assert (error.value.errors[0].row, error.value.errors[0].column) == (2, "处置时限")
    load(town, row, units={"天": Unit.WORKDAY})
    assert FilingRule.objects.get(of_class__code="E0109").limit == "1 工作日"


def test_a_class_that_crosses_a_red_line_is_refused_with_its_reason(town):
    with pytest.raises(TableError) as error:
        load(town, "事件,05,突发事件,,77,重点人员管控,,出现,管控,4 工作时,否")
    assert error.value.errors[0].code == "red_line"
    assert error.value.errors[0].row == 2


def test_only_an_administrator_loads(town):
    for who in (town.chief, town.dispatcher, town.worker):
        with pytest.raises(Forbidden):
            actions.load_catalogue(file=CATALOGUE.encode(), name="x.csv", by=who)
        with pytest.raises(Forbidden):
            actions.load_responsibilities(file=b"x", name="x.csv", by=who)


def test_the_responsibility_list_names_each_bad_row_and_loads_nothing_of_it(town):
    rows = ["类别代码,区域代码,责任部门,条款", "P01,,水务,第3条", "Q9,42x,火星局,", "P01,,市容,第4条"]
    before = list(Responsibility.objects.order_by("pk").values_list("class_code", "area", "department"))
    with pytest.raises(TableError) as error:
        actions.load_responsibilities(file="\n".join(rows).encode(), name="清单.csv", by=town.admin)
    assert [(e.row, e.column, e.code) for e in error.value.errors] == [
        (3, "类别代码", "no_class_code"), (3, "区域代码", "no_area_code"), (3, "责任部门", "no_choice"), (3, "条款", "empty_box"),
        (4, "类别代码", "twice"),
    ]  # fmt: skip
    assert (
        list(Responsibility.objects.order_by("pk").values_list("class_code", "area", "department")) == before
    )


def test_both_lists_go_out_as_they_can_come_in_again(town):
    for content, load_again in (
        (exporting.export_classes(town.citizen), actions.load_catalogue),
        (exporting.export_responsibilities(town.citizen), actions.load_responsibilities),
    ):
        loaded = load_again(file=content, name="again.xlsx", by=town.admin)
        assert loaded.added == 0
        assert loaded.rows == 4
    assert queries.classes(town.citizen)[0].model_dump()["rules"][0]["filing"] == "成堆"


class Line:
    def __init__(self, class_code, area):
        self.class_code, self.area = class_code, area


CODES = st.sampled_from(["", "P", "P01", "P0101", "P02", "E", "E0101"])
AREAS = st.sampled_from(["", "4205", "420502", WEST, "420503"])


@given(
    st.lists(st.builds(Line, CODES, AREAS)),
    st.sampled_from(["P0101", "P0202", "E0101"]),
    st.just(WEST + "001"),
)
def test_the_decisive_line_fits_and_none_that_fits_is_more_precise(lines, class_code, area):
    found = best(lines, class_code, area)
    fitting = [one for one in lines if one.class_code in prefixes(class_code) and one.area in prefixes(area)]
    assert (found is None) == (not fitting)
    if found is not None:
        assert found in fitting
        assert all(
            (len(o.class_code), len(o.area)) <= (len(found.class_code), len(found.area)) for o in fitting
        )
