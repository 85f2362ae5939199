"""From a questionnaire to a frozen index: who may do what, once, and nothing after the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound, TooMany
from yike.rooms.guard.acting import acting
from yike.rooms.observation import actions, codes, indexing, queries
from yike.rooms.observation.models import AnswerCode, AnswerSheet, IndexFigure, Question, Wave
from yike.rooms.observation.tests import makers
from yike.rooms.observation.tests.makers import ANSWERS, Made
from yike.rooms.places.tests.makers import house
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, KEEPER, STRANGER, county

OTHER = replace(KEEPER, ref="01900000-0000-7000-8000-0000000000a1")
NEIGHBOUR = Actor(
    kind="staff", ref="01900000-0000-7000-8000-0000000000a2", roles=frozenset({"clerk"}),
    org="01900000-0000-7000-8000-0000000000ff", region_from="330225000000",
    region_until="330226000000",
)  # fmt: skip


def someone() -> Actor:
    """A visitor from an address of their own: limits outlive a test."""
    import uuid

    return actors.visitor("portal", address=str(uuid.uuid4()))


@pytest.fixture
def made(db: None) -> Iterator[Made]:
    with county():
        yield makers.everything()


@pytest.fixture
def clerk(made: Made) -> Actor:
    """Window staff of the office that answers for the point."""
    return replace(NEIGHBOUR, ref="01900000-0000-7000-8000-0000000000a3", org=str(house()))


def _code(made: Made, actor: Actor, way: str = "qr") -> str:
    with acting(actor):
        (ref,) = actions.make_codes(stratum_id=made.strata[0], way=way, actor=actor, **made.at)
        return codes.word(ref)


@pytest.mark.django_db
def test_a_code_is_good_once_and_says_nothing_of_who(made: Made, clerk: Actor) -> None:
    word, guest = _code(made, clerk), someone()
    with acting(guest):
        page = queries.code_held(word.lower(), guest)
        assert (page.why_not, len(page.questions)) == ("", 4)
        with pytest.raises(BadInput, match="第 3 题还没有回答") as no:
            actions.answer(code=word, answers=ANSWERS | {3: []}, actor=guest)
        assert no.value.field == "q3"
        assert not AnswerCode.objects.exists(), "the code alone opens its row"
        actions.answer(code=word, answers=ANSWERS, actor=guest)
        with pytest.raises(NotAllowed, match="已经用过"):
            actions.answer(code=word, answers=ANSWERS, actor=guest)
        assert "已经用过" in queries.code_held(word, guest).why_not
        assert not AnswerSheet.objects.exists(), "nobody reads what was answered"
    sheet = AnswerSheet.objects.get()
    assert sheet.answers == {"1": "4", "2": "1", "3": ["1", "2"], "4": "好"}
    assert sheet.id.version == 4, "an id that tells no time"
    names = {field.name for field in AnswerSheet._meta.fields}
    assert names == {"id", "stratum", "point", "way", "answers"}, "nothing leads to a code or a day"


@pytest.mark.django_db
def test_wrong_codes_get_one_answer_and_are_counted(made: Made) -> None:
    guest = someone()
    with acting(guest):
        for typed in ["", "x", "0" * 16] * 10:
            with pytest.raises(NotFound):
                queries.code_held(typed, guest)
        with pytest.raises(TooMany):
            queries.code_held("0" * 16, guest)


@pytest.mark.django_db
def test_a_code_ends_with_its_day_its_period_and_when_void(made: Made, clerk: Actor) -> None:
    words = [_code(made, clerk) for _ in range(3)]
    guest, (first, *_) = someone(), AnswerCode.objects.order_by("serial")
    with acting(clerk):
        actions.spoil_code(code_id=first.id, actor=clerk, **made.at)
        with pytest.raises(NotAllowed):
            actions.spoil_code(code_id=first.id, actor=clerk, **made.at)
        assert queries.point_page(clerk, made.wave, made.point).row.progress.asked == 2
    with acting(guest), pytest.raises(NotAllowed, match="作废"):
        actions.answer(code=words[0], answers=ANSWERS, actor=guest)
    later = clock.now() + timedelta(days=31)
    with clock.at(later), acting(guest), pytest.raises(NotAllowed, match="已经结束"):
        actions.answer(code=words[1], answers=ANSWERS, actor=guest)
    actions.close_wave(wave_id=made.wave, actor=HOUSE)
    with acting(guest), pytest.raises(NotAllowed, match="已经结束"):
        actions.answer(code=words[2], answers=ANSWERS, actor=guest)
    with acting(clerk), pytest.raises(NotAllowed):
        actions.make_codes(stratum_id=made.strata[0], way="qr", actor=clerk, **made.at)
    assert not AnswerSheet.objects.exists()


@pytest.mark.django_db
def test_others_see_and_do_nothing(made: Made, clerk: Actor) -> None:
    makers.answered(made, "4")
    told: dict[str, Any] = {"stratum_id": made.strata[0], "way": "qr", **made.at}
    with acting(STRANGER):
        with pytest.raises(NotFound):
            queries.wave_page(STRANGER, made.wave)
        with pytest.raises(NotFound):
            queries.questionnaire_page(STRANGER, made.questionnaire)
        assert not AnswerSheet.objects.exists()
        assert not Question.objects.exists()
        with pytest.raises(NotFound):
            actions.make_codes(actor=STRANGER, **told)
    with acting(NEIGHBOUR):
        assert not AnswerSheet.objects.exists(), "of the county, not of the office"
        (row,) = queries.wave_page(NEIGHBOUR, made.wave).rows
        assert not row.open_to
        with pytest.raises(NotAllowed):
            actions.make_codes(actor=NEIGHBOUR, **told)
    with acting(clerk):
        assert AnswerSheet.objects.count() == 1
        assert AnswerSheet.objects.update(answers={}) == 0, "a sheet stays as it is"
        assert AnswerSheet.objects.all().delete()[0] == 0
        with pytest.raises(NotAllowed):
            actions.close_wave(wave_id=made.wave, actor=clerk)
    guest = someone()
    with acting(guest), pytest.raises(DatabaseError), transaction.atomic():
        AnswerSheet.objects.create(
            stratum_id=made.strata[0], point_id=made.point, way="qr", answers={}
        )


@pytest.mark.django_db
def test_the_index_is_frozen_and_comes_out_the_same(made: Made, clerk: Actor) -> None:
    for no in range(12):
        makers.answered(made, "45"[no % 2], old=no >= 9)
    with acting(clerk):
        page = queries.point_page(clerk, made.wave, made.point)
        assert [one.reached for one in page.row.layers] == [9, 3], "who asks sees whom they asked"
        assert page.texts == (), "nobody reads along"
        assert (page.row.progress.counted, page.row.progress.rate) == (12, 100)
    before = queries.wave_page(HOUSE, made.wave).rows[0]
    assert not before.open_to
    assert before.whole.value is None
    whole = indexing.computed(Wave.objects.get(pk=made.wave))[made.point, ""]
    assert [one.reached for one in before.layers] == [None, None]
    actions.close_wave(wave_id=made.wave, actor=HOUSE)
    after = queries.wave_page(HOUSE, made.wave)
    assert whole.value is not None
    assert (after.rows[0].whole.value, after.rows[0].whole.low) == (whole.value, whole.low)
    with acting(clerk):
        told = queries.point_page(clerk, made.wave, made.point).texts
        assert told == (("还想说什么？", ("好",) * 12),)
    assert after.differing == 0
    with acting(NEIGHBOUR):
        assert queries.wave_page(NEIGHBOUR, made.wave).rows[0].open_to, "closed, all staff read it"
    with acting(KEEPER):
        assert IndexFigure.objects.update(value=100) == 0
        with pytest.raises(NotAllowed):
            actions.plan_sample(planned={made.strata[0]: 5}, actor=KEEPER, **made.at)


@pytest.mark.django_db
def test_two_points_and_two_periods_are_compared(made: Made) -> None:
    other = makers.point("OC")
    both, strata = makers.wave(made.questionnaire, made.point, other, name="第二期")
    for where, scales in ((made.point, "4545454545"), (other, "1212121212")):
        here = Made(point=where, questionnaire=made.questionnaire, wave=both, strata=strata)
        for scale in scales:
            makers.answered(here, scale)
    actions.close_wave(wave_id=both, actor=HOUSE)
    rows = {one.point_id: one for one in queries.wave_page(HOUSE, both, f"p:{other}").rows}
    assert rows[other].difference is None
    told = rows[made.point].difference
    assert told
    assert told.verdict == "higher"
    for no in range(10):
        makers.answered(made, "45"[no % 2])
    actions.close_wave(wave_id=made.wave, actor=HOUSE)
    first = queries.wave_page(HOUSE, made.wave, f"w:{both}").rows[0].difference
    assert first
    assert first.verdict == "chance"
    assert queries.wave_page(HOUSE, made.wave, "w:x").base == ""


@pytest.mark.django_db
def test_a_published_question_stays_and_another_checks_its_source(made: Made) -> None:
    sheet = made.questionnaire
    with acting(KEEPER):
        page = queries.questionnaire_page(KEEPER, sheet)
        assert page.unverified == 1
        told: dict[str, Any] = {"questionnaire_id": sheet, "actor": KEEPER}
        with pytest.raises(NotAllowed, match="已发布"):
            actions.drop_question(question_id=page.questions[0].id, **told)
        with pytest.raises(NotAllowed, match="观测期"):
            actions.move_questionnaire(deed="retire", **told)
        with pytest.raises(DatabaseError), transaction.atomic():
            Question.objects.update(words="改了")
        draft = actions.draft_version(**told)
        put: dict[str, Any] = {
            "questionnaire_id": draft, "kind": "yesno", "words": "？", "dimension": "知晓",
        }  # fmt: skip
        mine = actions.put_question(
            weight=1, options="*是", knowledge=True, source="某法第1条", actor=KEEPER, **put
        )
        with pytest.raises(NotAllowed, match="自己拟的题"):
            actions.verify_source(questionnaire_id=draft, question_id=mine, actor=KEEPER)
    with acting(OTHER):
        actions.verify_source(questionnaire_id=draft, question_id=mine, actor=OTHER)
        assert queries.questionnaire_page(OTHER, draft).unverified == 1
        assert queries.questionnaire_page(OTHER, draft).row.version == 2


@pytest.mark.django_db
def test_a_point_is_where_one_was_told_to_be(made: Made) -> None:
    from yike.rooms.places.tests import makers as place_makers

    plain = place_makers.station(code="PL")
    told: dict[str, Any] = {"county_code": COUNTY, "actor": KEEPER}
    with acting(KEEPER):
        with pytest.raises(BadInput, match="还没有登记为"):
            actions.set_up_point(host=f"station:{plain}", **told)
        with pytest.raises(BadInput):
            actions.set_up_point(host="station:x", **told)
        with pytest.raises(BadInput) as no:
            actions.set_up_point(name="广场", region_code="330225101000", **told)
        assert no.value.field == "institution_id"
        own = actions.set_up_point(
            name="广场", region_code="330225101000", institution_id=house(), **told
        )
        actions.end_point(point_id=own, actor=KEEPER)
        with pytest.raises(NotAllowed, match="观测期"):
            actions.end_point(point_id=made.point, actor=KEEPER)
