"""A bad rating is called back about; it ends in a redo, a rectification or an exclusion."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.files import actions as files_actions
from yike.rooms.guard.acting import acting
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.tests import makers as matters
from yike.rooms.notices.models import Notice
from yike.rooms.quality import queries
from yike.rooms.quality.models import Callback, Rectification
from yike.rooms.quality.tests import makers
from yike.rooms.quality.tests.makers import Quality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def _case(case_id: UUID) -> Rectification:
    with acting(makers.SYSTEM):
        return Rectification.objects.get(id=case_id)


def _called(county: Quality, level: int = 2) -> Callback:
    """A bad rating, and one talk with the citizen by its owner."""
    case = makers.callback_of(makers.rated(makers.answered(county.county), level))
    with clock.at(makers.MONDAY + timedelta(hours=2)):
        told = {"result": "reached", "words": "说等了两个星期没有回音"}
        makers.do("note_attempt", county.ma, case_id=case.id, **told)
    return case


def test_a_bad_rating_owes_a_callback_to_a_supervisor_within_a_day(county: Quality) -> None:
    case = makers.callback_of(makers.rated(makers.answered(county.county), 2))
    assert case.owner_account in (county.ma.account_id, county.gao.account_id)
    assert case.due_at is not None
    assert f"{case.due_at.astimezone(clock.CIVIL):%m-%d}" == "11-17"
    with acting(makers.SYSTEM):
        assert Notice.objects.filter(template="quality.callback").count() == 1
        assert not Callback.objects.filter(rating__level__gte=3).exists()


def test_a_callback_lost_by_its_job_is_made_up_for(county: Quality) -> None:
    from yike.rooms.quality import actions

    reference = makers.answered(county.county)
    citizen = matters.citizen(reference)
    with clock.at(makers.MONDAY + timedelta(hours=1)), acting(citizen):
        actions.rate(level=1, reasons=("slow",), actor=citizen)
    assert makers.house("owe_missing_callbacks") == 1
    assert makers.house("owe_missing_callbacks") == 0


def test_nobody_who_served_calls_back_nor_sees_it(county: Quality) -> None:
    case = makers.callback_of(makers.rated(makers.answered(county.county), 1))
    for who in (county.county.wang, county.county.li, county.county.zhao, county.county.lawyer):
        with pytest.raises(NotFound):
            makers.do("note_attempt", who, case_id=case.id, result="reached", words="聊过了")
    with pytest.raises(BadInput):
        makers.do(
            "hand_callback", county.ma, case_id=case.id, account_id=county.county.wang.account_id
        )


def test_it_does_not_end_before_somebody_tried_to_call(county: Quality) -> None:
    case = makers.callback_of(makers.rated(makers.answered(county.county), 1))
    for verb, told in (
        ("send_redo", {}),
        ("send_mend", {"to_org": county.county.shipu_office}),
        ("ask_exclude", {"ground": "false"}),
    ):
        with pytest.raises(NotAllowed, match="还没有联系"):
            makers.do(verb, county.ma, case_id=case.id, words="先这样吧", **told)


def test_a_try_to_call_shows_on_the_order_but_not_what_was_said(county: Quality) -> None:
    case = _called(county)
    with acting(makers.SYSTEM):
        rating = makers.rating(case.rating_id)
        reference = matters_queries.services(makers.SYSTEM, [rating.matter_id])[rating.matter_id]
    page = matters.page(county.county.wang, reference.reference)
    assert "回访：已联系上" in [line.sentence for line in page.timeline]
    assert page.timeline[-1].who == "马监督"
    assert not any("两个星期" in note.words for note in page.notes)
    assert matters.citizens(reference.reference).timeline[-1].sentence == "电话回访：已联系上"


def test_of_an_anonymous_rating_the_order_is_told_nothing(county: Quality) -> None:
    reference = makers.answered(county.county)
    case = makers.callback_of(makers.rated(reference, 2, anonymous=True))
    makers.do("note_attempt", county.ma, case_id=case.id, result="no_answer", words="没有人接")
    page = matters.page(county.county.wang, reference)
    assert not any("回访" in line.sentence for line in page.timeline)


def test_of_an_order_put_away_the_try_is_noted_here_alone(county: Quality) -> None:
    reference = makers.answered(county.county)
    matters.do("say_helped", reference, matters.citizen(reference), helped=True)
    case = makers.callback_of(makers.rated(reference, 2))
    matters.do("archive", reference, county.county.dispatcher)
    makers.do("note_attempt", county.ma, case_id=case.id, result="reached", words="聊过了")
    assert matters.page(county.county.wang, reference).state_name == "已归档"


def test_callbacks_are_shared_among_those_who_watch(county: Quality) -> None:
    """Whoever has fewest waiting gets the next; of equals, whoever had fewest of late."""
    owners = []
    for _ in range(4):
        case = makers.callback_of(makers.rated(makers.answered(county.county), 1))
        owners.append(case.owner_account)
    both = {county.ma.account_id, county.gao.account_id}
    assert set(owners[:2]) == set(owners[2:]) == both
    first = owners[0]
    who = county.ma if first == county.ma.account_id else county.gao
    for case in _open_of(first):
        makers.do("note_attempt", who, case_id=case.id, result="reached", words="聊过了")
        makers.do("send_redo", who, case_id=case.id, words="请重新办理")
    next_one = makers.callback_of(makers.rated(makers.answered(county.county), 1))
    assert next_one.owner_account == first


def _open_of(account: UUID | None) -> list[Callback]:
    with acting(makers.SYSTEM):
        return list(Callback.objects.filter(owner_account=account, ended_at=None))


def test_a_redo_of_a_matter_in_work_again_ends_it(county: Quality) -> None:
    case = _called(county)
    makers.do("send_redo", county.ma, case_id=case.id, words="请重新办理")
    after = makers.callback_of(case.rating_id)
    assert (after.state, after.ended_at is not None) == ("redo", True)
    with pytest.raises(NotAllowed):
        makers.do("send_redo", county.ma, case_id=case.id, words="再来一次")


def test_a_redo_reopens_a_matter_that_was_closed(county: Quality) -> None:
    """Rated by link after it was settled: the matter's own verb has it done once more."""
    from yike.rooms.matters import actions as matters_actions

    reference = makers.answered(county.county)
    later = makers.MONDAY + timedelta(days=20)
    with clock.at(later), acting(makers.SYSTEM):
        assert matters_actions.settle_answered(now=later, actor=makers.SYSTEM) == 1
    case = makers.callback_of(makers.rated(reference, 1, at=later))
    with clock.at(later + timedelta(hours=2)):
        told = {"result": "reached", "words": "问题没有解决"}
        makers.do("note_attempt", county.ma, case_id=case.id, **told)
        makers.do("send_redo", county.ma, case_id=case.id, words="请重新办理")
    assert matters.page(county.county.wang, reference).state == "30"


def test_an_exclusion_needs_a_second_person(county: Quality) -> None:
    case = _called(county, level=1)
    told = {"case_id": case.id, "words": "当事人承认点错"}
    makers.do("ask_exclude", county.ma, ground="mistaken", **told)
    with pytest.raises(NotAllowed, match="另一个人"):
        makers.do("grant_exclude", county.ma, **told)
    makers.do("refuse_exclude", county.gao, case_id=case.id, words="录音里没有承认")
    assert makers.callback_of(case.rating_id).state == "waiting"
    makers.do("ask_exclude", county.ma, ground="mistaken", **told)
    makers.do("grant_exclude", county.gao, **told)
    rating = makers.rating(case.rating_id)
    assert (rating.standing, rating.standing_by) == ("excluded", county.gao.account_id)
    since = makers.MONDAY - timedelta(days=1)
    with acting(county.ma):
        figures = queries.rating_figures(county.ma, since, since + timedelta(days=3))
    assert (figures.before, figures.after, figures.excluded) == ("0.0%", "—", 1)
    assert figures.callback == "100.0%"


def test_a_rectification_goes_its_whole_way(county: Quality) -> None:
    cast = county.county
    case = _called(county)
    made = makers.do(
        "send_mend", county.ma, case_id=case.id, to_org=cast.shipu_office, words="改进预约答复"
    )
    owed = _case(made)
    assert (owed.state, owed.source, owed.owner_org) == ("assigned", "rating", cast.shipu_office)
    assert owed.due_at is not None
    assert f"{owed.due_at.astimezone(clock.CIVIL):%m-%d}" == "11-23"  # five working days
    with acting(cast.wang):
        proof = files_actions.keep_file(
            name="整改.txt", content="已培训".encode(), claim=str(made), actor=cast.wang
        )
    told = {"case_id": made, "words": "已建立回访登记", "file_ids": [proof.id]}
    makers.do("report_mended", cast.wang, **told)
    for who in (cast.wang, cast.li):
        with pytest.raises(NotAllowed):
            makers.do("pass_check", who, case_id=made, words="很好")
    makers.do("fail_check", county.ma, case_id=made, words="没有看到登记样张")
    assert (_case(made).state, _case(made).returns) == ("assigned", 1)
    makers.do("report_mended", cast.li, case_id=made, words="补上登记样张")
    with acting(county.ma):
        page = queries.case_page(county.ma, "rectification", made)
    assert {verb.verb for verb in page.verbs} == {"pass_check", "fail_check"}
    assert [one.name for one in page.files] == ["整改.txt"]
    makers.do("pass_check", county.ma, case_id=made, words="抽查三件属实")
    makers.do("review", county.gao, case_id=made, words="答复后当天登记")
    end = _case(made)
    assert (end.state, end.told_at is not None) == ("closed", True)
    with acting(makers.SYSTEM):
        assert Notice.objects.filter(template="citizen.mended").count() == 1
        sentences = queries.case_page(makers.SYSTEM, "rectification", made).history
    assert len(sentences) == 6  # assigned, reported, failed, reported, passed, closed
    since = makers.MONDAY - timedelta(days=1)
    with acting(county.ma):
        loop = queries.loop_figures(county.ma, since, since + timedelta(days=3))
    assert (loop.found, loop.closed, loop.rate) == (1, 1, "100.0%")


def test_who_reported_cannot_verify_even_as_supervisor(county: Quality) -> None:
    """An order to the supervisors' own bureau is verified by somebody of elsewhere."""
    made = makers.do(
        "supervise", county.ma, to_org=county.bureau, title="补登台账", words="补登十月台账"
    )
    makers.do("report_mended", county.gao, case_id=made, words="已补登")
    for who in (county.gao, county.ma):
        with pytest.raises(NotAllowed):
            makers.do("pass_check", who, case_id=made, words="属实")
    makers.do("pass_check", county.county.director, case_id=made, words="属实")


def test_hard_cases_have_fifteen_days_once(county: Quality) -> None:
    made = makers.do(
        "supervise", county.ma, to_org=county.county.shipu_office, title="清理积案",
        words="清理三件积案",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        makers.do("mark_hard", county.county.wang, case_id=made, words="很难")
    makers.do("mark_hard", county.ma, case_id=made, words="涉及三个部门")
    due = _case(made).due_at
    assert due is not None
    assert f"{due.astimezone(clock.CIVIL):%m-%d}" == "12-07"
    with pytest.raises(NotAllowed, match="已经认定"):
        makers.do("mark_hard", county.ma, case_id=made, words="还是难")


def test_overdue_goes_to_a_leader(county: Quality) -> None:
    case = makers.callback_of(makers.rated(makers.answered(county.county), 1))
    told = {"noun": "callback", "case_id": case.id, "promise_name": "差评联系"}
    with clock.at(makers.MONDAY + timedelta(days=3)):
        makers.house("escalate", **told)
    after = makers.callback_of(case.rating_id)
    assert after.escalated_to == county.county.director.account_id
    with acting(makers.SYSTEM):
        assert Notice.objects.filter(template="quality.escalated").count() == 2


def test_an_old_page_does_not_overwrite(county: Quality) -> None:
    case = _called(county)
    with pytest.raises(Clash):
        makers.do("send_redo", county.ma, case_id=case.id, words="请重新办理", seen="1")


def test_only_those_who_watch_may_supervise(county: Quality) -> None:
    for who in (county.county.wang, county.county.dispatcher, county.county.lawyer):
        with pytest.raises(NotAllowed):
            makers.do(
                "supervise", who, to_org=county.county.shipu_office, title="快办", words="快点办"
            )
