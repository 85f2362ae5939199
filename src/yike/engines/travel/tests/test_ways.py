"""What tags mean, by cases, and what a table of speeds refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from yike.engines.travel.arrays import MODES, Mode
from yike.engines.travel.errors import SpeedsError
from yike.engines.travel.speeds import DEFAULT, Profile, profile
from yike.engines.travel.ways import Way, delay, judged, limit_kmh, seconds_of

CASES = Path(__file__).with_name("cases")
WAYS = yaml.safe_load((CASES / "ways.yaml").read_text(encoding="utf-8"))
BARRIERS = yaml.safe_load((CASES / "barriers.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rules() -> dict[Mode, Profile]:
    return {mode: profile(mode) for mode in MODES}


@pytest.mark.parametrize("case", WAYS, ids=lambda case: case["name"])
@pytest.mark.parametrize("mode", MODES)
def test_a_way_means_what_the_case_says(
    case: dict[str, Any], mode: Mode, rules: dict[Mode, Profile]
) -> None:
    wanted, verdict = case[mode], judged(case["tags"], rules[mode])
    if wanted is False:
        assert isinstance(verdict, str)
    elif wanted == "ferry":
        assert isinstance(verdict, Way)
        assert (verdict.ferry, verdict.join, verdict.headway) == (True, False, 1800)
    else:
        assert isinstance(verdict, Way)
        assert [verdict.forward, verdict.backward] == pytest.approx(wanted, abs=1e-3)


@pytest.mark.parametrize("case", BARRIERS, ids=lambda case: case["name"])
@pytest.mark.parametrize("mode", MODES)
def test_a_node_delays_as_the_case_says(
    case: dict[str, Any], mode: Mode, rules: dict[Mode, Profile]
) -> None:
    seconds = delay(case["tags"], rules[mode])
    assert seconds == (None if case[mode] is False else case[mode])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:20", 1200),
        ("1:30", 5400),
        ("01:05:30", 3930),
        ("25", 1500),
        ("PT1H30M", 5400),
        ("PT45M", 2700),
        ("", 0),
        ("half an hour", 0),
    ],
)
def test_durations_in_every_spelling(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


def test_limits_that_state_no_number_are_none() -> None:
    assert [limit_kmh(text) for text in ("none", "CN:urban", "")] == [0, 0, 0]


def test_bridges_are_crossed_but_not_stepped_onto(rules: dict[Mode, Profile]) -> None:
    way = judged({"highway": "primary", "bridge": "yes"}, rules["walk"])
    assert isinstance(way, Way)
    assert not way.join


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cycle: 15,  car: 55,", "cycle: fast, car: 55,", "cycle 是“fast”"),
        ("cycle: 15,  car: 55,", "cycle: 15,  car: 550,", "0 到 200"),
        ("cycle: 15,  car: 55,", "cycle: 15,  car: 0,", "0 到 200"),
        ("roads:", "streets:", "缺少 roads"),
        ("class: path, ", "class: track, ", "track 写了两行"),
        ("why: 小路", "", "没有写理由"),
        ("walk: 0.9, cycle: 0.6", "walk: 9, cycle: 0.6", "系数应大于 0"),
        ("kmh: 20", "kmh: slow", "大于零的数字"),
        ("closed: [", "closed: {", "不是可读的 YAML"),
        ("walk:  {keys: [foot, access]}", "walk:  {}", "keys"),
    ],
)
def test_a_wrong_line_is_shown_to_the_office(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    assert old in text
    table = tmp_path / "ours.yaml"
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SpeedsError, match=said):
        _ = [profile(mode, table) for mode in MODES]
