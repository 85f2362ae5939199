"""All that lies beside a matter by one question is what each table tells by its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters import folder
from yike.rooms.matters.models import Link, Matter, Note, Point, Step, Supervision
from yike.rooms.matters.tests import makers
from yike.rooms.matters.tests.makers import do, worked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def full(county: makers.County) -> str:
    """A matter that was transferred, watched, noted, extended, tied, and asked for papers."""
    reference = worked(county, points=("怎么要回工资", "要不要律师"))
    other = worked(county)
    do("add_note", reference, county.wang, level=1, words="当事人情绪激动")
    do("answer_point", reference, county.wang, no=1, words="可以申请劳动仲裁。")
    do("ask_extension", reference, county.wang, amount=2, reason="等鉴定结果")
    soon = clock.today() + timedelta(days=5)
    do("supervise", reference, county.director, due_on=soon, reason="尽快答复")
    do("link", reference, county.wang, related=other, tie="same", reason="同一件事")
    return reference


def test_the_rows_are_those_of_the_tables(county: makers.County, full: str) -> None:
    with acting(county.wang):
        matter = Matter.objects.get(reference=full)
        lying = folder.whole(matter)
        for part in folder._WHOLE:
            rows = part.model._default_manager.filter(**{part.by[0]: matter.id})
            expected = list(rows.order_by(*part.order).values())
            found = [_plain(one) for one in lying.of(part.model)]
            assert found == expected, part.model.__name__
        assert len(lying.of(Point)) == 2
        assert lying.of(Supervision)
        assert lying.of(Link)


def test_row_security_stands_before_each_table(county: makers.County, full: str) -> None:
    with acting(makers.citizen(full)):
        matter = Matter.objects.get(reference=full)
        lying = folder.whole(matter)
        assert len(lying.of(Point)) == 2
        assert not any(lying.of(one) for one in (Note, Supervision, Link))
    with acting(county.wang):
        assert lying.of(Step) == folder.whole(matter).of(Step)


def _plain(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}
