"""Orders given to people on a real county: the best, another with a reason, nobody in conflict."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions, assignment, flow, queries
from yike.rooms.matters.models import AssignmentRecord, AssignmentShare, Matter, Side
from yike.rooms.matters.tests import makers
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import kinds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
PHONE, OTHER = "13957400001", "13957400002"


def practitioner(name: str, org: UUID, who: Actor | None = None, **more: Any) -> UUID:
    """Somebody in the register, with an account when `who` is given."""
    with acting(makers.SYSTEM):
        ref = providers_actions.register_practitioner(
            name=name, kind=more.pop("kind", "01"), institution_id=org,
            active_from=date(2025, 1, 1), actor=makers.SYSTEM, **more,
        )  # fmt: skip
        if who is not None:
            providers_actions.link_account(
                practitioner_id=ref, account_id=UUID(who.ref), actor=makers.SYSTEM
            )
    return ref


@pytest.fixture
def lawyers(county: makers.County) -> tuple[UUID, UUID]:
    """The two lawyers of the firm, registered, each with room for three orders."""
    return (
        practitioner("孙律师", county.firm, county.lawyer, capacity=3),
        practitioner("周律师", county.firm, county.other_lawyer, capacity=3),
    )


def order(**told: Any) -> str:
    """An order for a lawyer, held by 石浦司法所 and in hand."""
    return makers.opened(**{"item_code": "PLS-LS002", **told}).reference


def best(reference: str, actor: Actor) -> UUID | None:
    return makers.do("assign_best", reference, actor)  # type: ignore[no-any-return]


def test_the_best_gets_it_and_the_reasons_are_kept(
    county: makers.County, lawyers: tuple[UUID, UUID]
) -> None:
    reference = order()
    chosen = best(reference, county.dispatcher)
    assert str(chosen) in (county.lawyer.ref, county.other_lawyer.ref)
    with acting(makers.SYSTEM):
        matter = Matter.objects.get(reference=reference)
        record = AssignmentRecord.objects.get(matter=matter.id)
    assert (matter.holder_account, matter.holder_org) == (chosen, county.firm)
    assert (record.way, record.place, record.pool, record.account) == ("best", 1, 2, chosen)
    assert record.top[0]["account"] == str(chosen)
    assert all(reason["sentence"] for one in record.top for reason in one["reasons"])


def test_orders_go_around(county: makers.County, lawyers: tuple[UUID, UUID]) -> None:
    got = [best(order(phone=f"1385740{n:04d}"), county.dispatcher) for n in range(4)]
    assert sorted(got.count(one) for one in set(got)) == [2, 2]
    with acting(makers.SYSTEM):
        rows = AssignmentShare.objects.all()
        assert sum(row.received for row in rows) == 4
        assert sum(row.expected for row in rows) == pytest.approx(4)


def test_the_same_citizen_meets_the_same_handler(
    county: makers.County, lawyers: tuple[UUID, UUID]
) -> None:
    first = best(order(phone=PHONE), county.dispatcher)
    assert best(order(phone=PHONE), county.dispatcher) == first
    with acting(county.dispatcher):
        pool = queries.candidates_for(order(phone=PHONE), county.dispatcher)
    assert first in pool.case.earlier


def test_who_served_the_other_side_is_left_out_even_unseen_by_whoever_asks(
    county: makers.County, lawyers: tuple[UUID, UUID]
) -> None:
    served = best(order(phone=OTHER, level=3), county.director)
    mine = order(phone=PHONE)
    makers.do("note_side", mine, county.dispatcher, part="opponent", name="王老板", phone=OTHER)
    assert best(mine, county.dispatcher) != served
    face = advice(mine, county.dispatcher)
    assert [one.sentence for one in face.out if one.account == served] == [
        "利益冲突：曾为对方当事人服务"
    ]
    with pytest.raises(NotAllowed, match="对方当事人"):
        makers.do(
            "assign_to", mine, county.dispatcher, account_id=served,
            override_reason="他熟悉情况",
        )  # fmt: skip


def test_who_acted_against_this_citizen_is_left_out(
    county: makers.County, lawyers: tuple[UUID, UUID]
) -> None:
    against = order(phone=OTHER)
    makers.do("note_side", against, county.dispatcher, part="opponent", name="张三", phone=PHONE)
    served = best(against, county.dispatcher)
    assert best(order(phone=PHONE), county.dispatcher) != served


def test_a_duty_lawyer_who_helped_a_co_accused_is_left_out(
    county: makers.County, lawyers: tuple[UUID, UUID]
) -> None:
    first, second = order(phone=OTHER), order(phone=PHONE)
    for reference, number in ((first, "浙象公刑〔2026〕88号"), (second, "浙象公刑(2026)88号")):
        makers.do("note_side", reference, county.dispatcher, part="case", name=number)
    served = best(first, county.dispatcher)
    assert best(second, county.dispatcher) != served


def test_a_declared_relative_keeps_out(county: makers.County, lawyers: tuple[UUID, UUID]) -> None:
    with acting(makers.SYSTEM):
        providers_actions.declare_relation(
            practitioner_id=lawyers[0], name="王老板", phone=OTHER, relation="表兄",
            actor=makers.SYSTEM,
        )  # fmt: skip
    mine = order(phone=PHONE)
    makers.do("note_side", mine, county.dispatcher, part="opponent", name="王 老板")
    face = advice(mine, county.dispatcher)
    assert [one.name for one in face.rows] == ["周律师"]
    assert any("表兄" in one.sentence for one in face.out)


def advice(reference: str, actor: Actor) -> Any:
    with acting(actor):
        return queries.advice(actor, reference)


def test_another_than_the_first_needs_a_reason_which_is_kept(
    county: makers.County, lawyers: tuple[UUID, UUID]
) -> None:
    reference = order()
    second = advice(reference, county.dispatcher).rows[1].account
    with pytest.raises(BadInput) as no:
        makers.do("assign_to", reference, county.dispatcher, account_id=second)
    assert no.value.field == "override_reason"
    makers.do(
        "assign_to", reference, county.dispatcher, account_id=second,
        override_reason="当事人指明找他",
    )  # fmt: skip
    with acting(makers.SYSTEM):
        record = AssignmentRecord.objects.get()
    assert (record.way, record.place) == ("override", 2)
    assert record.override_reason == "当事人指明找他"


def test_nobody_beyond_capacity(county: makers.County) -> None:
    practitioner("孙律师", county.firm, county.lawyer, capacity=1)
    assert best(order(phone=PHONE), county.dispatcher) == UUID(county.lawyer.ref)
    waiting = order(phone=OTHER)
    with pytest.raises(NotAllowed, match="上限"):
        makers.do(
            "assign_to", waiting, county.dispatcher, account_id=UUID(county.lawyer.ref),
            override_reason="急",
        )  # fmt: skip


def test_an_empty_pool_goes_to_the_fallback_with_an_alarm(county: makers.County) -> None:
    reference = order()
    with acting(county.director):
        actions.set_assignment_policy(
            county_code=makers.COUNTY, reason="设兜底岗位", fallback_org=county.pool,
            fallback_account=UUID(county.clerk.ref), actor=county.director,
        )  # fmt: skip
    assert best(reference, county.dispatcher) == UUID(county.clerk.ref)
    with acting(county.dispatcher):
        (row,) = queries.unfilled(county.dispatcher)
    assert (row.reference, row.way_name) == (reference, "无人可派，交兜底岗位")
    practitioner("孙律师", county.firm, county.lawyer)
    assert best(reference, county.dispatcher) == UUID(county.lawyer.ref)
    with acting(county.dispatcher):
        assert queries.unfilled(county.dispatcher) == ()


def test_an_office_chooses_among_its_own(county: makers.County, lawyers: tuple[UUID, UUID]) -> None:
    reference = makers.worked(county)
    face = advice(reference, county.wang)
    assert face.own_office
    assert {one.name for one in face.rows} <= {"王所", "李助理"}
    assert best(reference, county.wang) in (UUID(county.wang.ref), UUID(county.li.ref))
    with pytest.raises((NotAllowed, NotFound)):
        advice(reference, county.zhao)


def test_suspended_by_a_punishment(county: makers.County, lawyers: tuple[UUID, UUID]) -> None:
    with acting(county.director):
        actions.set_assignment_weight(
            account_id=UUID(county.lawyer.ref), percent=0, reason="暂停派单一个月",
            active_until=clock.today() + timedelta(days=30), actor=county.director,
        )  # fmt: skip
    face = advice(order(), county.dispatcher)
    assert [one.name for one in face.rows] == ["周律师"]


def test_sides_are_kept_masked_and_indexed_only(county: makers.County) -> None:
    reference = order()
    side = makers.do(
        "note_side", reference, county.dispatcher, part="opponent", name="王小老板", phone=OTHER
    )
    with acting(makers.SYSTEM):
        row = Side.objects.get(id=side)
    kept = " ".join(str(getattr(row, field.attname)) for field in Side._meta.fields)
    assert "小老板" not in kept
    assert OTHER not in kept
    makers.do("withdraw_side", reference, county.dispatcher, side_id=side, reason="登记错了")
    assert advice(reference, county.dispatcher).sides == ()
    with pytest.raises((NotAllowed, NotFound)):
        makers.do("note_side", reference, county.lawyer, part="opponent", name="王小老板")


def test_policies_have_versions_and_a_preview(
    county: makers.County, lawyers: tuple[UUID, UUID]
) -> None:
    order()
    with acting(county.dispatcher):
        made = actions.set_assignment_policy(
            county_code=makers.COUNTY, reason="更看重公平", weights={"fair": 20.0},
            actor=county.dispatcher,
        )  # fmt: skip
        assert made == 1
        with pytest.raises(BadInput, match="没有任何变化"):
            actions.set_assignment_policy(
                county_code=makers.COUNTY, reason="再来", weights={"fair": 20.0},
                actor=county.dispatcher,
            )  # fmt: skip
        with pytest.raises(BadInput, match="公平份额"):
            actions.set_assignment_policy(
                county_code=makers.COUNTY, reason="不要公平", weights={"fair": 0.0},
                actor=county.dispatcher,
            )  # fmt: skip
        (row,) = queries.assignment_preview(county.dispatcher, makers.COUNTY, assignment.HOUSE)
        assert not row.moved
        (version,) = queries.assignment_versions(makers.COUNTY)
        assert version.changes == ("公平份额：8 分改为 20 分",)
    with acting(county.wang), pytest.raises(NotAllowed):
        actions.set_assignment_policy(
            county_code=makers.COUNTY, reason="我来改", weights={"fair": 9.0}, actor=county.wang
        )


def test_few_statements_however_many_people(county: makers.County) -> None:
    reference = order()
    with acting(county.dispatcher):  # what a process keeps in memory is read by the first to ask
        queries.candidates_for(reference, county.dispatcher)
    asked = []
    for size in (2, 40):
        for number in range(size):
            practitioner(f"律师{size}-{number}", county.firm)
        with acting(county.dispatcher), CaptureQueriesContext(connection) as told:
            queries.candidates_for(reference, county.dispatcher)
        asked.append(len(told))
    assert asked[0] == asked[1]
    assert asked[0] < 45


def test_who_is_next_is_asked_of_known_places_and_services(county: makers.County) -> None:
    with acting(county.wang):
        face = queries.next_help(makers.DASHA, "S01")
        assert (face.service_name, face.next) == (kinds.SERVICES["S01"], None)
        for place, service in ((makers.DASHA, "S99"), ("999999000000", "S01")):
            with pytest.raises(BadInput):
                queries.next_help(place, service)


def test_ties_load_and_posts_are_told_to_staff_alone(
    county: makers.County, lawyers: tuple[UUID, UUID]
) -> None:
    chosen = best(order(phone=PHONE), county.dispatcher)
    mine = order(phone=PHONE)
    with acting(makers.SYSTEM):
        matter = Matter.objects.get(reference=mine).id
    found = {}
    citizen = makers.citizen(mine, PHONE)
    for name, actor in (("staff", county.dispatcher), ("citizen", citizen),
                        ("visitor", makers.VISITOR), ("peer", makers.peer("other"))):  # fmt: skip
        with acting(actor), connection.cursor() as cursor:
            cursor.execute("select account from matters_ties(%s)", [matter])
            ties = cursor.fetchall()
            cursor.execute("select account from matters_carried(%s)", [[chosen]])
            load = cursor.fetchall()
            cursor.execute("select account from matters_serving(%s, now())", [[county.firm]])
            found[name] = (bool(ties), bool(load), bool(cursor.fetchall()))
    nothing = (False, False, False)
    assert found == {
        "staff": (True, True, True),
        "citizen": nothing,
        "visitor": nothing,
        "peer": nothing,
    }


def test_the_database_counts_the_states_of_the_flow() -> None:
    """Named one by one, as the index on what somebody carries names them: `not in` finds none."""
    words = ", ".join(f"'{state}'" for state in sorted(flow.GOING))
    with connection.cursor() as cursor:
        cursor.execute("select prosrc from pg_proc where proname = 'matters_carried'")
        ((source,),) = cursor.fetchall()
    assert f"m.state in ({words})" in source
