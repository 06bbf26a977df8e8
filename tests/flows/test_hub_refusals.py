"""What the hub does not take in."""

from departments import deliver, sent

from wangge.platform.clock import clock


def test_without_a_mapping_or_a_name_nothing_is_taken_in(town):
    with town.when(days=40):
        officer = town.at("data_officer")
        today = clock.today()
        agreement = officer.post("hub/agreements", {
            "department": "health", "direction": "in", "purpose": "base_register", "document": "协议",
            "elements": ["name", "phone"], "from_on": today.isoformat(), "to_on": today.isoformat(),
        })["uid"]  # fmt: skip
        officer.post(
            "hub/feeds", {"code": "health", "agreement": agreement, "name_zh": "健康", "name_en": "Health"}
        )
        proposal = officer.post("hub/feeds/health/propose", files={"file": sent(town, "health")})
        assert any(one["element"] == "name" and one["confidence"] > 0.6 for one in proposal["columns"])
        refused = deliver(town, "health", expect=409)
        assert refused["code"] == "no_mapping"
        crossed = officer.post("hub/feeds/health/mapping", {"columns": {"是否重点人员": "phone"}}, expect=422)
        assert crossed["code"] == "red_line"
