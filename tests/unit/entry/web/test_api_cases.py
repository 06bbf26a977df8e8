"""Cases and rates over HTTP: the loop with everybody's own sign-in, refusals, files in and out."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wangge.cores.tables.reading import read_table
from wangge.platform.access import actors, policy
from wangge.platform.access.models import User
from wangge.platform.clock import clock
from wangge.work.cases import states

sys.path.insert(0, str(Path(__file__).parents[2] / "work" / "cases"))

import case_town
from case_town import HERE, bring

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def standing(writing, moment):
    return case_town.standing(writing, moment)


@pytest.fixture
def town(standing, db, at_moment):
    return case_town.lent(standing)


@pytest.fixture
def call(client, town):
    """``call("chief", "post", "/x", {...})`` gives (status, answer) as that person; "" is the public."""

    def send(who, method, path, body=None, **headers):
        client.logout()
        if who:
            user = User.objects.get(uid=town.by[who].removeprefix("user:"))
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if method == "get":
            answer = client.get(f"/api{path}", body or {}, **headers)
        elif any(hasattr(value, "read") for value in (body or {}).values()):
            answer = client.post(f"/api{path}", body, **headers)
        else:
            answer = client.post(f"/api{path}", body or {}, content_type="application/json", **headers)
        is_json = answer.headers["Content-Type"].startswith("application/json")
        return answer.status_code, answer.json() if is_json else answer.content

    return send


def picture():
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "grey").save(buffer, "JPEG")
    return SimpleUploadedFile("井盖.jpg", buffer.getvalue(), "image/jpeg")


def test_the_whole_loop_over_http(call):
    status, kept = call("", "post", "/cases/photos", {"file": picture()})
    assert status == 200
    said = {
        "class_code": "P0101",
        "lon": HERE[0],
        "lat": HERE[1],
        "description": "井盖破损",
        "phone": "13800135521",
        "photos": [kept["photo"]],
    }
    once = {"HTTP_IDEMPOTENCY_KEY": "report-1", "HTTP_X_VISITOR": "the-same-browsers-own-secret"}
    status, receipt = call("", "post", "/cases/report", said, **once)
    assert status == 200
    assert call("", "post", "/cases/report", said, **once) == (200, receipt)  # sent twice, made once
    case = receipt["uid"]
    assert call("chief", "get", "/cases/")[1]["total"] == 1

    def act(who, verb, **body):
        seen = call(who, "get", f"/cases/{case}")[1]
        assert next(a for a in seen["acts"] if a["verb"] == verb)["mine"]
        status, answer = call(who, "post", f"/cases/{case}/{verb}", {"version": seen["version"], **body})
        assert status == 200, answer
        return answer["state"]

    def settle(outcome):
        todo = call("worker", "get", "/todos/inbox")[1]["doors"][0]["todos"][0]
        assert call("worker", "post", f"/todos/{todo['uid']}/settle", {"outcome": outcome})[0] == 200

    assert act("acceptor", "accept") == "to_verify"
    settle("true")
    assert act("chief", "file", rule=2) == "to_dispatch"
    suggested = call("dispatcher", "get", f"/cases/{case}")[1]["suggestion"]
    assert act("dispatcher", "dispatch", department=suggested["department"]) == "to_sign"
    assert act("clerk", "sign") == "handling"
    assert call("clerk", "post", f"/cases/{case}/reporter")[1] == {"phone": "13800135521"}
    assert act("clerk", "handle", note="到场更换") == "handling"
    assert act("clerk", "feed_back", note="已更换") == "to_forward"
    assert act("dispatcher", "forward") == "to_check"
    settle("passed")
    assert act("chief", "close") == "closed"
    status, followed = call("", "get", f"/cases/track/{receipt['tracking']}")
    assert (status, followed["state_zh"]) == (200, "已结案")
    assert (
        call("", "post", f"/cases/track/{receipt['tracking']}/rate", {"solved": True, "satisfied": 5})[0]
        == 200
    )
    shown = call("worker", "get", f"/cases/{case}/photos/{kept['photo']}")
    assert shown[1].startswith(b"\xff\xd8")
    period = {"from_on": "2026-07-01", "to_on": "2026-07-31"}
    rates = call("chief", "get", "/assessment/rates", period)[1]
    assert {r["code"]: r["percent"] for r in rates["rates"]}["handling_on_time"] == "100.00"
    due = next(f for f in rates["figures"] if f["code"] == "due")
    listed = call(
        "chief",
        "get",
        "/cases/",
        {k: json.dumps(v) if isinstance(v, bool) else v for k, v in due["filter"].items()},
    )[1]
    assert listed["total"] == due["value"] == 1
    assert call("chief", "get", "/assessment/departments", period)[1][0]["department"] == "shizheng"
    assert call("chief", "get", "/assessment/rates.xlsx", period)[0] == 200
    assert call("", "get", "/assessment/formulas")[1][0]["of_zh"] == "按期结案"


def test_who_comes_second_is_told_who_was_first(call, town):
    case = bring(town, "to_dispatch")
    version = call("second_dispatcher", "get", f"/cases/{case}")[1]["version"]
    assert (
        call("dispatcher", "post", f"/cases/{case}/dispatch", {"department": "shizheng", "version": version})[
            0
        ]
        == 200
    )
    status, problem = call(
        "second_dispatcher", "post", f"/cases/{case}/dispatch", {"department": "water", "version": version}
    )
    assert (status, problem["code"]) == (409, "moved_on")
    assert "某dispatcher" in problem["message"]


@pytest.mark.parametrize("who", ["", "citizen", "planner"])
def test_without_a_post_there_are_no_cases(call, town, who):
    case = bring(town, "handling")
    for path in (
        "/cases/",
        "/cases/counts",
        "/cases/cases.xlsx",
        f"/cases/{case}",
        "/cases/near?class_code=P0101&lon=1&lat=1",
    ):
        assert call(who, "get", path)[0] in (401, 403), path
    for verb in set(states.VERBS) - {"report", "rate", "reopen"}:
        path = {
            "give_back": "apply",
            "extend": "apply",
            "shelve": "apply",
            "refuse": "decide",
            "verify": "",
            "check": "",
        }.get(verb, verb)
        if path and not path.startswith("allow_"):
            assert call(who, "post", f"/cases/{case}/{path}", {"reason": "x", "note": "x"})[0] in (
                401,
                403,
                422,
            ), verb


def test_what_lies_outside_ones_scope_is_not_there(call, town):
    case = bring(town, "handling")
    for who in ("east_dispatcher", "water_clerk", "other_worker"):
        assert call(who, "get", f"/cases/{case}")[0] == 404
        assert call(who, "get", "/cases/")[1]["total"] == 0
        assert call(who, "get", "/cases/", {"text": "井盖"})[1]["total"] == 0
        assert sum(q["count"] for q in call(who, "get", "/cases/counts")[1]["queues"]) == 0
        assert (
            call(who, "get", "/cases/near", {"class_code": "P0101", "lon": HERE[0], "lat": HERE[1]})[1] == []
        )
        assert call(who, "post", f"/cases/{case}/photos", {"photos": []})[0] == 404
    assert call("water_clerk", "post", f"/cases/{case}/reporter")[0] == 404
    assert call("water_clerk", "post", f"/cases/{case}/feed_back", {"note": "好"})[0] == 404
    assert call("clerk", "get", f"/cases/{case}")[0] == 200


def test_the_two_axes_over_http(call, town):
    case = bring(town, "to_dispatch")
    assert call("chief", "post", f"/cases/{case}/dispatch", {"department": "shizheng"})[0] == 403
    assert call("dispatcher", "post", f"/cases/{case}/void", {"reason": "x"})[0] == 403
    assert call("chief", "post", f"/cases/{case}/apply", {"kind": "shelve", "reason": "x"})[0] == 403
    assert call("clerk", "post", f"/cases/{case}/decide", {"grant": True})[0] == 403


def test_applications_over_http(call, town):
    case = bring(town, "handling")
    assert (
        call(
            "clerk",
            "post",
            f"/cases/{case}/apply",
            {"kind": "extend", "reason": "待料", "amount": "2 工作时"},
        )[0]
        == 200
    )
    assert call("chief", "post", f"/cases/{case}/decide", {"grant": True, "note": "可以"})[0] == 200
    shown = call("chief", "get", f"/cases/{case}")[1]
    assert (shown["limit"], shown["applications"][0]["outcome"]) == ("6 工作时", "granted")


def test_the_catalogue_in_and_out(call):
    content = call("", "get", "/cases/classes.xlsx")[1]
    assert call("admin", "post", "/cases/classes", {"file": upload("类别.xlsx", content)}) == (
        200,
        {"rows": 4, "added": 0, "changed": 3},
    )
    assert call("", "get", "/cases/classes.xlsx")[1] == content
    lines = call("", "get", "/cases/responsibilities.xlsx")[1]
    assert (
        call("admin", "post", "/cases/responsibilities", {"file": upload("清单.xlsx", lines)})[1]["changed"]
        == 4
    )
    assert [c["code"] for c in call("", "get", "/cases/classes", {"search": "井盖"})[1]] == ["P0101"]
    assert call("chief", "post", "/cases/classes", {"file": upload("类别.xlsx", content)})[0] == 403


def test_a_bad_catalogue_names_every_bad_row_and_changes_nothing(call):
    before = call("", "get", "/cases/classes")[1]
    rows = [
        "种类,大类代码,大类名称,小类代码,小类名称,立案条件,处置时限",
        "部件,01,公用设施,09,新类,坏,4小时",
        "物件,1x,公用设施,10,,坏,4 工作时",
    ]
    status, problem = call(
        "admin", "post", "/cases/classes", {"file": upload("坏.csv", "\n".join(rows).encode())}
    )
    assert (status, problem["total"]) == (422, 4)
    assert [fault["where"] for fault in problem["faults"]] == [
        "坏.csv, row 2, column '处置时限'",
        "坏.csv, row 3, column '种类'",
        "坏.csv, row 3, column '大类代码'",
        "坏.csv, row 3, column '小类名称'",
    ]
    assert call("", "get", "/cases/classes")[1] == before
    body = {"file": upload("好.csv", "\n".join(rows[:2]).encode()), "hour_means": "working_hour"}
    assert call("admin", "post", "/cases/classes", body) == (200, {"rows": 1, "added": 1, "changed": 0})


def test_the_list_goes_out_as_it_is_filtered(call, town):
    for state in ("to_accept", "handling", "closed"):
        bring(town, state)
    content = call("chief", "get", "/cases/cases.xlsx", {"state": "handling"})[1]
    table = read_table(content, name="案件.xlsx")
    assert table.column("状态") == ["处置中"]
    assert "13800135521" not in str(table.rows)
    assert call("chief", "get", "/cases/", {"state": "handling"})[1]["total"] == 1
    assert call("chief", "get", "/cases/", {"late": "maybe"})[0] == 422


def test_the_table_is_told_with_its_words_and_roles(call):
    lines = call("", "get", "/cases/table")[1]
    dispatch = next(line for line in lines if line["verb"]["code"] == "dispatch")
    assert dispatch["axis"]["zh"] == "指挥轴"
    assert dispatch["roles"] == sorted(policy.PERMISSIONS["cases.dispatch"])
    assert dispatch["clock"]["zh"] == "开始计时"


def test_a_wrong_code_and_somebody_elses_case_look_alike(call, town):
    case = bring(town, "closed")
    wrong = call("", "get", "/cases/track/00000-00000")
    assert wrong[0] == 404
    assert call("", "get", f"/cases/track/{case}") == wrong
    assert call("", "post", "/cases/track/0000000000/rate", {"solved": True, "satisfied": 1}) == wrong


def test_reports_that_make_no_sense(call):
    assert call("", "post", "/cases/report", {"lon": 111.0})[0] == 422
    assert call("", "post", "/cases/report", {})[1]["code"] == "nothing_said"
    assert call("", "post", "/cases/report", {"class_code": "X"})[1]["code"] == "no_such_class"
    assert (
        call("", "post", "/cases/photos", {"file": upload("x.jpg", b"no picture")})[1]["code"]
        == "photo_refused"
    )


def upload(name, content):
    return SimpleUploadedFile(name, content)


def test_an_account_rates_and_reopens_what_it_reported_without_a_code(call, town):
    case, other = bring(town, "closed", by=town.citizen), bring(town, "closed")
    status, mine = call("citizen", "get", "/cases/mine")
    assert (status, [(one["uid"], one["description"]) for one in mine]) == (200, [(case, "井盖破损")])
    rating = {"solved": False, "satisfied": 2, "note": "还在漏"}
    assert call("", "post", f"/cases/mine/{case}/rate", rating)[0] == 401
    assert call("chief", "post", f"/cases/mine/{case}/rate", rating)[0] == 404
    assert call("citizen", "post", f"/cases/mine/{other}/rate", rating)[0] == 404
    assert call("citizen", "post", f"/cases/mine/{case}/rate", rating)[0] == 200
    assert call("citizen", "post", f"/cases/mine/{case}/reopen", {"reason": "还在漏"})[0] == 200
    assert call("citizen", "get", "/cases/mine")[1][0]["ratings"][0]["solved"] is False


def test_anybody_hears_of_the_same_thing_in_the_street_but_not_where_or_which(call):
    place = {"lon": HERE[0], "lat": HERE[1]}
    assert call("", "get", "/cases/alike", {"class_code": "P0101", **place}) == (200, [])
    for code in ("P0101", "E0101"):
        assert (
            call("", "post", "/cases/report", {"class_code": code, **place, "address": "沿江大道66号"})[0]
            == 200
        )
    status, told = call("", "get", "/cases/alike", {"class_code": "P0101", **place})
    assert (status, len(told)) == (200, 1)
    assert set(told[0]) == {"metres", "state_zh", "state_en", "reported_at"}
    # An event may speak of somebody's home: nobody is told of it.
    assert call("", "get", "/cases/alike", {"class_code": "E0101", **place}) == (200, [])
    assert call("", "get", "/cases/alike", {"class_code": "nothing", **place}) == (200, [])


def test_a_photo_is_named_by_its_id_alone_and_once(call):
    """Capitals and braces write the same number; a row is found by what stands in it. Named twice it is one photo."""
    sent = call("", "post", "/cases/photos", {"file": picture()})[1]["photo"]
    for spelling in (sent.upper(), f"{{{sent}}}", f"urn:uuid:{sent}", sent.replace("-", "")):
        status, refused = call("", "post", "/cases/report", {"description": "x", "photos": [sent, spelling]})
        assert (status, refused["code"]) == (422, "no_such_photo"), spelling
    status, receipt = call("", "post", "/cases/report", {"description": "x", "photos": [sent, sent]})
    assert status == 200
    assert photos_of(call("", "get", f"/cases/track/{receipt['tracking']}")[1]) == [("before", sent)]


def photos_of(tracked):
    return [(one["taken"], one["photo"]) for one in tracked["photos"]]


@pytest.mark.parametrize(("public", "told"), [(["P", "E01"], ["before", "after"]), (["E01"], ["before"])])
def test_the_reporter_sees_their_photo_and_the_public_place_after_handling(call, town, public, told):
    from wangge.platform.city import settings as city
    from wangge.work.cases.models import Case

    city.change(key="classes_in_public", to=public, by=actors.system("installer"))
    sent = call("", "post", "/cases/photos", {"file": picture()})[1]["photo"]
    said = {
        "class_code": "P0101",
        "lon": HERE[0],
        "lat": HERE[1],
        "description": "井盖破损",
        "photos": [sent],
    }
    receipt = call("", "post", "/cases/report", said)[1]
    other = call("", "post", "/cases/report", {**said, "photos": []})[1]
    row = Case.objects.get(uid=receipt["uid"])
    hidden, after = (
        call("clerk", "post", "/cases/photos", {"file": picture()})[1]["photo"] for _ in range(2)
    )
    for photo, state in ((hidden, "to_verify"), (after, "handling")):
        row.attachments.create(photo=photo, state=state, by=town.by["clerk"], at=clock.now())
    code = receipt["tracking"]
    tracked = photos_of(call("", "get", f"/cases/track/{code}")[1])
    assert tracked == [("before", sent), ("after", after)][: len(told)]
    for photo, status in ((sent, 200), (hidden, 404), (after, 200 if "after" in told else 404), ("x", 404)):
        assert call("", "get", f"/cases/track/{code}/photos/{photo}")[0] == status
    # Another code opens none of them, and a case that went on in this one shows its own reporter's photo only.
    assert call("", "get", f"/cases/track/{other['tracking']}/photos/{sent}")[0] == 404
    Case.objects.filter(uid=other["uid"]).update(merged_into=row, state="merged", open_since=None)
    assert [taken for taken, _ in photos_of(call("", "get", f"/cases/track/{other['tracking']}")[1])] == told[
        1:
    ]


def test_an_account_sees_the_photos_of_what_it_reported(call, town):
    sent = call("clerk", "post", "/cases/photos", {"file": picture()})[1]["photo"]
    said = {
        "class_code": "P0101",
        "lon": HERE[0],
        "lat": HERE[1],
        "description": "井盖破损",
        "photos": [sent],
        "source": "resident",
    }
    uid = call("clerk", "post", "/cases/report", said)[1]["uid"]
    assert photos_of(call("clerk", "get", "/cases/mine")[1][0]) == [("before", sent)]
    assert call("clerk", "get", f"/cases/mine/{uid}/photos/{sent}")[1].startswith(b"\xff\xd8")
    assert call("chief", "get", f"/cases/mine/{uid}/photos/{sent}")[0] == 404
    assert call("", "get", f"/cases/mine/{uid}/photos/{sent}")[0] == 401
