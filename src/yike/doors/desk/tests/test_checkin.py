"""Check-in through the door: the phone page, the board, the wall, offline records, figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from yike.doors.desk.tests.soup import soup
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import actions, checkin_offline, queries
from yike.rooms.duty.models import CheckIn, MakeUp
from yike.rooms.duty.tests.arriving import LAT, LON, OFFICER, Scene
from yike.rooms.duty.tests.makers import MONDAY, civil
from yike.rooms.regions.tests.makers import HOUSE, KEEPER, county

pytestmark = pytest.mark.django_db
Sit = Callable[[Actor], Client]
DISPATCHER = replace(KEEPER, label="派*", door="desk", level=1)
HEAD = replace(OFFICER, label="所*", door="desk", level=1)


@pytest.fixture
def scene() -> Iterator[Scene]:
    with county(), clock.at(civil("2026-11-22T09:00")):
        yield Scene()


def _sent(scene: Scene, **more: object) -> dict[str, object]:
    found = {
        "shift": scene.shift.pk, "direction": "in", "lon": LON, "lat": LAT, "accuracy": 15,
        "crs": "wgs84", "told": int(civil("2026-11-23T08:25").timestamp() * 1000),
    }  # fmt: skip
    return found | more


class TestPhone:
    def test_one_big_button_and_what_it_does(self, scene: Scene, sit: Sit) -> None:
        phone = sit(scene.anna)
        with clock.at(civil("2026-11-23T08:52")):
            page = soup(phone.get("/desk/checkin"))
            assert any("已迟到 22 分钟" in one.words for one in page.all("button"))
            answer = phone.post("/desk/checkin", _sent(scene))
        assert answer.status_code == 200
        assert "08:52 签到，迟到 22 分钟，岗位A。" in answer.content.decode()
        with clock.at(civil("2026-11-23T11:00")):
            assert "现在签退，算早退 60 分钟" in phone.get("/desk/checkin").content.decode()

    def test_refused_it_says_why_and_opens_the_other_ways(self, scene: Scene, sit: Sit) -> None:
        phone = sit(scene.anna)
        with clock.at(civil("2026-11-23T08:25")):
            answer = phone.post("/desk/checkin", _sent(scene, lat=29.4848))
            assert answer.status_code == 422
            words = answer.content.decode()
            assert "在5公里以外" in words
            assert "到岗后再点" in words
            without_script = phone.post(
                "/desk/checkin", {"shift": scene.shift.pk, "direction": "in"}
            )
            assert "没有定位" in without_script.content.decode()
            asked = phone.post("/desk/checkin", _sent(scene, accuracy="", ask="1", words="二楼"))
        assert asked.status_code == 200
        assert "重新签到" in asked.content.decode()
        assert CheckIn.objects.get(state="asked").words == "二楼"

    def test_a_code_from_the_wall_is_carried_by_its_link(self, scene: Scene, sit: Sit) -> None:
        actions.renew_code(post_id=scene.post, actor=HOUSE)
        with clock.at(civil("2026-11-23T08:25")):
            face = queries.post_code(scene.post, actor=HOUSE)
            assert face is not None
            phone = sit(scene.anna)
            page = soup(phone.get(f"/desk/checkin?code={face.code}"))
            code = page.one("input", name="code").attrs["value"]
            sent = {"shift": scene.shift.pk, "direction": "in", "code": code}
            assert phone.post("/desk/checkin", sent).status_code == 200

    def test_nothing_to_do_says_when_there_is(self, scene: Scene, sit: Sit) -> None:
        assert "下一班：11月23日" in sit(scene.anna).get("/desk/checkin").content.decode()
        assert "往后没有排您的班" in sit(scene.bert).get("/desk/checkin").content.decode()

    def test_bad_fields_are_no_crash(self, scene: Scene, sit: Sit) -> None:
        phone = sit(scene.anna)
        with clock.at(civil("2026-11-23T08:25")):
            for bad in ({"shift": "x"}, {"lon": "x"}, {"lon": "nan"}, {"told": "9" * 40},
                        {"crs": "mars"}, {"direction": "up"}, {"lat": 91}):  # fmt: skip
                assert phone.post("/desk/checkin", _sent(scene, **bad)).status_code in (200, 422)
            for path in ("key", "offline"):
                assert phone.post(f"/desk/checkin/{path}", {}).status_code in (404, 422)


class TestOffline:
    def _key(self, phone: Client, scene: Scene, told: str = "2026-11-23T07:40") -> dict[str, str]:
        with clock.at(civil("2026-11-23T07:40")):
            ms = int(civil(told).timestamp() * 1000)
            answer = phone.post("/desk/checkin/key", {"shift": scene.shift.pk, "told": ms})
        assert answer.status_code == 200
        found: dict[str, str] = answer.json()
        return found

    def _send(
        self, phone: Client, key: dict[str, str], *, minutes: int = 45, clock_minutes: int = 45,
        seq: int = 1, at: str = "2026-11-23T10:30", told: str = "2026-11-23T07:40",
        direction: str = "in", lat: float = LAT, spoil: bool = False,
    ) -> tuple[int, str]:  # fmt: skip
        ms = int((civil(told) + timedelta(minutes=clock_minutes)).timestamp() * 1000)
        text = f"{key['id']}|{direction}|{seq}|{LON}|{lat}|15|0|{ms}|{minutes * 60_000}"
        mac = checkin_offline.signature(bytes.fromhex(key["key"]), text)
        sent = {"record": text.replace("|15|", "|16|") if spoil else text, "mac": mac}
        with clock.at(civil(at)):
            answer = phone.post("/desk/checkin/offline", sent)
        return answer.status_code, answer.json()["sentence"]

    def test_counts_by_the_houses_time_and_is_taken_once(self, scene: Scene, sit: Sit) -> None:
        phone = sit(scene.anna)
        key = self._key(phone, scene)
        assert self._send(phone, key) == (200, "离线补传，已核验：08:25 签到。")
        status, again = self._send(phone, key)
        assert (status, again) == (200, "这条记录已经收到：08:25 签到。")
        row = CheckIn.objects.get()
        assert (row.way, row.at, row.received_at) == (
            "offline", civil("2026-11-23T08:25"), civil("2026-11-23T10:30"),
        )  # fmt: skip

    def test_a_phone_a_day_off_is_fine_a_clock_set_meanwhile_is_not(
        self, scene: Scene, sit: Sit
    ) -> None:
        phone = sit(scene.anna)
        key = self._key(phone, scene, told="2026-11-22T07:40")
        said = self._send(phone, key, clock_minutes=200, told="2026-11-22T07:40")[1]
        assert said == "离线补传，待核验：08:25 签到（手机时钟被调过）。"

    def test_altered_late_and_elsewhere(self, scene: Scene, sit: Sit) -> None:
        phone = sit(scene.anna)
        key = self._key(phone, scene)
        assert self._send(phone, key, spoil=True)[0] == 422
        assert "72 小时" in self._send(phone, key, at="2026-11-27T10:00")[1]
        assert "不在这一班里" in self._send(phone, key, minutes=600)[1]
        assert "不在这一班里" in self._send(phone, key, minutes=180, at="2026-11-23T09:00")[1]
        assert "离岗位太远" in self._send(phone, key, lat=29.4848)[1]
        stranger = sit(scene.bert)
        assert self._send(stranger, key)[0] == 404

    def test_another_phone_and_going(self, scene: Scene, sit: Sit) -> None:
        phone = sit(scene.anna)
        key = self._key(phone, scene)
        self._send(phone, key)
        other = sit(scene.anna)
        said = self._send(
            other, key, direction="out", seq=2, minutes=261, clock_minutes=261,
            at="2026-11-23T12:30",
        )[1]  # fmt: skip
        assert said == "离线补传，待核验：12:01 签退（不是领取密钥的那部手机）。"


class TestMakeUp:
    def test_evidence_is_kept_when_something_is_missing(self, scene: Scene, sit: Sit) -> None:
        picture = BytesIO()
        Image.new("RGB", (8, 8), "white").save(picture, "PNG")
        phone, where = sit(scene.anna), f"/desk/checkin/{scene.shift.pk}/make-up"
        paper = SimpleUploadedFile("门口.png", picture.getvalue(), "image/png")
        with clock.at(civil("2026-11-23T13:00")):
            first = phone.post(where, {"came": "08:30", "papers": paper})
            assert first.status_code == 422
            assert "门口.png" in first.content.decode()
            told = {"came": "08:30", "left": "12:00", "reason": "手机没电"}
            assert phone.post(where, told).status_code == 302
        made = MakeUp.objects.get()
        assert made.came_at == civil("2026-11-23T08:30")
        desk = sit(DISPATCHER)
        board = soup(desk.get("/desk/arrivals"))
        link = next(one for one in board.all("a") if "门口.png" in one.words)
        paper_out = desk.get(link.attrs["href"])
        assert paper_out.getvalue().startswith(b"\x89PNG")
        assert sit(HEAD).get(link.attrs["href"]).status_code == 404
        no = desk.post(f"/desk/arrivals/makeup/{made.pk}/no", {})
        assert no.status_code == 422
        assert "请填写理由" in no.content.decode()
        assert desk.post(f"/desk/arrivals/makeup/{made.pk}/yes", {}).status_code == 302
        assert CheckIn.objects.filter(way="made_up", state="confirmed").count() == 2


class TestBoard:
    def test_who_has_come_and_what_waits(self, scene: Scene, sit: Sit) -> None:
        phone, head = sit(scene.anna), sit(HEAD)
        with clock.at(civil("2026-11-23T08:45")):
            assert "还没签到" in head.get("/desk/arrivals").content.decode()
            phone.post("/desk/checkin", _sent(scene, accuracy=900, ask="1", words="二楼窗口"))
            page = head.get("/desk/arrivals").content.decode()
            assert "本人说：二楼窗口" in page
            row = CheckIn.objects.get()
            assert head.post(f"/desk/arrivals/checkin/{row.pk}/yes", {}).status_code == 302
            assert "在岗" in head.get("/desk/arrivals").content.decode()

    def test_a_raw_position_needs_a_reason_and_is_not_on_the_page(
        self, scene: Scene, sit: Sit
    ) -> None:
        with clock.at(civil("2026-11-23T08:25")):
            sit(scene.anna).post("/desk/checkin", _sent(scene))
            row, desk = CheckIn.objects.get(), sit(DISPATCHER)
            where = f"/desk/arrivals/{scene.shift.pk}"
            assert "121.9" not in desk.get(where).content.decode()
            assert desk.post(f"{where}/raw/{row.pk}", {}).status_code == 422
            told = desk.post(f"{where}/raw/{row.pk}", {"reason": "核对投诉情况"})
        assert "121.944000" in told.content.decode()
        assert sit(HEAD).post(f"{where}/raw/{row.pk}", {"reason": "核对投诉"}).status_code == 403


class TestWall:
    def test_the_screen_changes_by_itself_and_prints_the_day(self, scene: Scene, sit: Sit) -> None:
        desk, where = sit(HEAD), f"/desk/duty/posts/{scene.post}/code"
        assert "还没有签到码" in desk.get(where).content.decode()
        assert desk.post(where).status_code == 302
        first = desk.get(where)
        assert "data-seconds=" in first.content.decode()
        printed = desk.get(f"{where}?print=1").content.decode()
        assert "data-seconds=" not in printed
        assert "当天有效" in printed
        assert sit(scene.anna).get(where).status_code == 403


class TestRulesAndFigures:
    def test_rules_are_set_from_a_day_on(self, scene: Scene, sit: Sit) -> None:
        desk = sit(DISPATCHER)
        page = soup(desk.get("/desk/checkin/rules"))
        told = {one.attrs["name"]: one.attrs.get("value", "")
                for one in page.all("input") if one.attrs.get("name", "") in _FIELDS}  # fmt: skip
        assert told["grace_late"] == "10"
        told |= {"grace_late": "5", "raw_days": "9999"}
        assert "应在 1 到 180 之间" in desk.post("/desk/checkin/rules", told).content.decode()
        assert desk.post("/desk/checkin/rules", told | {"raw_days": "7"}).status_code == 302
        assert queries.check_rules("330225000000").on(MONDAY).grace_late == 5
        assert sit(HEAD).post("/desk/checkin/rules", told | {"raw_days": "8"}).status_code == 422

    def test_figures_of_the_county_and_of_oneself(self, scene: Scene, sit: Sit) -> None:
        with clock.at(civil("2026-11-23T08:45")):
            sit(scene.anna).post("/desk/checkin", _sent(scene))
        period = "?since=2026-11-23&last=2026-11-27"
        with clock.at(civil("2026-11-24T18:00")):
            desk = sit(DISPATCHER)
            page = soup(desk.get(f"/desk/duty-figures{period}"))
            cells = [one.words.strip() for one in page.all("td")[:12]]
            assert cells == [
                "2",
                "1",
                "50%",
                "1（15 分）",
                "0",
                "0",
                "1",
                "1",
                "0",
                "7.0",
                "3.3",
                "0",
            ]
            assert (
                "导出 CSV"
                not in sit(scene.anna).get(f"/desk/duty-figures{period}").content.decode()
            )
            assert desk.get("/desk/duty-figures?since=2026-11-23&last=x").status_code == 422
            told = {"purpose": "report", "reason": "季度补贴发放"}
            sheet = desk.post(f"/desk/duty-figures/export{period}", told)
            text = sheet.getvalue().decode("utf-8-sig")
        assert "安一" in text
        assert text.splitlines()[2].startswith("安一,")


_FIELDS = {
    "active_from", "grace_late", "grace_early", "opens_before", "closes_after", "absent_after",
    "make_up_days", "offline_hours", "code_seconds", "raw_days", "speed_kmh", "same_days",
}  # fmt: skip


def test_the_month_of_the_rotation_opens_the_list_behind_each_figure(
    scene: Scene, sit: Sit
) -> None:
    with clock.at(civil("2026-11-23T08:45")):
        sit(scene.anna).post("/desk/checkin", _sent(scene))
    with clock.at(civil("2026-11-24T18:00")):
        for who in (DISPATCHER, HEAD):
            desk = sit(who)
            page = soup(desk.get("/desk/posts/rotation"))
            links = {one.attrs["href"]: one.words for one in page.one("tbody").all("a")}
            told = {href.partition("what=")[2]: words[0] for href, words in links.items()}
            assert told == {
                "planned#h-list": "5", "due#h-list": "2", "came#h-list": "1",
                "late#h-list": "1", "unknown#h-list": "1",
            }  # fmt: skip
            late = next(href for href in links if "what=late" in href)
            behind = soup(desk.get(f"/desk/posts/rotation{late}")).all("table")[1].words
            assert "迟到 15 分钟" in behind
            assert "11月23日" in behind
            sheet = desk.post(
                "/desk/posts/rotation/export?month=2026-11",
                {"purpose": "report", "reason": "月度考勤"},
            )
            assert "轮值考勤 2026-11" in sheet.getvalue().decode("utf-8-sig")
        empty = soup(desk.get("/desk/posts/rotation?month=2026-09")).one("main").words
        assert "没有已发布的班次" in empty
        for bad in ("month=2026-13", "post=x", "what=all"):
            assert desk.get(f"/desk/posts/rotation?{bad}").status_code == 422
    assert sit(scene.anna).get("/desk/posts/rotation").status_code == 403
