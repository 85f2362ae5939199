"""What else is near in the play: circuits, proxies, items of halls, signs, elements, visitors.

Examples all of them, and they say so: which hall gives what, who comes when, is the office's own.
"""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID

from yike.demo import cast, stage
from yike.rooms.catalogue import actions as catalogue_actions
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.duty import actions as duty_actions
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.actions import StopTold
from yike.rooms.duty.circuits import Rule
from yike.rooms.places import actions as places_actions
from yike.rooms.places import halls as place_halls
from yike.rooms.places import queries as places_queries
from yike.rooms.places import upkeep
from yike.rooms.providers import actions as providers_actions
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import queries as regions_queries

EXAMPLE = "演示"
_PHONE = "0574-00000012"
#: name, player who goes, how often, weekday, (village, station there or "", from hour)
_CIRCUITS = (
    ("石浦片区巡回（演示）", "lvshi", "week", 2,
     (("330225101004", "pt-330225101004", 9), ("330225101008", "pt-330225101008", 14))),
    ("涂茨、茅洋片区巡回（演示）", "lvshi2", "two_weeks", 4,
     (("330225108220", "", 9), ("330225203218", "", 14))),
)  # fmt: skip
#: kind, village, name, unit, services
_PROXIES = (
    ("point", "330225101004", "便民代办点（演示）", "石浦镇便民服务中心", ("S03", "S06", "S08")),
    ("point", "330225108220", "村级代办点（演示）", "涂茨镇便民服务中心", ("S06", "S07", "S08")),
    ("grid", "330225203218", "网格员陈海波（演示）", "茅洋乡综合治理中心", ("S07", "S08")),
)
#: halls by town ("" the county's), kind of items, status, window
_ITEMS = (
    ("", "公证", "offered", "1号窗口（演示）"),
    ("", "法律援助", "offered", "2号窗口（演示）"),
    ("", "行政复议", "offered", "3号窗口（演示）"),
    ("", "司法鉴定", "guided", ""),
    (cast.SHIPU, "调解", "offered", "综合窗口（演示）"),
    (cast.SHIPU, "法律援助", "guided", ""),
    ("330225109000", "法律援助", "guided", ""),
)
#: towns with a sign of the third class, and stations that are more than a station
_GUIDES = ("330225101000", "330225109000", "330225200000")
_ELEMENTS = (("st-shipu", ("culture", "observe")), ("st-daxu", ("culture",)))
_VISITORS = (("st-shipu", 46), ("st-daxu", 21), ("st-dongchen", 17))


def everything(*, actor: Actor) -> None:
    """This will furnish all of it; does nothing the second time."""
    if duty_queries.next_visits(cast.COUNTY):
        return
    accounts = stage.accounts(actor)
    for name, player, every, weekday, stops in _CIRCUITS:
        _go_round(name, accounts[player], every, weekday, stops, actor)
    for kind, village, name, unit, services in _PROXIES:
        providers_actions.register_proxy(
            kind=kind, village_code=village, name=name, unit=unit, services=services,
            where="村（居）委会一楼（演示）", hours="工作日 8:30-11:30（演示）", phone=_PHONE,
            demo=True, actor=actor,
        )  # fmt: skip
    _offer(actor)
    _guide(actor)
    _gather(actor)


def _go_round(
    name: str, account: UUID, every: str, weekday: int, stops: tuple[tuple[str, str, int], ...],
    actor: Actor,
) -> None:  # fmt: skip
    person = providers_queries.practitioner_of_account(account)
    assert person is not None
    begins = clock.today() - timedelta(days=clock.today().weekday())
    duty_actions.set_circuit(
        name=name, county=cast.COUNTY, institution_id=person.institution_id,
        practitioner_id=person.id, services=("S01", "S07", "S09"), phone=_PHONE,
        rule=Rule(every=every, begins=begins, weekdays=(weekday,)),
        stops=[_stop(*one) for one in stops], demo=True, actor=actor,
    )  # fmt: skip


def _stop(village: str, station: str, hour: int) -> StopTold:
    place = places_queries.station_by_code(stage.code(station)) if station else None
    return StopTold(
        region_code=village, where="村（居）委会（演示）", place_id=place.id if place else None,
        arrives=time(hour), leaves=time(hour + 2),
    )  # fmt: skip


def _offer(actor: Actor) -> None:
    halls = {row.town_code: row.id for row in reversed(place_halls.halls_in(cast.COUNTY))}
    for town, kind, status, window in _ITEMS:
        items = [row.code for row in catalogue_queries.items(kind=kind)]
        catalogue_actions.tell_hall_items(
            site_id=halls[town], item_codes=items, status=status, window=window, note=EXAMPLE,
            actor=actor,
        )  # fmt: skip


def _guide(actor: Actor) -> None:
    """Without a photo none of them is on the map yet: that is the next thing to do."""
    for code in _GUIDES:
        town = regions_queries.region(code)
        places_actions.register_facility(
            facility="sign",
            code=stage.code(f"guide-{code}"), name=f"{town.name}便民服务中心指引牌（演示）",
            kind=upkeep.SIGN_KINDS["guide"], region_code=code, demo=True, actor=actor,
        )  # fmt: skip


def _gather(actor: Actor) -> None:
    """Elements of a few stations, and visitors of the last two weeks."""
    today = clock.today()
    for key, kinds in _ELEMENTS:
        for kind in kinds:
            places_actions.tell_element(
                host="station", place_id=_station(key), kind=kind, unit="司法所（演示）",
                since=today - timedelta(days=200), evidence=EXAMPLE, actor=actor,
            )  # fmt: skip
    for key, visitors in _VISITORS:
        for weeks in (2, 1):
            places_actions.count_visitors(
                station_id=_station(key), from_on=today - timedelta(days=7 * weeks),
                last_on=today - timedelta(days=7 * weeks - 6), visitors=visitors + weeks,
                how="book", words=EXAMPLE, actor=actor,
            )  # fmt: skip
    for key in ("st-shipu", "st-daxu"):
        places_actions.set_basic_way(
            station_id=_station(key), basic="search", way="direct", how="大厅终端自助查（演示）",
            actor=actor,
        )  # fmt: skip


def _station(key: str) -> UUID:
    found = places_queries.station_by_code(stage.code(key))
    assert found is not None
    return found.id
