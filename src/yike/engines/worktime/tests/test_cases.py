"""The cases that a lawyer reads: every YAML row is one reckoning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import yaml

from yike.engines.worktime import CIVIL, DayEnd, Pause, Term, Unit, due_of, from_plain, to_plain
from yike.engines.worktime.tests.scene import HERE, real

CASES: list[dict[str, Any]] = [
    case
    for file in sorted((HERE / "cases").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def instant(value: str | datetime) -> datetime:
    """YAML reads a full time as an instant, a shorter one as text."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return found.replace(tzinfo=CIVIL)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["例"])
def test_case(case: dict[str, Any]) -> None:
    extra = from_plain(
        {"week": {}, "closures": case.get("停班"), "openings": case.get("加开")}
    )  # fmt: skip
    calendar = replace(real(), closures=extra.closures, openings=extra.openings)
    amount, unit = case["期"].split()
    term = Term(int(amount), Unit(unit), DayEnd(case.get("止", "work")))
    pauses = [Pause(instant(a), instant(b)) for a, b in case.get("停", [])]
    due = due_of(calendar, term, instant(case["起"]), pauses)
    assert due.at == instant(case["到"])
    assert due.beyond_known == case.get("未定", False)
    rolled = due.rolled_from
    assert rolled == (date.fromisoformat(str(case["顺延自"])) if "顺延自" in case else None)
    assert from_plain(to_plain(calendar)) == calendar
