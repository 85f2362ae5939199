"""What somebody looked at before correcting it: two who edit one entry never undo each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from yike.rooms.core.refusal import Clash


def mark(facts: Mapping[str, object]) -> str:
    """This will return a short mark of facts as they stand; others give another mark."""
    told = json.dumps(dict(facts), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def still(facts: Mapping[str, object], seen: str) -> None:
    """This will refuse Clash when the facts are not those that were seen; "" saw none."""
    if seen and seen != mark(facts):
        raise Clash(
            "您打开以后，有人改过这条信息",
            way_on="请看看现在登记的内容，改好以后再保存一次，就以您填写的为准。",
        )
