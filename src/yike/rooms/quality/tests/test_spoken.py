"""B14.5: topics of what citizens say, from real ratings and complaints, for who may see them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers as matters_makers
from yike.rooms.quality import actions, queries
from yike.rooms.quality.actions import Grievance
from yike.rooms.quality.faces.spoken import SpokenFace
from yike.rooms.quality.tests import makers
from yike.rooms.quality.tests.makers import Quality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
OCTOBER = matters_makers.MONDAY - timedelta(days=30)


def says(county: Quality, words: str, no: int, **told: Any) -> None:
    """One person of their own rates badly and says why."""
    phone = f"1385741{no:04d}"
    reference = makers.answered(county.county, phone=phone)
    makers.rated(reference, 2, phone=phone, words=words, address=f"198.51.100.{no}", **told)


def seen(actor: Actor, **told: str) -> SpokenFace:
    with acting(actor):
        return queries.spoken(actor, **told)


def test_topics_of_a_month_and_what_stands_behind(county: Quality) -> None:
    says(county, "电话打不通，13857410001 打了三次", 1)
    says(county, "打电话没人接", 2)
    says(county, "占线", 3)
    says(county, "排队太久", 4)
    face = seen(county.ma)
    assert (face.month, face.comments) == ("2026-11", 4)
    assert [(one.name, one.persons, one.before) for one in face.topics] == [("电话打不通", 3, "—")]
    opened = seen(county.ma, topic="phone")
    assert len(opened.behind) == 3
    told = " ".join(one.words for one in opened.behind)
    assert "排队" not in told
    assert "13857410001" not in told
    assert "138****0001" in told
    assert all(one.reference and one.source == "评价" for one in opened.behind)


def test_what_few_said_cannot_be_asked_for_either(county: Quality) -> None:
    says(county, "水库边的房子", 1)
    says(county, "水库", 2)
    assert seen(county.ma).topics == ()
    for topic in ("水库", "queue", "x"):
        with pytest.raises(NotFound):
            seen(county.ma, topic=topic)


def test_the_name_of_who_serves_is_no_topic(county: Quality) -> None:
    name = county.county.wang.label
    for no in range(1, 5):
        says(county, f"{name}在蚊子多的地方", no)
    names = [one.name for one in seen(county.ma).topics]
    assert "蚊子" in names
    assert not [one for one in names if one in name]


def test_complaints_and_ratings_of_one_person_count_once(county: Quality) -> None:
    says(county, "态度很差", 1)
    says(county, "态度不好", 2)
    with acting(matters_makers.VISITOR):
        actions.make_complaint(
            grievance=Grievance(
                kind="01",
                words="窗口的人态度恶劣，说话很凶",
                name="张三丰",
                phone="13857410002",
                region_code=matters_makers.SHIPU,
            ),
            key=uuid4().hex,
            actor=matters_makers.VISITOR,
        )
    assert seen(county.ma).topics == (), "two persons, three comments"
    says(county, "态度敷衍", 3)
    (topic,) = [one for one in seen(county.ma).topics if one.key == "attitude"]
    assert topic.persons == 3
    assert len(seen(county.ma, topic="attitude").behind) == 4


def test_the_month_before_is_told(county: Quality) -> None:
    for no in range(1, 4):
        says(county, "材料跑了三趟", no, at=OCTOBER)
    for no in range(4, 8):
        says(county, "材料又要复印", no)
    (topic,) = [one for one in seen(county.ma).topics if one.key == "errands"]
    assert (topic.persons, topic.before) == (4, "3")
    assert [one.persons for one in seen(county.ma, month="2026-10").topics] == [3]
    assert seen(county.ma).months[:2] == ("2026-11", "2026-10")
    with pytest.raises(BadInput):
        seen(county.ma, month="十月")


def test_who_may_look_and_at_what(county: Quality) -> None:
    for no in range(1, 4):
        says(county, "太慢", no)
    with pytest.raises(NotAllowed):
        seen(county.county.wang)
    elsewhere = replace(county.ma, region_from="330226000000", region_until="330227000000")
    assert seen(elsewhere).comments == 0
