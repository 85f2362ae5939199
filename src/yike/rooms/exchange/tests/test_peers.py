"""Platforms that are told: each change once, refusals in their words, codes by versions."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed, NotFound
from yike.rooms.exchange import actions, peer_pages, queries
from yike.rooms.exchange.models import CodeTable, Push, Told
from yike.rooms.exchange.tests.test_comparing import compare
from yike.rooms.exchange.tests.test_uploads import OFFICER
from yike.rooms.guard.acting import acting
from yike.rooms.notices import answers, outbox
from yike.rooms.notices.tests import platform as platforms
from yike.rooms.notices.tests.conftest import system  # noqa: F401
from yike.rooms.notices.tests.linking import NOON, SECURITY
from yike.rooms.people import actions as people_actions
from yike.rooms.places import actions as places_actions
from yike.rooms.places.tests import makers
from yike.rooms.regions.tests.makers import COUNTY, HOUSE, SHIPU, STRANGER, county

CHIEF = Actor(
    kind="staff", ref="01900000-0000-7000-8000-00000000000e", roles=frozenset({"director"}),
    region_from=COUNTY, region_until="330226000000", label="局长",
)  # fmt: skip
FIELDS = ["address", "level", "town_code"]


@pytest.fixture
def station(db: None) -> UUID:
    with clock.at(NOON), county():
        return makers.station(code="SP", name="石浦站", point=(121.93, 29.21), address="渔港路1号")


def key(*scopes: str) -> UUID:
    with acting(HOUSE):
        return people_actions.make_api_key(
            name="发改局", region_code=COUNTY, scopes=scopes or ("layers:read",), actor=HOUSE
        ).id


def register(url: str = "", key_id: UUID | None = None) -> UUID:
    with acting(SECURITY):
        return actions.register_peer(
            county=COUNTY, name="发改局地图", key_id=key_id or key(), url=url, actor=SECURITY
        ).id


def subscribe(peer: UUID, fields: list[str], actor: Actor = CHIEF) -> None:
    with acting(actor):
        actions.subscribe(peer_id=peer, layer="stations", fields=fields, actor=actor)


def push(peer: UUID) -> int:
    """The job, the outbox and what hears how it went."""
    with acting(HOUSE):
        made = actions.push_changes(peer_id=peer, actor=HOUSE)
    outbox.hand_over_all()
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'exchange.note_fate'")
        told = [json.loads(row[0]) for row in cursor.fetchall()]
    for args in told:
        app.tasks["exchange.note_fate"].func(**args)
    return made


def page(peer: UUID, actor: Actor = CHIEF) -> peer_pages.PeerPage:
    with acting(actor):
        return peer_pages.peer_page(actor, peer)


def move(station: UUID, address: str) -> None:
    with acting(HOUSE):
        places_actions.revise_station(station_id=station, address=address, actor=HOUSE)


@pytest.mark.django_db
def test_each_change_is_told_once_and_there_and_back_is_three(
    station: UUID,
    system: platforms.Platform,  # noqa: F811
) -> None:
    peer = register(system.url)
    subscribe(peer, FIELDS)
    assert [push(peer), push(peer)] == [1, 0]
    for address in ("渔港路2号", "渔港路1号"):
        move(station, address)
        assert push(peer) == 1
    told = [one["data"]["changes"][0] for one in system.told()]
    assert [(one["verb"], one["version"], one["fields"]) for one in told] == [
        ("added", 1, []), ("changed", 2, ["address"]), ("changed", 3, ["address"]),
    ]  # fmt: skip
    assert [one["properties"]["address"] for one in told] == ["渔港路1号", "渔港路2号", "渔港路1号"]
    assert told[0]["codes"] == {"level": None, "town_code": None}
    assert told[0]["point"] == [121.93, 29.21]
    assert "phone" not in told[0]["properties"], "only what was chosen"
    with acting(HOUSE):
        places_actions.close_station(station_id=station, reason="合并", actor=HOUSE)
    assert push(peer) == 1
    assert system.told()[-1]["data"]["changes"][0]["verb"] == "removed"
    found = page(peer)
    assert {one.fate for one in found.pushes} == {"received"}
    assert found.row.received == 4


@pytest.mark.django_db
def test_a_field_not_subscribed_tells_nothing(
    station: UUID,
    system: platforms.Platform,  # noqa: F811
) -> None:
    peer = register(system.url)
    subscribe(peer, ["level"])
    assert push(peer) == 1
    move(station, "渔港路9号")
    assert push(peer) == 0
    subscribe(peer, [])
    subscribe(peer, ["level"])
    assert push(peer) == 0, "what was told before is not told again"


@pytest.mark.django_db
def test_a_refusal_stands_on_the_page_and_in_the_report(
    station: UUID,
    system: platforms.Platform,  # noqa: F811
) -> None:
    peer = register(system.url)
    subscribe(peer, FIELDS)
    system.answer(422, b"unknown town")
    push(peer)
    with acting(HOUSE):
        actions.push_changes(peer_id=peer, actor=HOUSE)
    (one,) = page(peer).pushes
    assert (one.fate_name, one.tries) == ("被拒绝", 1)
    assert one.receipt.startswith("422 unknown town")
    assert one.next_at is not None
    assert one.points == ("新增 SP 石浦站（第 1 版）",)
    ref = compare("code,name\nSP,石浦站", peer_id=peer, name="")
    with acting(CHIEF):
        report = queries.comparison_page(CHIEF, ref)
        text = queries.comparison_csv(CHIEF, ref)
    assert report.row.name == "发改局地图"
    assert [(row.number, row.fate_name) for row in report.rejects] == [(1, "被拒绝")]
    assert {row.kind for row in report.unmapped} == {"level", "town"}
    assert "第 1 次推送：新增 SP 石浦站" in text


@pytest.mark.django_db
def test_points_refused_within_a_push_that_was_taken_have_their_reasons(
    station: UUID,
    system: platforms.Platform,  # noqa: F811
) -> None:
    peer = register(system.url)
    subscribe(peer, FIELDS)
    said = {"refused": [{"id": str(station), "reason": "没有这个乡镇" * 80}, {"code": "X9"}, 7]}
    system.answer(200, json.dumps(said).encode())
    push(peer)
    with acting(HOUSE):
        actions.push_changes(peer_id=peer, actor=HOUSE)
    found = page(peer)
    (one,) = found.pushes
    assert (one.fate_name, one.refused) == ("已接收", 2)
    mine, other = one.points
    assert mine.startswith("新增 SP 石浦站（第 1 版）：没有接收，没有这个乡镇")
    assert len(mine.removeprefix("新增 SP 石浦站（第 1 版）：没有接收，")) == 200, "and is cut"
    assert other == "X9（不在这次推送里）：没有接收，没有写原因"
    assert (found.row.received, found.row.bad) == (0, 1)
    ref = compare("code,name\nSP,石浦站", peer_id=peer, name="")
    with acting(CHIEF):
        report = queries.comparison_page(CHIEF, ref)
        text = queries.comparison_csv(CHIEF, ref)
    assert [len(row.points) for row in report.rejects] == [2]
    assert "没有接收，没有这个乡镇" in text


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", ()),
        (b"ok", ()),
        (b"[" * 100_000, ()),
        (b'{"refused": 3}', ()),
        (b'{"refused": [null, {}, {"reason": "x"}]}', ()),
        (b'{"refused": [{"id": 5}]}', ({"id": "5", "code": "", "reason": ""},)),
    ],
)
def test_what_an_answer_says_of_single_points(body: bytes, told: Any) -> None:
    assert answers.refused(body) == told


@pytest.mark.django_db
def test_nothing_is_noted_as_told_while_nobody_listens(station: UUID) -> None:
    peer = register()
    assert push(peer) == 0
    assert "订阅" in page(peer).row.hindrance
    subscribe(peer, FIELDS)
    assert push(peer) == 0
    assert "地址" in page(peer).row.hindrance
    with acting(HOUSE):
        people_actions.end_api_key(key_id=page(peer).key_id, reason="换了", actor=HOUSE)
        actions.push_changes(peer_id=peer, actor=HOUSE)
        assert not Told.objects.exists()
    assert "密钥" in page(peer).row.hindrance


@pytest.mark.django_db
def test_codes_are_published_by_versions_and_told_again(
    station: UUID,
    system: platforms.Platform,  # noqa: F811
) -> None:
    peer = register(system.url)
    subscribe(peer, FIELDS)
    push(peer)
    missing = page(peer).unmapped
    assert [(one.kind, one.name) for one in missing] == [
        ("level", "公共法律服务工作站"), ("town", "石浦镇"),
    ]  # fmt: skip
    with acting(CHIEF):
        text = peer_pages.codes_asked(CHIEF, peer).text
        assert f"乡镇（街道）,{SHIPU}," in text
        text = text.replace(f"{SHIPU},", f"{SHIPU},T-101")
        assert actions.publish_codes(peer_id=peer, text=text, actor=CHIEF) == 1
        with pytest.raises(BadInput):
            actions.publish_codes(peer_id=peer, text=text, actor=CHIEF)
        with pytest.raises(BadInput):
            actions.publish_codes(peer_id=peer, text="乱写", actor=CHIEF)
    assert push(peer) == 1
    last = system.told()[-1]["data"]
    assert (last["codes_version"], last["changes"][0]["fields"]) == (1, ["town_code"])
    assert last["changes"][0]["codes"] == {"level": None, "town_code": "T-101"}
    assert [one["kind"] for one in last["unmapped"]] == ["level"]
    with acting(CHIEF):
        assert CodeTable.objects.update(rows=[]) == 0, "a published version is altered by nobody"


@pytest.mark.django_db
def test_security_registers_a_key_that_reads_layers_once(station: UUID) -> None:
    for wrong in (key("matters:open"), UUID(int=7)):
        with pytest.raises(BadInput):
            register(key_id=wrong)
    good = key()
    peer = register(key_id=good)
    with pytest.raises(Clash):
        register(key_id=good)
    told: dict[str, Any] = {"county": COUNTY, "name": "别的", "key_id": good}
    for actor in (CHIEF, OFFICER):
        with acting(actor), pytest.raises(NotAllowed):
            actions.register_peer(**told, actor=actor)
    with pytest.raises(NotAllowed):
        subscribe(peer, FIELDS, OFFICER)
    with acting(CHIEF), pytest.raises(BadInput):
        actions.subscribe(peer_id=peer, layer="towns", fields=["name"], actor=CHIEF)
    with acting(STRANGER), pytest.raises(NotFound):
        peer_pages.peer_page(STRANGER, peer)
    with acting(CHIEF), pytest.raises(NotAllowed):
        actions.push_changes(peer_id=peer, actor=CHIEF)


@pytest.mark.django_db
def test_what_was_told_is_written_by_the_house_alone(station: UUID) -> None:
    peer = register()
    push = Push(
        peer_id=peer, county_code=COUNTY, number=9, layer="stations", table_version=0, added=0,
        changed=0, removed=0, points=[], unmapped=[], made_at=NOON, fate="received",
    )  # fmt: skip
    with acting(CHIEF), pytest.raises(DatabaseError), transaction.atomic():
        push.save(force_insert=True)


@pytest.mark.django_db
def test_whoever_ended_is_told_nothing(
    station: UUID,
    system: platforms.Platform,  # noqa: F811
) -> None:
    peer = register(system.url)
    subscribe(peer, FIELDS)
    with acting(CHIEF):
        actions.ask_push(peer_id=peer, actor=CHIEF)
        actions.end_peer(peer_id=peer, reason="平台下线", actor=CHIEF)
        with pytest.raises(Clash):
            actions.ask_push(peer_id=peer, actor=CHIEF)
    assert push(peer) == 0
    with acting(HOUSE):
        assert peer_pages.peers_told() == []
