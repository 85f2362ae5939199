"""Short messages go out once through a real HTTP gateway, in safe hours, and prove their fate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions, gateway, outbox, queries
from yike.rooms.notices.faces import Recipient
from yike.rooms.notices.models import Notice
from yike.rooms.notices.tests import phone
from yike.rooms.people import actions as people_actions
from yike.rooms.people.actions.parties import PartyTold

HOUSE = actors.system("test")
ORG = UUID("00000000-0000-7000-8000-0000000000aa")
ANNA = Actor(kind="staff", ref="00000000-0000-7000-8000-000000000001", org=str(ORG), level=1)
CARL = Actor(kind="staff", ref="00000000-0000-7000-8000-000000000003", org="", level=3)
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
MOBILE = "13857412345"
TOKEN = "a-token-of-twenty-signs"

pytestmark = pytest.mark.django_db


@pytest.fixture
def sms(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[phone.Gateway]:
    settings.KEYS_FILE, settings.EMAIL_HOST = tmp_path / "keys.json", ""
    found = phone.Gateway()
    use(settings, sms_gateway=found.described(tmp_path), sms_secret="s3cret")
    with clock.at(NOON):
        yield found
    found.stop()


def use(settings: Any, **changed: Any) -> None:
    from dataclasses import replace

    settings.YIKE = replace(settings.YIKE, **changed)


def tell(template: str = "citizen.closed", once: str = "", **to: Any) -> None:
    asked: dict[str, Any] = {"phone": MOBILE, "answers_to": ORG} | to
    with acting(HOUSE):
        actions.tell(
            to=Recipient(**asked),
            template=template,
            facts={"reference": "R1", "office": "石浦司法所", "order_no": "X1"},
            about="matter",
            subject="m1",
            region_code="330225101000",
            once=once,
            actor=HOUSE,
        )


def messages() -> list[Notice]:
    with acting(HOUSE):
        return list(Notice.objects.filter(channel="sms").order_by("id"))


def carry() -> str:
    return outbox.carry(messages()[-1].id)


def test_it_goes_out_as_the_description_says(sms: phone.Gateway) -> None:
    tell()
    assert carry() == "sent"
    (taken,) = sms.taken
    assert taken["path"] == "/send?v=2"
    assert taken["headers"]["Authorization"] == "Bearer s3cret"
    row = messages()[0]
    assert taken["body"] == {
        "mobile": MOBILE,
        "content": "【象山司法】您的诉求 R1 已由石浦司法所办结，请查看答复并作评价。",
        "template": "SMS_42",
        "outId": str(row.id),
    }
    assert (row.gateway_ref, row.receipt, row.address) == ("m-1", "OK", None)


def test_the_number_rests_sealed(sms: phone.Gateway) -> None:
    tell()
    assert MOBILE.encode() not in bytes(messages()[0].address or b"")


def test_only_kinds_that_an_office_chose_go_by_sms(sms: phone.Gateway) -> None:
    tell("citizen.transferred")
    assert messages() == []
    with acting(HOUSE):
        now = queries.template("citizen.transferred")
        actions.edit_template(
            code=now.code, title=now.title, words=now.words, by_sms=True, seen=now.version,
            actor=HOUSE,
        )  # fmt: skip
    tell("citizen.transferred")
    assert len(messages()) == 1


@pytest.mark.parametrize(
    ("way", "level", "told"),
    [("", 1, 1), ("打电话", 1, 1), ("sms", 1, 1), ("safe", 1, 0), ("message", 0, 0),
     ("other", 0, 0), ("不要主动联系，等本人来问", 0, 0), ("", 2, 0), ("发短信", 3, 1)],
)  # fmt: skip
def test_a_message_stays_on_the_telephone(
    sms: phone.Gateway, way: str, level: int, told: int
) -> None:
    """Who asked for care, or whose matter is private, gets none unless they asked for it."""
    tell(contact_way=way, level=level)
    assert len(messages()) == told


def test_it_waits_for_the_hours_of_the_person_and_of_the_gateway(sms: phone.Gateway) -> None:
    night = NOON + timedelta(hours=10)  # 22:00 in China
    with clock.at(night):
        tell(safe_from="14:00", safe_until="16:00")
        assert carry() == ""
        assert messages()[0].next_at == NOON + timedelta(hours=26), "14:00 of the next day"
        tell()
        assert carry() == ""
        assert messages()[1].next_at == NOON + timedelta(hours=20), "08:00 of the next day"
    with clock.at(NOON + timedelta(hours=26)):
        assert outbox.empty() == 2
    assert len(sms.taken) == 2


def test_a_gateway_down_for_a_day_gets_it_later_and_once(sms: phone.Gateway) -> None:
    sms.says = (503, b"maintenance")
    tell(once="m1/closed")
    tell(once="m1/closed")
    moment = NOON
    for _ in range(26):
        with clock.at(moment):
            outbox.empty()
        moment += timedelta(hours=1)
    assert [row.state for row in messages()] == ["queued"]
    before = len(sms.taken)
    sms.says = (200, {"code": "0", "data": {"msgid": "m-9"}, "message": "OK"})
    with clock.at(NOON + timedelta(hours=50)):
        outbox.empty()
        outbox.empty()
    assert [row.state for row in messages()] == ["sent"]
    assert len(sms.taken) == before + 1


def test_nothing_listens(sms: phone.Gateway) -> None:
    sms.stop()
    tell()
    assert carry() == "queued"


def test_silence_after_it_was_handed_over(
    sms: phone.Gateway, settings: Any, tmp_path: Path
) -> None:
    sms.says = "hang up"
    tell()
    assert carry() == "unsure", "two messages are worse than a question"
    use(settings, sms_gateway=sms.described(tmp_path, same=True))
    tell()
    assert carry() == "queued", "a gateway that takes the same number once may be asked again"


@pytest.mark.parametrize(
    ("says", "state"),
    [((200, {"code": "busy"}), "queued"), ((200, {"code": "E1", "message": "黑名单"}), "failed"),
     ((200, b"<html>"), "unsure"), ((403, b"no"), "failed"), ((429, b"slow"), "queued")],
)  # fmt: skip
def test_answers_are_read_as_described(sms: phone.Gateway, says: Any, state: str) -> None:
    sms.says = says
    tell()
    assert carry() == state


def test_a_landline_fails_at_once_and_the_office_hears_of_it(sms: phone.Gateway) -> None:
    tell(phone="0574-65712345")
    assert messages()[0].state == "failed"


def test_the_office_that_answers_sees_the_proof_and_hears_of_failure(sms: phone.Gateway) -> None:
    sms.says = (403, b"no")
    tell()
    carry()
    with acting(ANNA):
        (proof,) = queries.proofs_of(about="matter", subject="m1")
        heard = queries.inbox(ANNA).rows
    assert (proof.channel, proof.state_name, proof.failed) == ("短信", "失败", True)
    assert [row.title for row in heard] == ["给当事人的通知没有送到"]
    with acting(CARL):
        assert queries.proofs_of(about="matter", subject="m1") == ()


def test_a_private_proof_is_hidden_from_a_lower_level(sms: phone.Gateway) -> None:
    tell(level=3, contact_way="sms")
    with acting(ANNA):
        assert queries.proofs_of(about="matter", subject="m1") == ()


class TestReceipts:
    def test_a_telephone_confirms(self, sms: phone.Gateway, client: Client) -> None:
        tell()
        carry()
        told = {"reports": [{"msgid": "m-1", "status": "DELIVRD"}, {"msgid": "?", "status": "X"}]}
        answer = post(client, told)
        assert answer.json() == {"received": 2, "known": 1}
        row = messages()[0]
        assert (row.state, row.delivered_at) == ("delivered", NOON)
        post(client, {"reports": [{"msgid": "m-1", "status": "EXPIRED"}]})
        assert messages()[0].state == "delivered", "what arrived has arrived"

    def test_an_unclear_end_is_settled_by_our_number(
        self, sms: phone.Gateway, client: Client
    ) -> None:
        sms.says = "hang up"
        tell()
        carry()
        post(client, {"reports": [{"msgid": str(messages()[0].id), "status": "DELIVRD"}]})
        assert messages()[0].state == "delivered"

    def test_a_receipt_of_failure_tells_the_office_once(
        self, sms: phone.Gateway, client: Client
    ) -> None:
        tell()
        carry()
        for _ in range(2):
            post(client, {"reports": [{"msgid": "m-1", "status": "UNDELIV"}]})
        assert messages()[0].state == "failed"
        with acting(ANNA):
            assert len(queries.inbox(ANNA).rows) == 1

    @pytest.mark.parametrize("token", ["wrong", "", TOKEN[:-1], "𠮷"])
    def test_a_wrong_token_is_like_absent(
        self, sms: phone.Gateway, client: Client, token: str
    ) -> None:
        assert post(client, {"reports": []}, token=token).status_code == 404

    @pytest.mark.parametrize("body", [b"", b"[[[", b"\xff\xfe", b"null", b'{"reports": 7}'])
    def test_nonsense_does_no_harm(self, sms: phone.Gateway, client: Client, body: bytes) -> None:
        answer = client.post(f"/api/receipts/sms/{TOKEN}", body, content_type="text/plain")
        assert answer.status_code == 200
        assert answer.json()["known"] == 0

    def test_only_the_house_takes_receipts(self, sms: phone.Gateway) -> None:
        with acting(ANNA), pytest.raises(NotAllowed):
            actions.take_receipt(mark="m-1", delivered=True, at=NOON, actor=ANNA)


def post(client: Client, told: Any, token: str = TOKEN) -> Any:
    return client.post(f"/api/receipts/sms/{token}", told, content_type="application/json")


def test_the_number_of_a_party_is_opened_by_the_house_and_trailed(sms: phone.Gateway) -> None:
    with acting(HOUSE):
        party = people_actions.record_party(
            told=PartyTold(name="陈阿海", phone=MOBILE), actor=HOUSE
        )
    tell(phone="", party=party.id, claim_ref="261121-7KQ4M3X9", claim_key="ab12")
    assert carry() == "sent"
    assert sms.taken[0]["body"]["mobile"] == MOBILE


@pytest.mark.parametrize(
    "wrong",
    [{"url": "ftp://x"}, {"url": "http://x", "colour": "red"},
     {"url": "http://x", "encoding": "xml"}, {"url": "http://x", "answer": {"yes": 1}},
     {"url": "http://x", "open_from": "25:00"}],
)  # fmt: skip
def test_a_wrong_description_says_so(wrong: dict[str, Any]) -> None:
    good = {"name": "x", "answer": {"ok": {"at": "/code", "values": ["0"]}}}
    with pytest.raises(gateway.Unfit):
        gateway.described(good | wrong)
