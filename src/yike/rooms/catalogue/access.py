"""Who may alter what is offered: the house itself, and those who keep the registers."""

from __future__ import annotations

from yike.rooms.catalogue.models import Code, CodeList, Item
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.providers.access import REGISTRARS


def require_keeper(actor: Actor) -> None:
    """This will refuse NotAllowed whoever may not alter the catalogue."""
    if actor.kind != "system" and not (actor.kind == "staff" and actor.has(*REGISTRARS)):
        raise NotAllowed("只有登记管理人员可以修改事项目录", way_on="请联系县司法局登记管理人员。")


def item_for(actor: Actor, code: str) -> Item:
    """This will lock and return the current version of an item the actor may alter."""
    require_keeper(actor)
    # whoever holds the first version revises, the others wait their turn
    Item.objects.select_for_update().filter(code=code, version=1).first()
    found = Item.objects.filter(code=code, active_until__isnull=True).first()
    if found is None:
        raise NotFound("事项目录里没有这个事项")
    return found


def code_for(actor: Actor, list_key: str, code: str) -> tuple[CodeList, Code | None]:
    """This will lock a list and return it with the current version of one of its codes."""
    require_keeper(actor)
    list_ = CodeList.objects.select_for_update().filter(pk=list_key).first()
    if list_ is None:
        raise NotFound("没有这个代码表")
    return list_, Code.objects.filter(list=list_, code=code, active_until__isnull=True).first()
