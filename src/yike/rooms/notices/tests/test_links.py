"""To-dos reach an office's own system: signed, once, through failures, without identity."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions, outbox, queries
from yike.rooms.notices.models import Link, Notice
from yike.rooms.notices.tests import platform as platforms
from yike.rooms.notices.tests.linking import (
    CLERK,
    ELSEWHERE,
    HOUSE,
    NOON,
    ORG,
    SECURITY,
    TOWN,
    person,
    register,
    relayed,
    rows,
    seen,
    tell,
)

pytestmark = pytest.mark.django_db


class TestWhatIsHandedOver:
    def test_a_signed_to_do_without_identity(self, system: platforms.Platform) -> None:
        made = register(system)
        person("officer", name="wang")
        tell()
        relayed()
        (taken,) = system.taken
        assert platforms.proves(taken, made.secret)
        assert taken["path"] == "/hook?from=yike"
        assert taken["headers"]["webhook-timestamp"] == str(int(NOON.timestamp()))
        told = json.loads(taken["body"])
        assert told == {
            "type": "order.waiting",
            "timestamp": "2026-11-20T12:00:00+08:00",
            "data": {
                "reference": "3302252611200001",
                "title": "新工单待签收",
                "due": "11月23日17:00",
                "due_at": "2026-11-23T17:00+08:00",
                "office": "",
                "roles": ["officer"],
                "url": "https://yike.test/desk/m/261120-7KQ4M3X9",
            },
        }
        for hidden in ("陈阿海", "13857412345", "138****2345"):
            assert hidden not in taken["body"].decode()

    def test_whatever_an_office_writes_into_its_notice(self, system: platforms.Platform) -> None:
        register(system)
        person("officer", name="wang")
        with acting(HOUSE):
            now = queries.template("matter.arrived")
            actions.edit_template(
                code=now.code, title="{person} {reason}", words="{person}", seen=now.version,
                actor=HOUSE,
            )  # fmt: skip
        tell()
        relayed()
        assert system.told()[0]["data"]["title"] == "新工单待签收"

    @pytest.mark.parametrize(
        ("template", "event", "title"),
        [("matter.hurried", "order.urged", "工单被催办"),
         ("matter.supervised", "order.supervised", "工单被督办"),
         ("matter.broken", "order.alert", "红色预警：工单已超期"),
         ("matter.pressed", "order.escalated", "通报：时限已超过")],
    )  # fmt: skip
    def test_each_event(
        self, system: platforms.Platform, template: str, event: str, title: str
    ) -> None:
        register(system, events_wanted=[event])
        person("officer", name="wang")
        tell()
        tell(template, once="m1/2/o", org=ORG, rung="通报" if "pressed" in template else "")
        relayed()
        (told,) = system.told()
        assert (told["type"], told["data"]["title"]) == (event, title)

    def test_the_to_dos_of_the_roles_chosen_in_the_region_chosen(
        self, system: platforms.Platform
    ) -> None:
        register(system, roles_wanted=["dispatcher"])
        first, second = person("dispatcher", name="da"), person("dispatcher", name="db")
        officer = person("officer", name="oc")
        tell(once="m1/1/o", account=officer)
        tell("matter.nobody", once=f"m1/2/{first}", account=first)
        tell("matter.nobody", once=f"m1/2/{second}", account=second)
        tell("matter.nobody", once=f"m9/1/{first}", account=first, region=ELSEWHERE)
        relayed()
        assert len(system.told()) == 1, "two dispatchers are one to-do; the rest is not wanted"
        assert system.told()[0]["data"]["roles"] == ["dispatcher"]

    def test_a_notice_to_a_citizen_goes_nowhere(self, system: platforms.Platform) -> None:
        register(system)
        tell("citizen.opened", claim_ref="261120-7KQ4M3X9", claim_key="ab12")
        assert relayed() == 0

    def test_without_a_listener_there_is_no_work(self, system: platforms.Platform) -> None:
        with acting(CLERK):
            assert not queries.listens("matter.arrived", TOWN)
        register(system, events_wanted=["order.urged"])
        with acting(CLERK):
            assert not queries.listens("matter.arrived", TOWN)
            assert queries.listens("matter.hurried", TOWN)
            assert not queries.listens("matter.hurried", ELSEWHERE)
            assert not Link.objects.exists(), "whoever tells does not see who listens"


class TestFailures:
    def test_it_is_tried_again_and_counted_once(self, system: platforms.Platform) -> None:
        made = register(system)
        person("officer", name="wang")
        system.answer(500, b"maintenance")
        tell()
        tell()
        relayed()
        assert [row.state for row in rows()] == ["queued"]
        assert rows()[0].next_at == NOON + timedelta(minutes=1)
        with clock.at(NOON + timedelta(seconds=30)):
            outbox.hand_over_all()
        assert len(system.taken) == 1, "not before its turn"
        system.answer(200, b"ok")
        with clock.at(NOON + timedelta(minutes=1)):
            outbox.hand_over_all()
            outbox.hand_over_all()
        first, second = system.taken
        assert first["headers"]["webhook-id"] == second["headers"]["webhook-id"]
        assert first["body"] == second["body"]
        assert first["headers"]["webhook-timestamp"] != second["headers"]["webhook-timestamp"]
        assert platforms.proves(second, made.secret)
        (row,) = rows()
        assert (row.state, row.tries, row.receipt) == ("sent", 2, "200 ok")

    @pytest.mark.parametrize("how", ["hang", "hang up", "drip"])
    def test_silence_is_cut_off_and_tried_again(
        self, system: platforms.Platform, impatient: None, how: str
    ) -> None:
        register(system)
        person("officer", name="wang")
        system.says = how
        tell()
        relayed()
        assert rows()[0].state == "queued"
        assert rows()[0].receipt.startswith("没有回答")
        system.answer(204)
        with clock.at(NOON + timedelta(minutes=2)):
            outbox.hand_over_all()
        assert (rows()[0].state, len(system.told())) == ("sent", 1)

    def test_nothing_listens_there(self, system: platforms.Platform) -> None:
        register(system)
        person("officer", name="wang")
        system.stop()
        tell()
        relayed()
        assert rows()[0].receipt.startswith("连不上")

    def test_a_redirect_is_not_followed(self, system: platforms.Platform) -> None:
        register(system)
        person("officer", name="wang")
        system.answer(302, Location=system.url)
        tell()
        relayed()
        assert (rows()[0].state, len(system.taken)) == ("queued", 1)

    def test_who_asks_to_wait_is_waited_for(self, system: platforms.Platform) -> None:
        register(system)
        person("officer", name="wang")
        system.answer(429, Retry_After="3600")
        tell()
        relayed()
        assert rows()[0].next_at == NOON + timedelta(hours=1)

    def test_one_that_is_down_rests_and_then_gets_all(self, system: platforms.Platform) -> None:
        register(system)
        person("officer", name="wang")
        system.answer(503)
        for no in range(8):
            tell(once=f"m{no}/1/o")
        relayed()
        assert len(system.taken) == 3, "after three failures the others are put off untried"
        system.answer(200)
        moment = NOON
        for _ in range(12):
            moment += timedelta(minutes=10)
            with clock.at(moment):
                outbox.hand_over_all()
        assert {row.state for row in rows()} == {"sent"}
        assert len(system.told()) == 8

    def test_days_of_failure_break_it_with_an_alarm(self, system: platforms.Platform) -> None:
        made = register(system)
        person("officer", name="wang")
        watcher = person("admin_security", name="safe", org=None)
        system.answer(500, b"down")
        tell()
        relayed()
        moment = NOON
        for _ in range(80):
            moment += timedelta(hours=1)
            with clock.at(moment):
                outbox.hand_over_all()
        link, (delivery,) = seen(made)
        assert (link.state, delivery.state) == ("broken", "queued")
        with acting(HOUSE):
            heard = Notice.objects.filter(to_account=str(watcher), template="link.broken")
            assert [row.title for row in heard] == ["对接“县局办公系统”已熔断"]
        before = len(system.taken)
        with clock.at(moment):
            tell(once="m2/1/o")
            relayed()
        assert len(system.taken) == before, "what is broken is not called"
        system.answer(200)
        with clock.at(moment + timedelta(hours=1)):
            with acting(SECURITY):
                actions.resume_link(link_id=made.id, actor=SECURITY)
            outbox.hand_over_all()
        assert [row.state for row in rows()] == ["sent", "sent"]
        assert seen(made)[0].state == "on"

    def test_gone_is_believed_at_once(self, system: platforms.Platform) -> None:
        made = register(system)
        person("officer", name="wang")
        system.answer(410)
        tell()
        relayed()
        assert seen(made)[0].state == "broken"

    def test_a_job_that_died_on_the_way(self, system: platforms.Platform) -> None:
        register(system)
        person("officer", name="wang")
        tell()
        with acting(HOUSE):
            for one in Notice.objects.all():
                actions.relay(notice_id=one.id, actor=HOUSE)
            actions.take_delivery(delivery_id=rows()[0].id, now=NOON, actor=HOUSE)
        with clock.at(NOON + timedelta(minutes=16)):
            outbox.hand_over_all()
        assert rows()[0].state == "sent", "the receiver knows its number: it may be asked again"

    def test_what_cannot_be_opened_holds_up_nothing(
        self, system: platforms.Platform, settings: Any, tmp_path: Path
    ) -> None:
        register(system)
        person("officer", name="wang")
        tell()
        with acting(HOUSE):
            for one in Notice.objects.all():
                actions.relay(notice_id=one.id, actor=HOUSE)
        settings.KEYS_FILE = tmp_path / "others.json"
        outbox.hand_over_all()
        assert (rows()[0].state, system.taken) == ("failed", [])
        assert "打不开" in rows()[0].receipt

    def test_what_is_on_its_way_is_taken_by_nobody_else(self, system: platforms.Platform) -> None:
        register(system)
        person("officer", name="wang")
        tell()
        with acting(HOUSE):
            for one in Notice.objects.all():
                actions.relay(notice_id=one.id, actor=HOUSE)
        ref = rows()[0].id
        with acting(HOUSE):
            assert actions.take_delivery(delivery_id=ref, now=NOON, actor=HOUSE)
        assert outbox.hand_over(ref) == ""
        assert system.taken == []

    def test_sent_again_by_hand_under_the_same_number(self, system: platforms.Platform) -> None:
        made = register(system)
        person("officer", name="wang")
        tell()
        relayed()
        with acting(SECURITY):
            actions.send_again(delivery_id=rows()[0].id, actor=SECURITY)
            with pytest.raises(NotAllowed, match="等待"):
                actions.send_again(delivery_id=rows()[0].id, actor=SECURITY)
        outbox.hand_over_all()
        assert (len(system.taken), len(system.told())) == (2, 1)
        assert seen(made)[1][0].state_name == "已接收"
        with clock.at(NOON + timedelta(days=31)):
            outbox.hand_over_all()
        with acting(SECURITY), pytest.raises(NotAllowed, match="清除"):
            actions.send_again(delivery_id=rows()[0].id, actor=SECURITY)
