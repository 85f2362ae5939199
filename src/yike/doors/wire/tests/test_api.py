"""Every endpoint and every way to be refused, in the one shape of errors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from yike.doors.wire.docs import body_example
from yike.doors.wire.tests.conftest import Platform, demand, make_platform, problem
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters.tests import makers
from yike.rooms.people import privacy_notices


class TestOpening:
    def test_hands_a_demand_over(self, platform: Platform) -> None:
        found = platform.open(peer_ref="GD-1", points=["能要回来吗？", "要多久？"])
        assert found.status_code == 201
        told = found.json()
        assert (told["state"], told["holder"], told["repeated"]) == ("21", "石浦司法所", False)
        assert told["due_at"] > "2026-11-16"
        followed = platform.get(f"/matters/{told['reference']}").json()
        assert followed["order_no"] == told["order_no"]
        assert [point["words"] for point in followed["points"]] == ["能要回来吗？", "要多久？"]
        assert followed["steps"][0]["sentence"] == "已受理，由石浦司法所承办"
        assert (followed["waits_for"], followed["ended"], followed["answer"]) == (
            "office", False, None,
        )  # fmt: skip

    def test_the_same_key_brings_the_same_matter(self, platform: Platform) -> None:
        first = platform.open(key="GD-20261116-1")
        again = platform.open(key="GD-20261116-1")
        assert (first.status_code, again.status_code) == (201, 200)
        assert again.json() == {**first.json(), "repeated": True}

    def test_the_same_key_with_other_words_is_refused(self, platform: Platform) -> None:
        platform.open(key="GD-20261116-2")
        assert problem(platform.open(key="GD-20261116-2", name="李四"), 409)["type"].endswith(
            "clash"
        )

    def test_the_same_key_of_another_platform_is_another(self, platform: Platform) -> None:
        first = platform.open(key="GD-20261116-3")
        other = make_platform().open(key="GD-20261116-3")
        assert other.status_code == 201
        assert other.json()["reference"] != first.json()["reference"]

    @pytest.mark.parametrize("key", ["", "short", "x" * 65, "with space", "钥匙钥匙钥匙钥匙"])
    def test_a_wrong_idempotency_key_is_named(self, platform: Platform, key: str) -> None:
        headers = {"idempotency_key": key} if key else {}
        told = problem(platform.post("/matters", demand(), **headers), 422)
        assert [one["field"] for one in told["errors"]] == ["Idempotency-Key"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("text", ""), ("text", "x" * 5001), ("text", None), ("region_code", "330225"),
            ("region_code", "999999999999"), ("phone", "12"), ("phone", None),
            ("demand_type", "8"), ("category", "Q99"), ("item_code", "PLS-nothing"),
            ("channel", "04"), ("line", "110"), ("id_number", "110105194912310021"),
            ("party_kind", "ghost"), ("urgency", 7), ("points", ["x"] * 21), ("level", 3),
            ("surprise", "x"), ("text", "机密★10年 关于某事项"), ("text", "\u0000\u0007"),
        ],
    )  # fmt: skip
    def test_a_wrong_field_is_named(self, platform: Platform, field: str, value: Any) -> None:
        told = problem(platform.open(**{field: value}), 422)
        assert field in [one["field"].split(".")[0] for one in told["errors"]]

    def test_the_notice_a_platform_showed_is_kept_with_its_version(
        self, platform: Platform, county: makers.County
    ) -> None:
        version = privacy_notices.current()
        for agreed in (version, ""):
            reference = platform.open(agreed=agreed, peer_ref=f"A{agreed}").json()["reference"]
            party = makers.page(county.director, reference).party
            assert party is not None
            assert party.agreed == agreed
        told = problem(platform.open(agreed="1999-1"), 422)
        assert [one["field"] for one in told["errors"]] == ["agreed"]

    def test_rare_signs_and_emoji_stay(self, platform: Platform) -> None:
        made = platform.open(name="𠮷野", points=["能退吗😀？"]).json()
        points = platform.get(f"/matters/{made['reference']}").json()["points"]
        assert points[0]["words"] == "能退吗😀？"

    def test_a_key_opens_only_in_its_region(self, county: makers.County) -> None:
        town = make_platform(region_code=makers.HEPU)
        assert town.open(region_code=makers.DASHA).status_code == 201
        assert problem(town.open(), 422)["errors"][0]["field"] == "region_code"


class TestFollowing:
    def test_foreign_and_absent_are_told_the_same(
        self, platform: Platform, county: makers.County
    ) -> None:
        foreign = make_platform().open().json()["reference"]
        own = makers.opened().reference
        said = set()
        for reference in (foreign, own, "261116-00000000", "x", "%E4%B8%80"):
            told = problem(platform.get(f"/matters/{reference}"), 404)
            said.add(json.dumps({**told, "request_id": ""}, sort_keys=True))
            sent = problem(platform.post(f"/matters/{reference}/messages", {"words": "在吗"}), 404)
            assert sent["detail"] == told["detail"]
            assert problem(platform.post(f"/matters/{reference}/withdrawal", {}), 404)
        assert len(said) == 1

    def test_words_reach_the_office(self, platform: Platform, county: makers.County) -> None:
        reference = platform.open().json()["reference"]
        sent = platform.post(f"/matters/{reference}/messages", {"words": "来电补充：有欠条"})
        assert (sent.status_code, sent.content) == (204, b"")
        steps = platform.get(f"/matters/{reference}").json()["steps"]
        assert len(steps) == 2

    def test_is_withdrawn_once(self, platform: Platform) -> None:
        reference = platform.open().json()["reference"]
        assert platform.post(f"/matters/{reference}/withdrawal", {}).status_code == 204
        assert platform.get(f"/matters/{reference}").json()["ended"] is True
        assert (
            "已撤销"
            in problem(platform.post(f"/matters/{reference}/withdrawal", {}), 403)["detail"]
        )

    def test_the_answer_comes_through(self, platform: Platform, county: makers.County) -> None:
        reference = platform.open().json()["reference"]
        makers.do("sign", reference, county.wang)
        makers.do("close", reference, county.wang, result="answered", reply="可申请劳动仲裁")
        told = platform.get(f"/matters/{reference}").json()
        assert told["answer"]["words"] == "可申请劳动仲裁"
        assert told["waits_for"] == "citizen"

    def test_nothing_personal_comes_back(self, platform: Platform) -> None:
        reference = platform.open(id_type="111", id_number="11010519491231002X").json()
        text = platform.get(f"/matters/{reference['reference']}").content.decode()
        assert not [one for one in ("张三丰", makers.PHONE, "11010519491231002X") if one in text]


class TestKnocking:
    @pytest.mark.parametrize("key", ["", "nothing", "yk_0123456789", "x" * 5000])
    def test_an_unknown_key_opens_nothing(self, county: makers.County, key: str) -> None:
        stranger = Platform(key)
        for found in (stranger.open(), stranger.get("/items"), stranger.get("/matters/x")):
            problem(found, 401)
            assert found.headers["WWW-Authenticate"].startswith("Bearer")

    def test_a_key_is_good_for_its_scopes_only(self, county: makers.County) -> None:
        opener = make_platform(scopes=["matters:open"])
        reference = opener.open().json()["reference"]
        assert problem(opener.get(f"/matters/{reference}"), 403)
        assert problem(opener.post(f"/matters/{reference}/messages", {"words": "在吗"}), 403)
        follower = make_platform(scopes=["matters:follow"])
        assert "提交诉求" in problem(follower.open(), 403)["detail"]

    def test_too_often_is_told_when_to_come_again(self, county: makers.County) -> None:
        hasty = make_platform(per_minute=3)
        assert [hasty.get("/items").status_code for _ in range(3)] == [200] * 3
        found = hasty.get("/items")
        problem(found, 429)
        assert 1 <= int(found.headers["Retry-After"]) <= 60
        assert problem(hasty.open(), 429)

    def test_guessing_keys_gets_slow(self, county: makers.County) -> None:
        guesser = Platform("yk_guess")
        guesser.web.defaults["REMOTE_ADDR"] = "192.0.2.77"
        said = [guesser.get("/items").status_code for _ in range(40)]
        assert said[0] == 401
        assert said[-1] == 429


class TestShape:
    @pytest.mark.parametrize(
        "body", [b"{", b"\xff\xfe", b"[1", b"", b"nul", b'{"text": "\\ud800"}']
    )
    def test_what_is_no_json_is_said_to_be_none(self, platform: Platform, body: bytes) -> None:
        found = platform.post("/matters", body, idempotency_key="GD-20261116-9")
        assert problem(found, found.status_code)
        assert found.status_code in (400, 415, 422)  # an empty body has no type

    @pytest.mark.parametrize("body", ["[]", "1", "null", '"x"', "[[]]"])
    def test_what_is_no_object_is_refused(self, platform: Platform, body: str) -> None:
        problem(platform.post("/matters", body.encode(), idempotency_key="GD-20261116-9"), 422)

    def test_too_large_is_said_to_be_too_large(self, platform: Platform) -> None:
        long = b'{"text": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
        problem(platform.post("/matters", long, idempotency_key="GD-20261116-9"), 413)

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
    def test_another_content_type_is_refused(self, platform: Platform, kind: str) -> None:
        body = json.dumps(demand()).encode()
        problem(platform.post("/matters", body, content_type=kind), 415)

    @pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
    @pytest.mark.parametrize("path", ["/matters", "/items", "/docs", "/openapi.json"])
    def test_a_wrong_method_is_told_the_right_ones(
        self, platform: Platform, method: str, path: str
    ) -> None:
        found = getattr(platform.web, method)(f"/api/v1{path}")
        problem(found, 405)
        assert found.headers["Allow"]

    @pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/matters"])
    @pytest.mark.parametrize("method", ["get", "post", "delete"])
    def test_an_unknown_address_is_a_problem_too(
        self, platform: Platform, method: str, path: str
    ) -> None:
        web = Client(enforce_csrf_checks=True)
        problem(getattr(web, method)(path), 405 if path == "/api/v1/" and method != "get" else 404)

    def test_a_fault_of_ours_says_so_and_hides_the_rest(
        self, platform: Platform, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from yike.rooms.catalogue import queries as catalogue_queries

        def broken(**_: Any) -> None:
            raise RuntimeError("secret inside")

        monkeypatch.setattr(catalogue_queries, "items", broken)
        found = platform.get("/items")
        assert "secret" not in found.content.decode()
        assert problem(found, 500)["way_on"]


class TestCodes:
    def test_items_by_kind(self, platform: Platform) -> None:
        every = platform.get("/items").json()
        some = platform.get("/items?kind=公证").json()
        assert len(every) > 100
        assert 0 < len(some) < len(every)
        assert {one["kind"] for one in some} == {"公证"}

    def test_an_unknown_question_is_named(self, platform: Platform) -> None:
        assert problem(platform.get("/items?sort=x"), 422)["errors"][0]["field"] == "sort"

    def test_regions_below(self, platform: Platform) -> None:
        towns = platform.get(f"/regions/{makers.COUNTY}/children").json()
        assert len(towns) == 18
        assert problem(platform.get("/regions/123/children"), 422)


class TestDocs:
    def test_the_page_is_whole_and_asks_for_nothing_foreign(self, county: makers.County) -> None:
        found = Client().get("/api/v1/docs")
        text = found.content.decode()
        assert found.status_code == 200
        assert "unsafe" not in found.headers["Content-Security-Policy"]
        for words in ("/api/v1/matters/{reference}", "Idempotency-Key", "Retry-After", "curl"):
            assert words in text
        assert "<script>" not in text

    def test_the_examples_run(self, platform: Platform) -> None:
        schema = Client().get("/api/v1/openapi.json").json()
        shapes = schema["components"]["schemas"]
        body = body_example(shapes["MatterIn"])
        made = platform.post("/matters", body, idempotency_key="GD-20261121-0001")
        assert made.status_code == 201, made.content.decode()
        path = f"/matters/{made.json()['reference']}"
        words, reason = body_example(shapes["WordsIn"]), body_example(shapes["ReasonIn"])
        assert platform.post(f"{path}/messages", words).status_code == 204
        assert platform.post(f"{path}/withdrawal", reason).status_code == 204

    def test_the_page_speaks_to_people(self, county: makers.County) -> None:
        text = Client().get("/api/v1/docs").content.decode()
        assert "`" not in text
        assert "^[" not in text
        assert "<code>Bearer" not in text
        assert "提交诉求" in text


class TestAnsweredElsewhere:
    """A18.2: an institution's staff answer at once on a platform of their own."""

    ANSWER = {"answer": "已说明赔偿的计算办法和需要的证据。", "result": "answered", "minutes": 12}

    def test_the_example_runs(self, county: makers.County) -> None:
        platform = make_platform(org=county.shipu_office, scopes=("matters:answer",))
        schema = Client().get("/api/v1/openapi.json").json()
        body = body_example(schema["components"]["schemas"]["AnsweredIn"])
        made = platform.post("/consultations", body, idempotency_key="GD-20261121-0001")
        assert made.status_code == 201, made.content.decode()

    def test_records_an_answer_without_an_order(self, county: makers.County) -> None:
        platform = make_platform(
            org=county.shipu_office, scopes=("matters:open", "matters:follow", "matters:answer")
        )
        body = demand(**self.ANSWER)
        found = platform.post("/consultations", body, idempotency_key="ZLB-20261116-1")
        assert found.status_code == 201
        told = found.json()
        assert (told["order_no"], told["state"], told["due_at"]) == ("", "60", None)
        again = platform.post("/consultations", body, idempotency_key="ZLB-20261116-1")
        assert (again.status_code, again.json()["reference"]) == (200, told["reference"])
        followed = platform.get(f"/matters/{told['reference']}").json()
        assert followed["answer"]["words"] == self.ANSWER["answer"]
        assert followed["ended"]

    def test_a_key_without_that_scope_may_not(self, platform: Platform) -> None:
        found = platform.post(
            "/consultations", demand(**self.ANSWER), idempotency_key="ZLB-20261116-2"
        )
        problem(found, 403)

    def test_such_a_key_names_its_institution(self, county: makers.County) -> None:
        with pytest.raises(BadInput, match="机构"):
            make_platform(scopes=("matters:open", "matters:answer"))
