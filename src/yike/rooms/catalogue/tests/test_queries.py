"""Reading the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from yike.rooms.catalogue import queries, reference
from yike.rooms.catalogue.suggesting import plain
from yike.rooms.catalogue.tests.makers import shelves
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.guard.acting import acting
from yike.rooms.places import kinds as place_kinds
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.regions.tests.makers import GUEST, HOUSE

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parent / "cases" / "items.yaml"


def test_everything_that_ships_is_there_once() -> None:
    with shelves():
        assert len(queries.items()) == 110
        assert len(queries.legal_matters()) == 47
        lists = {row.key: row for row in queries.code_lists()}
        assert len(lists) == len(reference.LISTS) == 21
        assert lists["gb_codes"].count == 22
        assert lists["order_transition"].count == 25
        assert reference.load_reference(actor=HOUSE) == 0


def test_lists_say_whether_somebody_confirmed_them() -> None:
    with shelves(), acting(GUEST):
        lists = {row.key: row for row in queries.code_lists()}
        assert not lists["id_type"].verified
        assert "省平台" in lists["id_type"].note
        assert lists["sex"].verified
        assert queries.code_name("order_state", "60") == "已办结"
        standard = {row.code: row for row in queries.codes_of("gb_codes")}["GB 32100-2015"]
        assert standard.note == "18位,MOD 31,无IOSVZ"
        radius = {row.code: row.extra for row in queries.codes_of("circle_mode")}
        assert radius["urban_walk"] == {"radius_km": 1.2}


def test_the_words_of_the_rooms_below_are_those_of_the_lists() -> None:
    with shelves(), acting(GUEST):
        for key, words in (
            ("resource_kind", provider_kinds.RESOURCE_KINDS),
            ("service_supply", provider_kinds.SERVICES),
        ):
            listed = {row.code: row.name for row in queries.codes_of(key)}
            assert {code: plain(name) for code, name in listed.items()} == {
                code: plain(name) for code, name in words.items()
            }
        levels = {row.code for row in queries.codes_of("station_level")}
        assert {str(level) for level in place_kinds.LEVELS} == levels - {"1"}


def test_items_by_kind_and_mode() -> None:
    with shelves(), acting(GUEST):
        assert len(queries.items(kind="公证")) == 18
        assert len(queries.items(mode="一件事")) == 11
        assert {row.mode for row in queries.items(kind="公证", mode="查询")} == {"查询"}


def test_a_guide_says_everything_and_marks_what_is_not_confirmed() -> None:
    with shelves(), acting(GUEST):
        known = queries.item_guide("PLS-YZ001")
        assert "身份证件" in known.materials
        assert known.limit_sentences == ("审查决定：7日", "指派：3日")
        assert known.unverified_note == ""
        assert queries.item_guide("PLS-LS001").unverified_note
        assert queries.item_guide("PLS-LS001").materials == ()
        with pytest.raises(NotFound):
            queries.item_guide("PLS-XX000")


def test_an_item_checks_its_own_answers() -> None:
    with shelves(), acting(GUEST):
        good = {"owed": "32000", "employer": "王老板", "site": "石浦渔港路"}
        assert queries.check_form("PLS-YS006", good)["owed"] == "32000"
        with pytest.raises(BadInput) as refused:
            queries.check_form("PLS-YS006", good | {"owed": "三万"})
        assert refused.value.field == "owed"
        assert queries.check_form("PLS-LS002", {"x": "y"}) == {}


def test_suggested_matters_give_names_and_reasons() -> None:
    with shelves(), acting(GUEST):
        [first, *_] = queries.suggest_matters("两条渔船在渔山岛外面碰撞，网具没了")
        assert (first.code, first.name) == ("E04", "海洋渔业")
        assert "渔船" in first.reason
        [other] = queries.suggest_matters("😀")
        assert (other.code, other.reason) == ("Z99", "没有识别出关键词")


def test_suggested_items_hold_the_right_one_among_three() -> None:
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    with shelves(), acting(GUEST):
        missed = [
            (case["says"], codes)
            for case in cases
            if case["item"]
            not in (
                codes := [
                    one.item.code
                    for one in queries.suggest_items(case["says"], case["matter"], limit=3)
                ]
            )
        ]
    assert len(missed) <= len(cases) * 0.1, missed


def test_asking_is_always_possible() -> None:
    with shelves(), acting(GUEST):
        assert queries.suggest_items("", "")[0].item.code == queries.ASK
        assert queries.suggest_items("", "")[0].reason == "任何问题都可以先咨询"
        assert len(queries.suggest_items("讨薪", "B03", limit=2)) == 2
