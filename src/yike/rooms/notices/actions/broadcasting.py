"""One message to many institutions at once: a call to all hands, a storm warning."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.notices import events
from yike.rooms.notices.actions.telling import tell
from yike.rooms.notices.faces import Recipient
from yike.rooms.people import roles
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes
from yike.rooms.trail import actions as trail_actions

#: characters of a message
MOST = 500


@transaction.atomic
def broadcast(*, orgs: Sequence[UUID], words: str, region_code: str, actor: Actor) -> int:
    """This will tell institutions of the own region the same, in their inboxes; returns how many.

    Directors and dispatchers only. Refuses NotAllowed an institution of another region, BadInput
    without words or without anybody to tell.
    """
    if not actor.has(roles.DIRECTOR, roles.DISPATCHER):
        raise NotAllowed("只有局领导和派单员可以群发通知", way_on="请联系县中心。")
    said = clean.text(words, field="words", most=MOST, least=2)
    wanted = list(dict.fromkeys(orgs))
    if not wanted:
        raise BadInput("请选择至少一个单位。", field="orgs")
    where = providers_queries.regions_of(wanted)
    span = (actor.region_from, actor.region_until)
    if any(org not in where or not codes.within(where[org], span) for org in wanted):
        raise NotAllowed("有的单位不在您负责的区域里", way_on="请只选本辖区的单位。")
    mark = new_id()
    for org in wanted:
        tell(
            to=Recipient(org=org), template="house.broadcast",
            facts={"from_office": actor.label or "指挥中心", "words": said},
            about="broadcast", subject=str(mark), region_code=region_code,
            once=f"broadcast/{mark}/{org}", actor=actor,
        )  # fmt: skip
    told = events.NoticesBroadcast(count=len(wanted), words=said, region_code=region_code)
    trail_actions.record(told, actor=actor)
    return len(wanted)
