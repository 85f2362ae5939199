"""A demand becomes a matter: by three doors, once, with a holder, a promise and a sentence."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.db import connection

from yike.rooms.core.refusal import BadInput, Clash, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.files import queries as files_queries
from yike.rooms.guard.acting import acting
from yike.rooms.matters import access, actions, queries
from yike.rooms.matters.models import Matter, Step
from yike.rooms.matters.tests import makers
from yike.rooms.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def _custody_is_whole() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


class TestOpen:
    def test_a_citizen_opens_and_is_told_who_holds_it_and_until_when(
        self, county: makers.County
    ) -> None:
        receipt = makers.opened()
        _custody_is_whole()
        assert receipt.holder_name == "石浦司法所"
        assert receipt.state_name == "待签收"
        assert receipt.due_at is not None
        assert f"{receipt.due_at:%m-%d}" == "11-23"
        assert receipt.promise_name == "求助办结"
        assert "石浦镇" in receipt.why
        assert "石浦司法所" in receipt.why
        with acting(makers.SYSTEM):
            matter = Matter.objects.get(reference=receipt.reference)
            steps = list(Step.objects.filter(matter=matter).values_list("org", "ended_at"))
            kinds = list(
                Entry.objects.filter(about="matter", subject=str(matter.id)).values_list(
                    "kind", flat=True
                )
            )
        assert steps == [(county.shipu_office, None)]
        assert kinds == ["matters.MatterOpened"]
        assert matter.party_mask == "张**"

    def test_the_same_key_brings_the_same_receipt(self, county: makers.County) -> None:
        first = makers.opened(key="form-key-1234567890")
        again = makers.opened(key="form-key-1234567890")
        assert again == dataclasses.replace(first, repeated=True)
        with acting(makers.SYSTEM):
            assert Matter.objects.count() == 1

    def test_the_same_key_with_other_words_clashes(self, county: makers.County) -> None:
        makers.opened(key="form-key-1234567890")
        with pytest.raises(Clash):
            makers.opened(key="form-key-1234567890", text="完全是另一件事情")

    def test_keys_of_two_people_do_not_meet(self, county: makers.County) -> None:
        one = makers.opened(county.clerk, key="same-key-00001")
        two = makers.opened(county.agent, key="same-key-00001", channel="02", line="12348")
        assert one.reference != two.reference

    def test_nobody_to_take_it_goes_to_the_pool_with_an_alarm(self, county: makers.County) -> None:
        receipt = makers.opened(region_code="330225104000")  # 贤庠镇 has no office
        assert receipt.holder_name == "象山县公共法律服务中心"
        assert receipt.state_name == "待派单"
        with acting(makers.SYSTEM):
            assert Entry.objects.filter(kind="matters.MatterUnrouted").count() == 1
        _custody_is_whole()

    def test_a_clerk_of_another_office_still_sees_what_they_opened(
        self, county: makers.County
    ) -> None:
        receipt = makers.opened(county.agent, channel="02", line="12348", level=3)
        with acting(county.agent):
            assert access.matter_for(county.agent, receipt.reference).line == "12348"

    def test_how_many_questions_the_database_is_asked(
        self, county: makers.County, django_assert_max_num_queries: object
    ) -> None:
        """Cold, with all reference data to be read first; then as on any day."""
        for number, most in enumerate((30, 20)):
            with acting(makers.VISITOR), django_assert_max_num_queries(most):  # type: ignore[operator]
                actions.open_matter(
                    demand=makers.demand(), key=f"key-number-{number}", actor=makers.VISITOR
                )

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"text": ""}, "text"),
            ({"text": "啊" * 100_000}, "text"),
            ({"text": "\x00\x07"}, "text"),
            ({"name": ""}, "name"),
            ({"phone": ""}, "phone"),
            ({"phone": "1385740"}, "phone"),
            ({"id_number": "330225199001011235"}, "id_number"),
            ({"region_code": "330225999999"}, "region_code"),
            ({"region_code": "石浦"}, "region_code"),
            ({"region_code": "330225000000"}, "region_code"),
            ({"category": "X99"}, "category"),
            ({"demand_type": "8"}, "demand_type"),
            ({"safe_from": "25:00"}, "safe_from"),
            ({"text": "附件是机密★文件"}, None),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_kept(
        self, county: makers.County, told: dict[str, Any], field: str | None
    ) -> None:
        with pytest.raises(BadInput) as no:
            makers.opened(**told)
        if field is not None:
            assert no.value.field == field
        with acting(makers.SYSTEM):
            assert Matter.objects.count() == 0

    def test_rare_characters_and_emoji_stay(self, county: makers.County) -> None:
        receipt = makers.opened(text="𠮷先生欠我钱😢\u0007要不回来", name="𠮷野")
        with acting(makers.SYSTEM):
            matter = Matter.objects.get(reference=receipt.reference)
        assert matter.text == "𠮷先生欠我钱😢要不回来"
        assert matter.party_mask == "𠮷*"

    def test_violence_is_suggested_private_and_urgent(self, county: makers.County) -> None:
        receipt = makers.opened(text="老公经常打我，昨晚又被丈夫殴打，我想离婚", category="A01")
        with acting(makers.SYSTEM):
            matter = Matter.objects.get(reference=receipt.reference)
        assert (matter.level, matter.urgency) == (3, 2)
        assert receipt.promise_name == "紧急诉求办结"


class TestClaim:
    def test_reference_and_phone_show_it(self, county: makers.County) -> None:
        receipt = makers.opened()
        who = makers.citizen(receipt.reference)
        with acting(who):
            assert access.matter_for(who, receipt.reference).reference == receipt.reference

    def test_wrong_phone_and_absent_get_the_same_answer(self, county: makers.County) -> None:
        receipt = makers.opened()
        answers = []
        for reference, phone in [
            (receipt.reference, "13857400009"),
            ("261116-0000000" + "0", makers.PHONE),
        ]:
            who = makers.citizen(reference, phone)
            with acting(who), pytest.raises(NotFound) as no:
                access.matter_for(who, reference)
            answers.append((no.value.sentence, no.value.way_on, no.value.status))
        assert answers[0] == answers[1]


class TestPapers:
    def test_a_visitors_loose_papers_become_the_matters(self, county: makers.County) -> None:
        key = "form-key-with-papers-01"
        with acting(dataclasses.replace(makers.VISITOR, claim_key=key)) as who:
            kept = files_actions.keep_file(
                name="欠条.txt", content="欠款一万二千元".encode(), claim=key, actor=who
            )
        receipt = makers.opened(key=key, file_ids=(kept.id,))
        again = makers.opened(key=key, file_ids=(kept.id,))
        assert again.repeated
        for actor in (makers.citizen(receipt.reference), county.wang):
            with acting(actor):
                assert [one.name for one in files_queries.faces([kept.id]).values()] == ["欠条.txt"]
        with acting(county.wang):
            page = queries.matter_page(county.wang, receipt.reference)
        assert [(one.name, one.given_by) for one in page.files] == [("欠条.txt", "当事人")]
        with acting(county.zhao):
            assert files_queries.faces([kept.id]) == {}

    def test_somebody_elses_papers_are_not_taken(self, county: makers.County) -> None:
        mine, theirs = "form-key-of-the-owner-1", "form-key-of-a-stranger"
        with acting(dataclasses.replace(makers.VISITOR, claim_key=mine)) as who:
            kept = files_actions.keep_file(
                name="欠条.txt", content="欠款".encode(), claim=mine, actor=who
            )
        with pytest.raises(NotFound):
            makers.opened(key=theirs, file_ids=(kept.id,))
