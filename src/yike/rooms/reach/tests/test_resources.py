"""What speaks for more where, and how many are there in a season: every case by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from yike.rooms.reach.siting import resources, seasonal

HERE = Path(__file__).parent / "cases"
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "resources.yaml").read_text(encoding="utf-8"))
SEASONS: list[dict[str, Any]] = yaml.safe_load((HERE / "seasons.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[one["名"] for one in CASES])
def test_each_suggestion_names_its_numbers(case: dict[str, Any]) -> None:
    towns = [resources.Town(**one) for one in case["镇"]]
    found = resources.suggestions(towns, minutes=15, below=50)
    assert [[one.town, one.what, one.why] for one in found] == case["得"]


@pytest.mark.parametrize("case", SEASONS, ids=[one["名"] for one in SEASONS])
def test_each_village_has_the_people_of_the_season(case: dict[str, Any]) -> None:
    villages = ["330225103211", "330225103212"]
    seasons = [(one["系数"], one["天"]) for one in case["季"]]
    assert seasonal.factors(villages, seasons) == case["得"]
