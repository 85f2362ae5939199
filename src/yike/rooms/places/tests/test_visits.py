"""The basic five, counts of visitors, scans at a place: rules as cases, deeds on the database."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import yaml
from django.db import DatabaseError, transaction

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions, basics, basics_pages, visiting, visits_pages
from yike.rooms.places.models import BasicTry, VisitCount
from yike.rooms.places.tests import makers
from yike.rooms.places.tests.test_upkeep import OFFICER, code
from yike.rooms.places.visiting import Count
from yike.rooms.regions.tests.makers import GUEST, KEEPER, STRANGER, county


def _cases(name: str, part: str) -> list[dict[str, Any]]:
    found = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return list(found[part])


@pytest.mark.parametrize("case", _cases("basics.yaml", "cells"), ids=lambda case: case["what"])
def test_how_one_of_the_five_is_given(case: dict[str, Any]) -> None:
    told = {key: case.get(key, "") for key in ("way", "to_whom", "how")}
    found = basics.cell(basic=case["basic"], modes=case["modes"], **told)
    assert (found.kind, bool(found.gap)) == (case["kind"], case["gap"])


@pytest.mark.parametrize("case", _cases("basics.yaml", "due"), ids=lambda case: case["what"])
def test_when_one_of_the_five_is_tried_again(case: dict[str, Any]) -> None:
    last = tuple(case["last"]) if case["last"] else None
    found = basics.due(last, today=date(2026, 11, 22), days=180)
    assert bool(found) == case["due"]


@pytest.mark.parametrize("case", _cases("visiting.yaml", "spans"), ids=lambda case: case["what"])
def test_spans_are_equal_and_over(case: dict[str, Any]) -> None:
    found = visiting.spans(case["day"], asked=case["asked"], today=case["today"])
    assert (found.days if found else None) == case["days"]
    if found:
        assert found.day - found.since == found.until - found.day
        assert found.until <= case["today"]


@pytest.mark.parametrize("case", _cases("visiting.yaml", "changes"), ids=lambda case: case["says"])
def test_what_became_of_a_number(case: dict[str, Any]) -> None:
    found = visiting.change(case["before"], case["after"], days=case["days"])
    assert found == case["says"]


@pytest.mark.parametrize("case", _cases("visiting.yaml", "counts"), ids=lambda case: case["what"])
def test_counts_by_hand(case: dict[str, Any]) -> None:
    given = [Count(since=a, last=b, visitors=n) for a, b, n in case["given"]]
    found = visiting.counted(given, case["since"], case["until"])
    assert (found.visitors, found.days, found.left_out) == (
        case["visitors"], case["days"], case["left_out"],
    )  # fmt: skip


@pytest.fixture
def station(db: None) -> UUID:
    with county():
        return makers.station(services=[("S06", "guide"), ("S07", "direct")])


@pytest.mark.django_db
def test_the_matrix_is_the_only_word_where_it_knows(station: UUID) -> None:
    with acting(OFFICER):
        with pytest.raises(BadInput, match="以供给矩阵为准"):
            actions.set_basic_way(station_id=station, basic="aid", way="direct", actor=OFFICER)
        with pytest.raises(BadInput):
            actions.set_basic_way(station_id=station, basic="search", actor=OFFICER)
        actions.set_basic_way(
            station_id=station, basic="aid", to_whom="县法律援助中心", how="打 12348", actor=OFFICER
        )
        with pytest.raises(BadInput, match="没有办成"):
            actions.record_basic_try(
                station_id=station, basic="aid", on=clock.today(), outcome="fails", actor=OFFICER
            )
        actions.record_basic_try(
            station_id=station, basic="aid", on=clock.today(), outcome="works", actor=OFFICER
        )
        cells = {one.basic: one for one in basics_pages.of_station(station).cells}
    assert [cells[one].kind for one in basics.BASICS] == ["gap", "direct", "guided", "gap", "gap"]
    assert (cells["aid"].gap, cells["aid"].due, cells["mediation"].due) == ("", "", "没有试过")
    with acting(STRANGER), pytest.raises(NotAllowed):
        actions.set_basic_way(station_id=station, basic="aid", actor=STRANGER)
    with acting(OFFICER):
        assert BasicTry.objects.update(outcome="fails") == 0, "what came out stays"
    with acting(GUEST):
        assert not BasicTry.objects.exists()


@pytest.mark.django_db
def test_a_number_is_taken_back_and_never_changed(station: UUID) -> None:
    today = clock.today()
    told: dict[str, Any] = {"station_id": station, "how": "gate", "visitors": 9, "actor": OFFICER}
    with acting(OFFICER):
        for days in ((today, today - timedelta(days=1)), (today, today + timedelta(days=1))):
            with pytest.raises(BadInput):
                actions.count_visitors(from_on=days[0], last_on=days[1], **told)
        made = actions.count_visitors(from_on=today, last_on=today, **told)
        assert visits_pages.standing_counts([station])[station][0].visitors == 9
        back: dict[str, Any] = {"station_id": station, "count_id": made, "actor": OFFICER}
        actions.take_back_count(reason="重复登记", **back)
        with pytest.raises(NotFound):
            actions.take_back_count(reason="再撤", **back)
        assert not visits_pages.standing_counts([station])
        assert visits_pages.counts_of(station)[0].taken_back_for == "重复登记"
        assert VisitCount.objects.update(visitors=1) == 0
    with acting(STRANGER), pytest.raises((DatabaseError, NotAllowed)), transaction.atomic():
        actions.count_visitors(from_on=today, last_on=today, **(told | {"actor": STRANGER}))


@pytest.mark.django_db
def test_a_code_that_hangs_elsewhere_too_is_not_counted(station: UUID) -> None:
    today = clock.today()
    with acting(KEEPER):
        made = code()
        slug = visits_slug(made)
        actions.put_up_code(code_id=made, station_id=station, words="", actor=KEEPER)
    with acting(GUEST):
        actions.count_scan(slug=slug, actor=GUEST)
    with acting(KEEPER):
        found = visits_pages.scans_at([station], today, today + timedelta(days=1))[station]
        assert (found.scans, found.shared) == (1, ())
        actions.put_up_code(code_id=made, words="公园", actor=KEEPER)
        found = visits_pages.scans_at([station], today, today + timedelta(days=1))[station]
        assert (found.scans, found.shared) == (0, ("12348网上咨询",))


def visits_slug(ref: UUID) -> str:
    """The short address of a code."""
    from yike.rooms.places import upkeep_pages

    return upkeep_pages.qr_code(ref).slug
