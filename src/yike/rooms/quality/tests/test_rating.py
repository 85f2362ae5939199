"""One rating for one matter, on any channel; never by those who served; odd ones do not count."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound, TooMany
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matters
from yike.rooms.notices.models import Notice
from yike.rooms.quality import actions, queries
from yike.rooms.quality.models import Invitation, Rating
from yike.rooms.quality.tests import makers
from yike.rooms.quality.tests.makers import Quality
from yike.rooms.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def _entries(kind: str) -> int:
    with acting(makers.SYSTEM):
        return Entry.objects.filter(kind=f"quality.{kind}").count()


def test_a_good_rating_closes_the_matter_and_stands_once(county: Quality) -> None:
    reference = makers.answered(county.county)
    rating = makers.rating(makers.rated(reference, 5, words="很快就有人联系我"))
    assert (rating.level, rating.standing, rating.channel) == (5, "counted", "follow")
    assert rating.account == county.county.wang.account_id
    assert matters.page(county.county.wang, reference).state == "60"
    with pytest.raises(Clash):
        makers.rated(reference, 4)


@pytest.mark.parametrize(("level", "state"), [(3, "60"), (4, "60"), (2, "30"), (1, "30")])
def test_level_three_and_more_helped(county: Quality, level: int, state: str) -> None:
    reference = makers.answered(county.county)
    makers.rated(reference, level)
    assert matters.page(county.county.wang, reference).state == state


def test_bad_ratings_need_a_reason_good_ones_keep_none(county: Quality) -> None:
    reference = makers.answered(county.county)
    with pytest.raises(BadInput) as no:
        makers.rated(reference, 2, reasons=())
    assert no.value.field == "reasons"
    with pytest.raises(BadInput):
        makers.rated(reference, 2, reasons=("nothing",))
    assert makers.rating(makers.rated(reference, 4, reasons=("slow",))).reasons == []


def test_after_a_redo_one_more_word_stands_beside_the_first(county: Quality) -> None:
    reference = makers.answered(county.county)
    first = makers.rated(reference, 1)
    with clock.at(makers.MONDAY + timedelta(hours=3)):
        told = {"result": "resolved", "reply": "已经补发工资。"}
        matters.do("close", reference, county.county.wang, **told)
        assert makers.rated(reference, 5) == first
        with pytest.raises(Clash):
            makers.rated(reference, 5)
    rating = makers.rating(first)
    assert (rating.level, rating.again_level) == (1, 5)
    assert matters.page(county.county.wang, reference).state == "60"


def test_the_link_is_told_to_the_citizen_and_used_once(county: Quality) -> None:
    reference = makers.answered(county.county)
    path = makers.house("invite_rating", reference=reference)
    with acting(makers.SYSTEM):
        notice = Notice.objects.get(template="citizen.rate")
        kept = Invitation.objects.get()
    token = path.rpartition("/")[2]
    assert notice.words.count(token) == 1
    assert token not in str(kept.__dict__)
    with clock.at(makers.MONDAY + timedelta(hours=2)), acting(makers.VISITOR) as visitor:
        assert queries.rate_page(visitor, token=token).may
        actions.rate(token=token.lower(), level=4, actor=visitor)
        assert not queries.rate_page(visitor, token=token).may
        with pytest.raises(Clash):
            actions.rate(token=token, level=4, actor=visitor)
    with acting(makers.SYSTEM):
        assert Rating.objects.get().channel == "link"


def test_a_link_that_expired_or_never_was_says_so(county: Quality) -> None:
    reference = makers.answered(county.county)
    token = makers.house("invite_rating", reference=reference).rpartition("/")[2]
    with clock.at(makers.MONDAY + timedelta(days=31)), acting(makers.VISITOR) as visitor:
        with pytest.raises(NotAllowed):
            actions.rate(token=token, level=4, actor=visitor)
        for wrong in ("0" * 26, "", "x", token[:-1]):
            with pytest.raises((NotFound, NotAllowed)):
                actions.rate(token=wrong, level=4, actor=visitor)


def test_who_served_may_not_rate_and_the_try_is_recorded(county: Quality) -> None:
    """By account, by office, and by the telephone of who served."""
    cast = county.county
    reference = makers.answered(cast)
    clerk = replace(cast.wang, roles=frozenset({"officer", "clerk"}))
    colleague = replace(cast.li, roles=frozenset({"clerk"}))
    for who in (clerk, colleague):
        with acting(who), pytest.raises(NotAllowed):
            actions.rate(reference=reference, level=5, channel="window", actor=who)
    before = _entries("RatingRefused")
    with acting(colleague), suppress(NotAllowed):  # as a form does: the transaction goes on
        actions.rate(reference=reference, level=5, channel="window", actor=colleague)
    assert _entries("RatingRefused") == before + 1
    with acting(makers.SYSTEM):
        assert not Rating.objects.exists()


def test_the_phone_of_who_served_may_not_rate(county: Quality) -> None:
    from yike.rooms.providers import actions as providers_actions

    cast = county.county
    assert cast.wang.account_id is not None
    with acting(makers.SYSTEM):
        one = providers_actions.register_practitioner(
            name="王所", kind="05", institution_id=cast.shipu_office, phone=matters.PHONE,
            actor=makers.SYSTEM,
        )  # fmt: skip
        providers_actions.link_account(
            practitioner_id=one, account_id=cast.wang.account_id, actor=makers.SYSTEM
        )
    reference = makers.answered(cast)
    makers.house("invite_rating", reference=reference)
    with pytest.raises(NotAllowed, match="电话"):
        makers.rated(reference, 5)


def test_window_staff_rate_for_the_citizen_and_it_says_so(county: Quality) -> None:
    cast = county.county
    reference = makers.answered(cast)
    with pytest.raises(BadInput):
        makers.do("rate", cast.clerk, reference=reference, level=5)
    with clock.at(makers.MONDAY + timedelta(hours=1)):
        made = makers.do("rate", cast.clerk, reference=reference, level=4, channel="window")
    rating = makers.rating(made)
    assert (rating.channel, rating.given_by) == ("window", cast.clerk.account_id)
    page = matters.page(cast.wang, reference)
    assert page.state == "60"
    with pytest.raises(NotAllowed):
        makers.do("rate", cast.dispatcher, reference=reference, level=5, channel="window")


def test_before_an_answer_there_is_nothing_to_rate(county: Quality) -> None:
    reference = matters.worked(county.county)
    with pytest.raises(NotAllowed):
        makers.rated(reference, 5)
    with pytest.raises(NotAllowed):
        makers.house("invite_rating", reference=reference)


def test_ratings_within_seconds_wait_to_be_checked(county: Quality) -> None:
    reference = makers.answered(county.county)
    made = makers.rated(reference, 5, at=clock.now() - timedelta(seconds=3597))
    assert makers.rating(made).standing == "held"
    for who in (county.county.wang, county.county.dispatcher):
        with pytest.raises((NotAllowed, NotFound)):
            makers.do("check_rating", who, rating_id=made, counts=True, words="没问题")
    makers.do("check_rating", county.ma, rating_id=made, counts=True, words="当事人确认")
    assert makers.rating(made).standing == "counted"


def test_many_from_one_address_wait_to_be_checked(county: Quality) -> None:
    made = []
    for number in range(6):
        phone = f"1385740{number:04d}"
        reference = makers.answered(county.county, phone=phone, name=f"张{number}")
        made.append(makers.rated(reference, 5, phone=phone, address="203.0.113.9"))
    assert [makers.rating(one).standing for one in made] == ["counted"] * 5 + ["held"]
    since = makers.MONDAY - timedelta(days=1)
    with acting(county.ma):
        figures = queries.rating_figures(county.ma, since, since + timedelta(days=3))
    assert (figures.rated, figures.held, figures.before, figures.after) == (
        6,
        1,
        "100.0%",
        "100.0%",
    )


def test_one_address_cannot_try_for_ever(county: Quality) -> None:
    visitor = replace(makers.VISITOR, address="203.0.113.77")
    with acting(visitor):
        for _ in range(10):
            with pytest.raises(NotFound):
                actions.rate(token="0" * 26, level=5, device="d", actor=visitor)
        with pytest.raises(TooMany):
            actions.rate(token="0" * 26, level=5, device="d", actor=visitor)


def test_who_wants_no_name_is_not_found_by_the_rated(county: Quality) -> None:
    cast = county.county
    named = makers.answered(cast)
    makers.rated(named, 4, words="谢谢王所")
    hidden = makers.answered(cast, phone="13857400009", name="李四")
    made = makers.rated(hidden, 2, phone="13857400009", anonymous=True, words="等了太久")
    with acting(cast.wang):
        shown = queries.my_ratings(cast.wang)
        assert Rating.objects.filter(id=made).count() == 0
    by_level = {row.level: row for row in shown.rows}
    assert by_level[4].reference == named
    assert (by_level[2].reference, by_level[2].matter_id) == ("", None)
    assert by_level[2].rated_at.day == 1
    assert by_level[2].reasons == ("办得太慢",)
    feedback = matters.page(cast.wang, hidden).feedback
    assert feedback is not None
    assert "等了太久" not in feedback.words
    for stranger in (cast.zhao, cast.lawyer, cast.clerk):
        with acting(stranger):
            assert queries.my_ratings(stranger).rows == ()


def test_the_rated_reply_once_and_it_stands_beside(county: Quality) -> None:
    cast = county.county
    made = makers.rated(makers.answered(cast), 2)
    with pytest.raises(NotFound):
        makers.do("reply_to_rating", cast.zhao, rating_id=made, words="与我无关的评价")
    told = {"rating_id": made, "words": "当天已经电话联系三次。", "appeals": True}
    makers.do("reply_to_rating", cast.wang, **told)
    with pytest.raises(Clash):
        makers.do("reply_to_rating", cast.wang, **told)
    with acting(county.ma):
        (row,) = queries.ratings(county.ma).rows
    assert row.reply is not None
    assert row.reply.appeals
