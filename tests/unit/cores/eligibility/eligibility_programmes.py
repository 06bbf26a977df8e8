"""The five programmes of the domain, as a city would declare them (imported by this folder's tests)."""

import datetime as dt

from wangge.cores.eligibility.elements import Element, Kind
from wangge.cores.eligibility.parsing import parse_rule
from wangge.cores.eligibility.versions import ProgrammeVersion

LEVELS = (("1", "一级", "one"), ("2", "二级", "two"), ("3", "三级", "three"), ("4", "四级", "four"))
HERE = {"yes": ("户籍在本区", "registered in the district"), "no": ("户籍不在本区", "registered elsewhere")}
ROSTER = {"yes": ("已在发放名册", "on the payout roster"), "no": ("未在发放名册", "not on the payout roster")}

DECLARED = [
    Element("birth_date", Kind.DATE, "出生日期", "Date of birth"),
    Element("death_date", Kind.DATE, "死亡日期", "Date of death", said={"unknown": ("健在", "living")}),
    Element("registered_here", Kind.YES_NO, "户籍在本区", "Registered in the district", said=HERE),
    Element("lives_here", Kind.YES_NO, "现住本区", "Lives in the district"),
    Element("on_roster", Kind.YES_NO, "在发放名册", "On the payout roster", absent=False, said=ROSTER),
    Element("disability_level", Kind.WHOLE, "残疾等级", "Level of disability", choices=LEVELS),
    Element("certificate_valid_to", Kind.DATE, "残疾人证有效期至", "Certificate valid to"),
    Element("receiving_care_subsidy", Kind.YES_NO, "领取护理补贴", "Receiving the care subsidy"),
    Element("insured_year", Kind.WHOLE, "医保参保年度", "Year insured", absent=0),
    Element("enrolled_school", Kind.TEXT, "在读学校", "School"),
    Element("lives_alone", Kind.YES_NO, "独居", "Lives alone"),
    Element("sex", Kind.CHOICE, "性别", "Sex", choices=(("1", "男", "Male"), ("2", "女", "Female"))),
    Element("income", Kind.DECIMAL, "月收入", "Monthly income"),
    Element("division", Kind.TEXT, "区划", "Division"),
    Element("checkup_date", Kind.DATE, "最近体检日期", "Last check-up"),
]
ELEMENTS = {element.code: element for element in DECLARED}

RULES = {
    "old_age_allowance": "age >= 80; death_date unknown; registered_here = yes; on_roster = no",
    "care_subsidy": "disability_level in 1, 2; certificate_valid_to >= today; receiving_care_subsidy = no",
    "medical_insurance": "lives_here = yes and insured_year != this year",
    "school_start": "age on 08-31 >= 6 and age on 08-31 < 7 and enrolled_school unknown and lives_here = yes",
    "elderly_alone": "age >= 70 and lives_alone = yes",
}


def version(code, text=None, first_day=dt.date(2026, 1, 1), last_day=None):
    """A version that declares just what its rule reads."""
    rule = parse_rule(text or RULES[code], elements=ELEMENTS)
    read = ProgrammeVersion(code, rule, (), first_day).read()
    return ProgrammeVersion(code, rule, tuple(ELEMENTS[name] for name in read), first_day, last_day)


VERSIONS = {code: version(code) for code in RULES}
