"""Links, people and to-dos for the tests of deliveries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from yike.rooms.core import actor as actors
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions, link_kinds, outbox, queries
from yike.rooms.notices.faces import DeliveryFace, LinkFace, Recipient
from yike.rooms.notices.models import Delivery, Notice
from yike.rooms.notices.tests import platform as platforms
from yike.rooms.people.models import Account, Grant

HOUSE = actors.system("test")
SECURITY = Actor(
    kind="staff", ref="00000000-0000-7000-8000-0000000000f1", roles=frozenset({"admin_security"})
)
CLERK = Actor(kind="staff", ref="00000000-0000-7000-8000-0000000000f2", roles=frozenset({"clerk"}))
COUNTY, TOWN, ELSEWHERE = "330225000000", "330225101000", "330226101000"
ORG = UUID("00000000-0000-7000-8000-0000000000aa")
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def register(system: platforms.Platform, actor: Actor = SECURITY, **told: Any) -> Any:
    usual: dict[str, Any] = {
        "name": "县局办公系统", "url": system.url, "region_code": COUNTY,
        "events_wanted": list(link_kinds.EVENTS), "roles_wanted": ["dispatcher", "officer"],
    }  # fmt: skip
    with acting(actor):
        return actions.make_link(**usual | told, actor=actor)


def person(*held: str, name: str, org: UUID | None = ORG) -> UUID:
    with acting(HOUSE):
        made = Account(username=name, display_name=name, active=True, created_at=NOON)
        Account.objects.bulk_create([made])
        Grant.objects.bulk_create(
            Grant(account=made, role=role, org=org, region_code=COUNTY, active_from=NOON,
                  granted_by="test")
            for role in held
        )  # fmt: skip
    return UUID(str(made.pk))


def tell(template: str = "matter.arrived", once: str = "m1/1/o", **to: Any) -> None:
    region = to.pop("region", TOWN)
    facts = {
        "reference": "261120-7KQ4M3X9", "order_no": "3302252611200001", "category": "劳动",
        "due": "11月23日17:00", "due_at": "2026-11-23T17:00+08:00", "person": "陈阿海",
        "reason": "电话 13857412345", "from_office": "石浦司法所", "rung": to.pop("rung", ""),
    }  # fmt: skip
    with acting(HOUSE):
        actions.tell(
            to=Recipient(**to or {"org": ORG}), template=template, facts=facts, about="matter",
            subject="m1", region_code=region, once=once, actor=HOUSE,
        )  # fmt: skip


def relayed() -> int:
    """Does what the jobs do."""
    with acting(HOUSE):
        ids = list(Notice.objects.order_by("id").values_list("id", flat=True))
        made = sum(actions.relay(notice_id=one, actor=HOUSE) for one in ids)
    outbox.hand_over_all()
    return made


def rows() -> list[Delivery]:
    with acting(HOUSE):
        return list(Delivery.objects.order_by("id"))


def seen(made: Any) -> tuple[LinkFace, tuple[DeliveryFace, ...]]:
    with acting(SECURITY):
        page = queries.link_page(made.id, actor=SECURITY)
    return page.link, page.deliveries
