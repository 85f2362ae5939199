"""Makes the lines of lists: one query for the rows, a few for their names, a reason for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import codes, flow, names, timeline
from yike.rooms.matters.faces import WaitingRow
from yike.rooms.matters.models import Matter

#: what a line needs; long texts stay where they are
COLUMNS = (
    "id", "reference", "order_no", "title", "state", "turn", "urgency", "demand_type", "category",
    "region_code", "door", "channel", "opened_at", "due_at", "near_at", "warn_at", "broken",
    "holder_org", "holder_account", "level", "demo", "version", "unrouted", "returns", "reopened",
    "redos", "hurries", "parent",
)  # fmt: skip


def rows(found: Sequence[Matter], actor: Actor) -> tuple[WaitingRow, ...]:
    """This will return the lines of a list, in the order given."""
    orgs = names.orgs(one.holder_org for one in found)
    places = names.places({one.region_code for one in found})
    kinds = names.categories() if found else {}
    now = clock.now()
    return tuple(
        WaitingRow(
            matter_id=one.id,
            reference=one.reference,
            order_no=one.order_no or "",
            title=one.title,
            state=one.state,
            state_name=flow.STATES[one.state],
            urgency=one.urgency,
            urgency_name=codes.URGENCIES[one.urgency],
            demand_type_name=codes.DEMAND_TYPES[one.demand_type],
            category=one.category,
            category_name=kinds.get(one.category, one.category),
            region_code=one.region_code,
            region_name=places.get(one.region_code, one.region_code),
            door=one.door,
            channel_name=codes.CHANNELS[one.channel],
            opened_at=one.opened_at,
            due_at=one.due_at,
            late=late(one, now),
            soon=soon(one, now),
            alert=alert(one, now),
            turn=one.turn,
            holder_org=one.holder_org,
            holder_name=orgs.get(one.holder_org, ""),
            mine=one.holder_account is not None and one.holder_account == actor.account_id,
            level=one.level,
            level_name=codes.LEVELS[one.level],
            demo=one.demo,
            version=one.version,
            reason=reason(one, now),
        )
        for one in found
    )


def late(matter: Matter, now: datetime) -> bool:
    """This will say whether the promise was broken, or is now."""
    if matter.broken:
        return True
    running = matter.state in flow.RUNNING
    return running and matter.due_at is not None and matter.due_at < now


def soon(matter: Matter, now: datetime) -> bool:
    """This will say whether the promise will be broken soon: its warning has passed."""
    running = matter.state in flow.RUNNING
    warned = matter.warn_at is not None and matter.warn_at <= now
    return running and warned and not late(matter, now)


def alert(matter: Matter, now: datetime) -> str:
    """This will return the colour of a matter's promise; "" when none runs (codes.ALERTS)."""
    if matter.state not in flow.RUNNING:
        return "red" if matter.broken and matter.state in flow.OPEN else ""
    if late(matter, now):
        return "red"
    if soon(matter, now):
        return "orange"
    return "yellow" if matter.near_at is not None and matter.near_at <= now else "green"


def reason(matter: Matter, now: datetime) -> str:
    """This will say in one sentence why a matter stands where it stands."""
    if matter.state in flow.ENDED:
        return flow.STATES[matter.state]
    parts = [codes.URGENCIES[matter.urgency]] if matter.urgency else []
    if matter.state in flow.RUNNING and matter.due_at is not None:
        parts.append(_due(matter.due_at, now))
    parts += _because(matter)
    parts.append(flow.STATES[matter.state])
    return "，".join(parts)


def _because(matter: Matter) -> list[str]:
    """What else moves a matter up: nobody takes it, given back, hurried, to be done again."""
    parts = []
    if matter.unrouted and matter.state == flow.DISPATCH:
        parts.append("没有对应的承办单位")
    elif matter.returns and matter.state in (flow.DISPATCH, flow.RETURNING):
        parts.append(f"被退单{matter.returns}次")
    if matter.hurries and matter.state in flow.RUNNING:
        parts.append(f"催办{matter.hurries}次")
    if matter.redos and matter.state == flow.WORK:
        parts.append(f"第{matter.redos}次重办")
    if matter.parent_id:
        parts.append("子工单")
    return parts


def _due(due: datetime, now: datetime) -> str:
    if due < now:
        return f"已超期{_length(now - due)}"
    if due - now < timedelta(hours=24):
        return f"还剩{_length(due - now)}"
    return f"{timeline.said(due)}前办结"


def _length(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes >= 1440:
        return f"{minutes // 1440}天{minutes % 1440 // 60}小时"
    return f"{minutes // 60}小时{minutes % 60}分" if minutes >= 60 else f"{minutes}分钟"
