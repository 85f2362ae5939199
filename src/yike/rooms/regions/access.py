"""Who may add figures and outlines: the house, dispatchers and directors within their region."""

from __future__ import annotations

from collections.abc import Iterable

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.regions import codes

#: Roles that keep the registers; their names belong to a room above (people).
KEEPERS = ("dispatcher", "director")


def require_keeper(actor: Actor, wanted: Iterable[str]) -> None:
    """This will refuse NotAllowed whoever may not add to one of these units."""
    if actor.kind == "system":
        return
    if not (actor.kind == "staff" and actor.has(*KEEPERS)):
        raise NotAllowed("只有登记管理人员可以导入区划数据", way_on="请联系县司法局登记管理人员。")
    span = (actor.region_from, actor.region_until)
    if not all(codes.within(code, span) for code in wanted):
        raise NotAllowed("文件里有不在您管理的区划内的单位", way_on="请由当地的登记管理人员办理。")
