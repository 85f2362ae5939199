"""法务地图: the order of points, what a wish leaves out, and the sentence read aloud."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from yike.rooms.core import clock
from yike.rooms.core.refs import new_id
from yike.rooms.duty.faces import BoardPerson, BoardRow
from yike.rooms.matters.guide import Spot, Stands, Way, cut_off, heading, rules, spots
from yike.rooms.places.opening import Opening
from yike.rooms.reach import queries as reach_queries

NINE = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
OPEN = Opening(at=NINE, known=True, open=True, until=NINE + timedelta(hours=3))
SHUT = Opening(at=NINE, known=True, open=False, again=NINE + timedelta(days=1))


def spot(name: str, **facts: Any) -> Spot:
    """A station a kilometre away, open, of which nothing else is known."""
    told: dict[str, Any] = {
        "sort": "station", "kind_name": "公共法律服务工作站", "region_code": "330225101000",
        "where": "石浦镇某路1号", "phone": "0574-1", "point": (121.9, 29.2), "exact": True,
        "published": True, "free": True, "opening": OPEN, "hours": "周一至周五", "gives": {},
        "km": 1.0,
    }  # fmt: skip
    return Spot(id=new_id(), name=name, **(told | facts))


def walk(minutes: int, mode: str = "walk", ferry: str = "") -> Way:
    return Way(mode=mode, minutes=minutes, ferry=ferry)


ORDERS = {
    "the nearer line": ([spot("远", km=2.0), spot("近", km=0.5)], ["近", "远"]),
    "minutes beat a short line across water": (
        [spot("对岸", km=1.0, ways=(walk(50),)), spot("同岸", km=3.0, ways=(walk(35),))],
        ["同岸", "对岸"],
    ),
    "the fastest way counts": (
        [spot("走", ways=(walk(20),)), spot("骑", ways=(walk(40), walk(8, "cycle")))],
        ["骑", "走"],
    ),
    "open before shut at one distance": (
        [spot("关", opening=SHUT), spot("开")], ["开", "关"],
    ),
    "unknown places last": ([spot("不知道", km=None), spot("很远", km=80.0)], ["很远", "不知道"]),
    "a sign after a station": ([spot("牌", sort="sign", opening=None), spot("站", opening=SHUT)],
                               ["站", "牌"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDERS)
def test_points_are_told_in_order(name: str) -> None:
    given, wanted = ORDERS[name]
    assert [one.name for one in rules.ranked(given)] == wanted
    assert [one.name for one in rules.ranked(reversed(given))] == wanted


def test_a_wish_leaves_out_what_does_not_answer_it() -> None:
    notary = spot("公证处", sort="house", kind="02", opening=None, free=False)
    leads = spot("站", gives={"S03": "指引"})
    other, shut = (
        spot("别的", gives={"S06": "直接提供"}),
        spot("关", gives={"S03": "指引"}, opening=SHUT),
    )
    every = [notary, leads, other, shut]
    assert rules.chosen(every) == every
    assert rules.chosen(every, need="02") == [notary, leads, shut]
    assert rules.chosen(every, need="02", open_only=True) == [leads], "no hours is not open"
    assert rules.chosen(every, need="02", free_only=True) == [leads, shut]
    assert rules.chosen(every, service="S03") == [notary, leads, shut]


def test_who_meets_a_need_is_told_before_who_leads_there() -> None:
    near = [spot(f"站{n}", gives={"S03": "指引"}) for n in range(12)]
    far = [spot("公证处", sort="house", kind="02", km=40.0)]
    found = rules.listed([*near, *far], "02", 10)
    assert [one.name for one in found][:2] == ["公证处", "站0"]
    assert len(found) == 10
    assert rules.listed([*near, *far], "", 10) == near[:10]


def test_a_distance_says_what_it_is() -> None:
    assert rules.far(spot("a", km=0.434)) == "直线距离约 430 米（不是路程）"
    assert rules.far(spot("a", km=0.0)) == "直线距离不到 50 米"
    assert rules.far(spot("a", km=12.34)) == "直线距离约 12.3 公里（不是路程）"
    assert "按所在地中心点算" in rules.far(spot("a", exact=False))
    assert rules.far(spot("a", km=None)) == ""
    both = spot("a", ways=(walk(12), walk(75, "car", "下一班渡船 10:30")))
    assert rules.far(both) == "走路约 12 分钟，开车约 1 小时 15 分钟（下一班渡船 10:30）"


def test_minutes_from_a_town_that_stands_in_for_an_island_say_so() -> None:
    told = spot("石浦工作站", ways=(walk(1), walk(1, "car")), stand_in="石浦镇")
    assert rules.far(told) == "从石浦镇中心走路约 1 分钟，开车约 1 分钟"
    line = spot("鹤浦工作站", km=6.9, stand_in="石浦镇")
    assert rules.far(line) == "从石浦镇中心直线距离约 6.9 公里（不是路程）"
    aloud = rules.read_aloud(told)
    assert "从石浦镇中心走路约 1 分钟，开车约 1 分钟，从您那里到石浦镇的路没有算在内；" in aloud


def test_a_station_beyond_the_last_boat_is_told_so_and_comes_after_the_near_ones() -> None:
    gone = "现在没有船或车过去，最早是石浦码头 明天 07:00 的渡船"
    across = spot("对岸", km=0.8, cut=gone)
    assert rules.far(across) == f"{gone}；直线距离约 800 米（不是路程）"
    assert gone in rules.read_aloud(across)
    assert [one.name for one in rules.ranked([across, spot("岛上", km=3.0)])] == ["岛上", "对岸"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "现在没有船或车过去，最早是B 17:00 的渡船"),
        (1, "现在没有船或车过去，最早是B 明天 17:00 的渡船"),
        (2, "现在没有船或车过去，最早是B 11月25日 17:00 的渡船"),
        (None, "六小时之内没有路可以到"),
    ],
)
def test_who_cannot_get_there_now_hears_of_the_next_boat(days: int | None, said: str) -> None:
    boat = None if days is None else reach_queries.Sailing(
        line="1", ferry=True, quay="B", walk_minutes=3, alight="A", arrives_at=None,
        leaves_at=NINE + timedelta(days=days, hours=8),
    )  # fmt: skip
    told: dict[str, Any] = {"station_id": new_id(), "name": "对岸", "metres": 800, "ways": ()}
    with clock.at(NINE):
        assert cut_off(reach_queries.Trip(**told, why=reach_queries.NO_WAY, later=boat)) == said
        assert cut_off(reach_queries.Trip(**told, why="这里附近没有登记的路。")) == ""


def test_who_stands_twice_a_day_is_named_once() -> None:
    def person(name: str, hours: str, part: str = "main") -> BoardPerson:
        return BoardPerson(
            shift_id=new_id(), name=name, part=part, part_name="", hours=hours, now=False,
            from_at=NINE, until_at=NINE,
        )  # fmt: skip

    people = (
        person("林一", "08:30-12:00"), person("王二", "08:30-12:00"), person("林一", "14:00-17:30"),
        person("备班", "08:30-12:00", "backup"),
    )  # fmt: skip
    row = BoardRow(
        post_id=new_id(), post_name="窗口", kind="", kind_name="", line="", place_id=None,
        institution_name="", region_code="", services=(), service_names=(), phone="",
        people=people, gap=False, unverified=False,
    )  # fmt: skip
    assert spots._stands(row).people == ("林一 08:30-12:00 和 14:00-17:30", "王二 08:30-12:00")


def test_when_all_is_shut_the_first_door_to_open_is_named() -> None:
    later = Opening(at=NINE, known=True, open=False, again=NINE + timedelta(days=2))
    never = Opening(at=NINE, known=True, open=False, again=None)
    near = [spot("后天", opening=later), spot("不开", opening=never), spot("牌", opening=None)]
    first, second = spot("明天", opening=SHUT), spot("明天，远些", opening=SHUT)
    found = rules.first_to_open([*near, first, second])
    assert found is first
    assert rules.first_to_open([*near, first, spot("开着")]) is None
    assert rules.first_to_open([spot("不开", opening=never)]) is None
    assert SHUT.opens == "明天 09:00"


def test_the_clerk_reads_it_in_one_breath() -> None:
    stands = Stands(post_name="窗口", people=("林一 08:30-12:00",), now=True, gap=False)
    told = spot("石浦工作站", ways=(walk(12),), stands=(stands,))
    assert rules.read_aloud(told, need_name="办公证", bring=("身份证件", "委托书")) == (
        "您要办公证，可以去石浦工作站，在石浦镇某路1号；走路约 12 分钟；现在开着，到 12:00；"
        "今天值班的是林一 08:30-12:00；电话 0574-1；请带上身份证件、委托书。"
    )
    silent = spot("公证处", opening=None, hours="", phone="", km=None)
    assert rules.read_aloud(silent).endswith("没有登记电话，可以再打 12348。")


@pytest.mark.parametrize(
    ("to", "facing", "words", "turn"),
    [
        ((0.0, 0.01), "", "向北 约 1.1 公里", None),
        ((0.003, 0.0), "", "向东 约 330 米", None),
        ((0.0, 0.01), "s", "往前 约 1.1 公里（北边）", 0),
        ((0.0, 0.01), "n", "往回 约 1.1 公里（北边）", 180),
        ((0.01, 0.0), "s", "往右 约 1.1 公里（东边）", 90),
        ((0.01, 0.0), "n", "往左 约 1.1 公里（东边）", 270),
        ((0.01, 0.01), "s", "往右前方 约 1.6 公里（东北边）", 45),
        ((0.01, 0.0), "inside", "向东 约 1.1 公里", None),
    ],
)
def test_a_sign_points_for_whoever_reads_it(
    to: tuple[float, float], facing: str, words: str, turn: int | None
) -> None:
    found = heading((0.0, 0.0), to, facing)
    assert found is not None
    assert (found.words, found.turn) == (words, turn)
    assert heading(to, to, facing) is None, "it stands there"
