"""Time limits: from the written form to rows and words."""

from __future__ import annotations

import pytest

from yike.rooms.catalogue import shipped
from yike.rooms.catalogue.limits import Limit, read_limits

CASES = [
    ("受理决定:7:WD", Limit(step="受理决定", number=7, unit="WD"), "受理决定：7个工作日"),
    ("答复:0:I", Limit(step="答复", number=0, unit="I"), "答复：当场"),
    (
        "约期答复:5:WD(本地)",
        Limit(step="约期答复", number=5, unit="WD", local=True),
        "约期答复：5个工作日（本地规定）",
    ),
    (
        "调解:30:CD(本地,可约定延长)",
        Limit(step="调解", number=30, unit="CD", local=True, note="可约定延长"),
        "调解：30日（本地规定，可约定延长）",
    ),
    (
        "审核:5–15:WD",
        Limit(step="审核", number=5, number_until=15, unit="WD"),
        "审核：5～15个工作日",
    ),
    (
        "提出:6:M(2026-03-01前收到裁决)",
        Limit(step="提出", number=6, unit="M", note="2026-03-01前收到裁决"),
        "提出：6个月（2026-03-01前收到裁决）",
    ),
    (
        "每月次数:1次",
        Limit(step="每月次数", number=1, unit="X", counted="次"),
        "每月次数：1次",
    ),
    (
        "现场服务:月度4–8小时(本地)",
        Limit(
            step="现场服务（月度）", number=4, number_until=8, unit="X", counted="小时", local=True
        ),
        "现场服务（月度）：4～8小时（本地规定）",
    ),
    ("按约定", Limit(step="按约定"), "按约定"),
]


@pytest.mark.parametrize(("written", "limit", "said"), CASES)
def test_reads_and_says(written: str, limit: Limit, said: str) -> None:
    assert read_limits(written) == (limit,)
    assert limit.sentence == said


def test_every_shipped_limit_with_a_unit_is_understood() -> None:
    for item in shipped.read("service_items.json"):
        parts = [part for part in item["limits"].split(";") if part]
        read = read_limits(item["limits"])
        assert len(read) == len(parts)
        for part, limit in zip(parts, read, strict=True):
            assert (limit.unit == "T") == (not any(sign.isdigit() for sign in part)), part
            assert ":" not in limit.step
