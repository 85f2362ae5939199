"""Open now, until when, and when next: sentences a clerk can read, holidays considered."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from yike.rooms.places import hours, opening

CASES = yaml.safe_load(Path(__file__).with_name("opening.yaml").read_text(encoding="utf-8"))
_HOURS = {"office": hours.OFFICE, "always": hours.ALWAYS}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_place_says_how_it_stands(case: dict[str, Any]) -> None:
    told = case.get("hours", "office")
    kinds = case.get("kinds", {})

    def kind_of(day: date) -> Any:
        return kinds.get(day.isoformat(), case.get("all", "plain"))

    found = opening.opening(
        _HOURS[told] if isinstance(told, str) else told, case.get("rule", "closed"),
        datetime.fromisoformat(f"{case['at']}+08:00"), kind_of,
    )  # fmt: skip
    assert found.sentence == case["says"]
    assert found.open is case["says"].startswith("现在开着")
