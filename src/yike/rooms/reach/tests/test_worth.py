"""按需配备: every score of the cases, line by line; the unknown is named, never zero."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from yike.rooms.reach.siting import worth

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "terminal_worth.yaml").read_text(encoding="utf-8")
)
MEASURES = [
    worth.Measure(
        key=one["key"], **{name: Decimal(one[name]) for name in ("weight", "low", "high")}
    )
    for one in CASES["办法"]
]
FOUND = {
    one.name: one
    for one in worth.ranked({case["名"]: case["值"] for case in CASES["例"]}, MEASURES)
}


def test_every_case_has_its_score_ground_and_what_is_lacking() -> None:
    for case in CASES["例"]:
        one = FOUND[case["名"]]
        assert one.score == (None if case["得"] is None else Decimal(str(case["得"]))), case["名"]
        assert one.ground == case["因"]
        assert list(one.lacking) == case.get("缺", [])
        assert one.partial == bool(one.lacking)
        assert len(one.lines) == len(MEASURES)


def test_the_order_is_by_score_and_the_unknown_stand_last_without_rank() -> None:
    assert list(FOUND) == CASES["次序"]
    assert [one.rank for one in FOUND.values()] == [1, 2, 3, 4, None]


def test_each_line_can_be_reckoned_again_by_hand() -> None:
    lines = FOUND["山村半远"].lines
    assert lines[1].words == "到最近站点 30 分钟（15 得 0，45 得满） → 0.5 × 权重 2 = 1"
    assert "不当作零" in FOUND["不知道老人，只按分钟"].lines[2].words
    assert "按满分" in FOUND["海岛无路可达，不知道人流量"].lines[1].words
