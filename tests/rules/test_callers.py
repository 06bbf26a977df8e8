"""Red line: no watch list of petitioners. Nothing orders, groups or counts cases by who reported them, and the few places that
ask for a reporter's cases are named here.

To mend: ask for cases by their place, class or state. A place that must ask for the cases of one reporter is named in this file, with
its reason.
"""

import ast
import re
from typing import get_args

from source import HOUSE, modules, write

from wangge.work.cases.filters import Filters, Order
from wangge.work.cases.records import CaseLine

REPORTER = re.compile(r"^-?(\w+__)?reporter(_person|_phone|_phone_index)?(__\w+)?$")
LINING_UP = {
    "order_by", "values", "values_list", "distinct", "annotate", "alias", "aggregate", "earliest", "latest", "dates", "datetimes",
    "Count", "Sum", "Max", "Min", "F", "OuterRef", "Window", "Rank", "in_bulk",
}  # fmt: skip
MAY_ASK = {
    "work/cases/callers.py": "the caller of a case in hand",
    "work/cases/filters.py": "what I reported myself (`mine`)",
    "work/cases/tracking.py": "what this account reported, to itself",
    "work/cases/ratings.py": "whether this account reported the case",
}
"""Modules that look cases up by a reporter, each with its reason."""


def named(node):
    """The name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def lined_up(root=HOUSE):
    """Calls that order, group or count by a reporter."""
    for name, tree in modules(root):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or named(node) not in LINING_UP:
                continue
            given = [*node.args, *(one.value for one in node.keywords)]
            said = [
                one.value
                for arg in given
                for one in ast.walk(arg)
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if any(REPORTER.match(one) for one in said):
                yield f"{name}:{node.lineno}: {named(node)}(…) by a reporter"


def asked(root=HOUSE):
    """Modules that filter by a reporter: a keyword of ``filter``, ``exclude``, ``get`` or ``Q``."""
    for name, tree in modules(root):
        for node in ast.walk(tree):
            asking = isinstance(node, ast.Call) and named(node) in {"filter", "exclude", "get", "Q"}
            if asking and any(one.arg and REPORTER.match(one.arg) for one in node.keywords):
                yield name


def test_nothing_lines_cases_up_by_reporter():
    assert list(lined_up()) == []


def test_only_these_ask_for_a_reporters_cases():
    assert set(asked()) == set(MAY_ASK)


def test_no_order_of_the_list_and_no_line_of_it_says_who_reported():
    assert not [one for one in get_args(Order) if REPORTER.match(one)]
    assert not [one for one in (*CaseLine.model_fields, *Filters.model_fields) if REPORTER.match(one)]


def test_the_rule_sees_cases_lined_up_by_reporter(tmp_path):
    write(
        tmp_path,
        "oversight/cockpit/queries.py",
        "def busiest(actor, rows):\n"
        "    rows.order_by('-reporter')\n"
        "    rows.values('reporter_phone_index').annotate(n=Count('pk'))\n"
        "    rows.annotate(n=Count('case__reporter_person'))\n"
        "    rows.order_by(F('reporter_phone_index').desc())\n"
        "    rows.order_by('reported_at').values_list('number')\n",
    )
    assert {int(one.split(":")[1]) for one in lined_up(tmp_path)} == {2, 3, 4, 5}


def test_the_rule_sees_a_new_place_that_asks(tmp_path):
    write(
        tmp_path,
        "work/hub/queries.py",
        "def of(phone): return Case.objects.filter(reporter_phone_index__in=phone)\n",
    )
    assert list(asked(tmp_path)) == ["work/hub/queries.py"]
