"""Notices reach those addressed only; e-mails go out once, through a real SMTP server."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions, models, outbox, queries, reference
from yike.rooms.notices.faces import Recipient
from yike.rooms.notices.models import Notice, Receipt
from yike.rooms.notices.tests import post
from yike.rooms.people import actions as people_actions

HOUSE = actors.system("test")
ORG = UUID("00000000-0000-7000-8000-0000000000aa")
ANNA = Actor(kind="staff", ref="00000000-0000-7000-8000-000000000001", org=str(ORG), level=1)
BERT = Actor(kind="staff", ref="00000000-0000-7000-8000-000000000002", org=str(ORG), level=1)
CARL = Actor(kind="staff", ref="00000000-0000-7000-8000-000000000003", org="", level=3)
CITIZEN = Actor(kind="citizen", claim_ref="261121-7KQ4M3X9", claim_key="ab12")
GUEST = actors.visitor("portal")
NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys_in(settings: Any, tmp_path: Path) -> None:
    settings.KEYS_FILE = tmp_path / "keys.json"
    settings.EMAIL_HOST = ""


@pytest.fixture
def office(settings: Any) -> Iterator[post.PostOffice]:
    found = post.PostOffice()
    server = post.opened(found)
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield found
    server.stop()


def tell(
    actor: Actor = CITIZEN, once: str = "", template: str = "matter.arrived", **to: Any
) -> None:
    with acting(actor):
        actions.tell(
            to=Recipient(**to),
            template=template,
            facts={"order_no": "X1", "category": "劳动", "due": "明天", "reference": "R"},
            about="matter",
            subject="m1",
            region_code="330225000000",
            actor=actor,
            once=once,
        )


def inbox(actor: Actor) -> list[str]:
    with acting(actor):
        return [notice.title for notice in queries.inbox(actor)]


def mails() -> list[Notice]:
    with acting(HOUSE):
        return list(Notice.objects.filter(channel=models.EMAIL).order_by("id"))


def entries() -> list[str]:
    with acting(HOUSE), connection.cursor() as cursor:
        cursor.execute("select kind from trail_entry where kind like 'notices.%%' order by id")
        return [kind for (kind,) in cursor.fetchall()]


class TestInbox:
    def test_shows_only_what_is_addressed_to_me(self) -> None:
        tell(account=UUID(ANNA.ref))
        everybody = (BERT, CARL, CITIZEN, GUEST, dataclasses.replace(ANNA, kind="peer"))
        assert inbox(ANNA) == ["新工单待签收"]
        for other in everybody:
            assert inbox(other) == []
            with acting(other):
                assert queries.unread_count(other) == 0
                assert not Notice.objects.exists(), "row security must hide it without any filter"

    def test_an_institution_shares_one(self) -> None:
        tell(org=ORG)
        assert inbox(ANNA) == inbox(BERT) == ["新工单待签收"]
        assert inbox(CARL) == []
        with acting(CARL):
            assert not Notice.objects.exists()

    def test_a_citizen_needs_reference_and_phone(self) -> None:
        tell(template="citizen.closed", claim_ref=CITIZEN.claim_ref, claim_key="ab12", actor=ANNA)
        assert inbox(CITIZEN) == ["您的诉求已办结"]
        for wrong in (
            {"claim_key": "cd"},
            {"claim_key": ""},
            {"claim_ref": "x"},
            {"kind": "visitor"},
        ):
            other = dataclasses.replace(CITIZEN, **wrong)  # type: ignore[arg-type]
            assert inbox(other) == []
            with acting(other):
                assert not Notice.objects.exists()

    def test_pages_go_on_without_losing_or_repeating(self) -> None:
        for number in range(70):
            tell(account=UUID(ANNA.ref), once=f"n{number}") if number % 2 else tell(org=ORG)
        seen: list[UUID] = []
        after = ""
        with acting(ANNA):
            while True:
                page = queries.inbox(ANNA, after=after)
                seen += [notice.id for notice in page]
                after = page.after
                if not after:
                    break
        assert len(seen) == len(set(seen)) == 70
        assert seen == sorted(seen, reverse=True)

    def test_reading_is_noted_once_with_the_reader(self) -> None:
        tell(org=ORG)
        with acting(BERT):
            (face,) = queries.inbox(BERT)
            assert queries.unread_count(BERT) == 1
            assert actions.mark_read(notice_ids=[face.id], actor=BERT) == 1
            assert actions.mark_read(notice_ids=[face.id], actor=BERT) == 0
            assert queries.unread_count(BERT) == 0
            assert [receipt.reader for receipt in Receipt.objects.all()] == [BERT.ref]
        assert entries() == ["notices.NoticesRead"]

    def test_nobody_reads_for_others(self) -> None:
        tell(account=UUID(ANNA.ref))
        with acting(HOUSE):
            found = Notice.objects.get().id
        with acting(BERT):
            assert actions.mark_read(notice_ids=[found], actor=BERT) == 0
        with acting(ANNA):
            assert queries.unread_count(ANNA) == 1

    def test_the_same_key_tells_once(self) -> None:
        for _ in range(2):
            tell(org=ORG, once="matter:m1:arrived")
        assert len(inbox(ANNA)) == 1


class TestWords:
    def test_identity_among_the_facts_is_masked(self) -> None:
        with acting(HOUSE):
            actions.tell(
                to=Recipient(org=ORG), template="matter.rated", about="matter", subject="m1",
                facts={"order_no": "X1", "reason": "请打13812345678"}, region_code="", actor=HOUSE,
            )  # fmt: skip
            row = Notice.objects.get()
        assert "138****5678" in row.words
        assert "13812345678" not in str(row.facts)

    def test_unknown_templates_and_nobody_are_programming_errors(self) -> None:
        with pytest.raises(ValueError, match="no notice template"):
            tell(org=ORG, template="matter.exploded")
        with pytest.raises(ValueError, match="needs an account"):
            tell()

    def test_an_office_edits_words_and_old_notices_keep_theirs(self) -> None:
        tell(org=ORG)
        with acting(HOUSE):
            reference.load_reference(actor=HOUSE)
            reference.load_reference(actor=HOUSE)
            edit = {"code": "matter.arrived", "words": "单号 {order_no}", "actor": HOUSE}
            actions.edit_template(title="来件", seen=1, **edit)  # type: ignore[arg-type]
            reference.load_reference(actor=HOUSE)
            with pytest.raises(Clash, match="第 2 版"):
                actions.edit_template(title="又改", seen=1, **edit)  # type: ignore[arg-type]
            with pytest.raises(BadInput, match="phone"):
                actions.edit_template(title="{phone}", seen=2, **edit)  # type: ignore[arg-type]
        tell(org=ORG)
        assert inbox(ANNA) == ["来件", "新工单待签收"]

    def test_only_a_director_edits_words(self) -> None:
        edit = {"code": "matter.arrived", "title": "来件", "words": "x", "seen": 0}
        with acting(ANNA), pytest.raises(NotAllowed):
            actions.edit_template(actor=ANNA, **edit)  # type: ignore[arg-type]
        director = dataclasses.replace(ANNA, roles=frozenset({"director"}))
        with acting(director):
            assert actions.edit_template(actor=director, **edit).version == 1  # type: ignore[arg-type]


class TestMail:
    def test_goes_through_a_real_server_once(self, office: post.PostOffice) -> None:
        tell(email="li@example.cn", claim_ref="R", claim_key="k", template="citizen.closed")
        (row,) = mails()
        assert b"li@example.cn" not in bytes(row.address or b"")
        assert outbox.carry(row.id) == "sent"
        assert outbox.carry(row.id) == ""
        (letter,) = office.letters
        assert letter["To"] == "li@example.cn"
        assert letter["Subject"] == "您的诉求已办结"
        assert str(row.id) in letter["Message-ID"]
        assert "R" in letter.get_content()
        (row,) = mails()
        assert (row.state, row.receipt) == ("sent", "250 OK queued as 4711")
        assert row.address is None, "the address is not kept longer than needed"
        assert entries() == ["notices.MailSent"]

    def test_a_partys_address_is_opened_only_when_the_letter_goes_out(
        self, office: post.PostOffice
    ) -> None:
        told = people_actions.PartyTold(name="李四", phone="13812345678", email="li@example.cn")
        silent = people_actions.PartyTold(name="王五", phone="13912345678")
        with acting(HOUSE):
            kept = people_actions.record_party(told=told, actor=HOUSE)
            without = people_actions.record_party(told=silent, actor=HOUSE)
        for party in (kept, without):
            tell(party=party.id, org=ORG, template="citizen.closed", actor=HOUSE)
        (row,) = mails()
        assert row.address is None
        assert outbox.carry(row.id) == "sent"
        assert office.letters[0]["To"] == "li@example.cn"
        assert mails()[0].address is None
        with acting(HOUSE), connection.cursor() as cursor:
            cursor.execute("select count(*) from trail_entry where kind = 'people.PartyUnmasked'")
            assert cursor.fetchone() == (1,)

    def test_only_the_house_opens_an_address(self) -> None:
        with acting(HOUSE):
            told = people_actions.PartyTold(name="李四", email="li@example.cn")
            kept = people_actions.record_party(told=told, actor=HOUSE)
        with acting(ANNA), pytest.raises(NotAllowed):
            people_actions.address_for_notice(party_id=kept.id, actor=ANNA)

    def test_without_a_server_stays_in_the_product(self) -> None:
        tell(email="li@example.cn", org=ORG)
        assert mails() == []
        assert len(inbox(ANNA)) == 1

    def test_no_header_can_be_smuggled_in(self, office: post.PostOffice) -> None:
        with acting(HOUSE):
            reference.load_reference(actor=HOUSE)
            actions.edit_template(
                code="matter.rated", title="评价 {reason}", words="x", seen=1, actor=HOUSE
            )
            actions.tell(
                to=Recipient(email="li@example.cn"), template="matter.rated", about="", subject="",
                facts={"reason": "好\r\nBcc: spy@example.cn\r\n\r\nbody"}, region_code="",
                actor=HOUSE,
            )  # fmt: skip
        assert outbox.carry(mails()[0].id) == "sent"
        (letter,) = office.letters
        assert letter["Bcc"] is None
        assert letter["Subject"] == "评价 好 Bcc: spy@example.cn body"

    @pytest.mark.parametrize("address", ["a@b.cn\r\nRCPT TO:<c@d.cn>", "a@b.cn,c@d.cn", "nobody"])
    def test_a_wrong_address_fails_without_stopping_the_deed(
        self, office: post.PostOffice, address: str
    ) -> None:
        tell(email=address, org=ORG)
        (row,) = mails()
        assert (row.state, row.address) == ("failed", None)
        assert outbox.carry(row.id) == ""
        assert len(inbox(ANNA)) == 1
        assert office.asked == 0

    def test_a_refusal_for_now_is_tried_again_with_backoff(self, office: post.PostOffice) -> None:
        office.says_rcpt = "451 try later"
        with clock.at(NOON):
            tell(email="li@example.cn")
            row = mails()[0]
            assert outbox.carry(row.id) == "queued"
            assert outbox.carry(row.id) == "", "not before its turn"
        assert mails()[0].next_at == NOON + timedelta(minutes=1)
        office.says_rcpt = "250 OK"
        with clock.at(NOON + timedelta(minutes=1)):
            assert outbox.empty() == 1
        assert mails()[0].state == "sent"
        assert (len(office.letters), mails()[0].tries) == (1, 2)

    def test_eight_refusals_are_a_failure(self, office: post.PostOffice) -> None:
        office.says_data = "452 full"
        moment = NOON
        with clock.at(moment):
            tell(email="li@example.cn")
        for minutes in (0, *actions.BACKOFF_MINUTES):
            moment += timedelta(minutes=minutes)
            with clock.at(moment):
                outbox.empty()
        assert (mails()[0].state, mails()[0].tries) == ("failed", 8)
        assert entries() == ["notices.MailFailed"]

    @pytest.mark.parametrize("where", ["says_rcpt", "says_data"])
    def test_a_refusal_for_good_is_not_tried_again(
        self, office: post.PostOffice, where: str
    ) -> None:
        setattr(office, where, "550 no such user")
        tell(email="li@example.cn")
        assert outbox.carry(mails()[0].id) == "failed"
        assert "550" in mails()[0].receipt
        assert outbox.empty() == 0

    def test_a_line_lost_before_the_letter_is_harmless(self, office: post.PostOffice) -> None:
        office.says_rcpt = "hang up"
        tell(email="li@example.cn")
        assert outbox.carry(mails()[0].id) == "queued"

    def test_a_line_lost_after_the_letter_is_never_tried_again(
        self, office: post.PostOffice
    ) -> None:
        office.says_data = "hang up"
        tell(email="li@example.cn")
        assert outbox.carry(mails()[0].id) == "unsure"
        with clock.at(clock.now() + timedelta(days=2)):
            assert outbox.empty() == 0
        assert len(office.letters) == 1

    def test_a_server_that_is_down_is_tried_again(self, settings: Any) -> None:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        tell(email="li@example.cn")
        assert outbox.carry(mails()[0].id) == "queued"

    def test_a_killed_job_leaves_a_question_not_a_second_letter(
        self, office: post.PostOffice
    ) -> None:
        tell(email="li@example.cn")
        row = mails()[0]
        with acting(HOUSE):
            assert actions.take_for_sending(notice_id=row.id, now=clock.now(), actor=HOUSE)
        assert outbox.carry(row.id) == ""
        assert outbox.empty() == 0
        with clock.at(clock.now() + timedelta(minutes=16)):
            assert outbox.empty() == 0
        assert mails()[0].state == "unsure"
        assert office.letters == []

    def test_safe_hours_are_waited_for(self, office: post.PostOffice) -> None:
        with clock.at(NOON):  # 12:00 in China
            tell(email="li@example.cn", safe_from="18:00", safe_until="20:00")
            assert outbox.carry(mails()[0].id) == ""
        assert mails()[0].next_at == NOON + timedelta(hours=6)
        with clock.at(NOON + timedelta(hours=6)):
            assert outbox.empty() == 1
        assert len(office.letters) == 1

    @pytest.mark.parametrize("way", ["phone", "none", "电话"])
    def test_another_safe_way_means_no_mail(self, office: post.PostOffice, way: str) -> None:
        tell(email="li@example.cn", contact_way=way, org=ORG)
        assert mails() == []
