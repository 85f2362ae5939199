"""Sending on: accepted, dispatched, given back and reviewed, reassigned, taken over."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.matters import candidates, custody, events, flow, handlers, names, routes
from yike.rooms.matters import deed as deeds
from yike.rooms.matters.demand import POINTS_MOST
from yike.rooms.matters.models import Matter, Point, Return, RouteSuggestion
from yike.rooms.people import roles


@transaction.atomic
def accept(*, reference: str, points: Sequence[str] = (), actor: Actor, seen: str = "") -> None:
    """This will accept the demand with its points (受理) and send it to whom the table names.

    `points`: the questions as the clerk corrected them; empty leaves those told. Nobody
    responsible: it waits to be dispatched by the county.
    """
    deed = deeds.begin("accept", reference=reference, actor=actor, seen=seen,
                       told={"points": list(points)})  # fmt: skip
    count = _set_points(deed, points)
    matter = deed.matter
    found = routes.find(
        region_code=matter.region_code, category=matter.category, item_code=matter.item_code,
        region_name=names.places([matter.region_code]).get(matter.region_code, ""), kind_name="",
    )  # fmt: skip
    if found.unrouted:
        deed.row = flow.row_of("accept_pooled")
    deed.change(why_routed=found.why, unrouted=found.unrouted)
    moved = deeds.move(deed, found.org, how="accepted", reason=found.why)
    deeds.settle(deed)
    event = events.MatterAccepted(
        **deed.about, org=found.org, org_name=found.name, points=count, seq=moved["seq"]
    )
    deeds.done(deed, event)


@transaction.atomic
def dispatch(*, reference: str, to_org: UUID, reason: str, actor: Actor, seen: str = "") -> None:
    """This will send it to an office (派单); of one given back, this agrees to the giving back.

    Refuses an office that takes no orders or has nobody to take them; a second giving back is the
    county's to decide.
    """
    deed = deeds.begin("dispatch", reference=reference, actor=actor, seen=seen)
    why, left = deeds.reason(reason), deeds.holder(deed)
    handlers.must_take(to_org, holder=left, near=left)
    _decided(deed, "sent_on", to_org, why)
    moved = deeds.move(deed, to_org, how="dispatched", reason=why)
    deeds.settle(deed)
    event = events.MatterTransferred(
        **deed.about, **moved, way="dispatch", way_name=handlers.WAYS["dispatch"]
    )
    deeds.done(deed, event)


@transaction.atomic
def give_back(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will give it back with a reason (退单), to be reviewed by who sent it.

    The second time the county pool decides (decide_dispute); a third is refused. Refuses after one
    working day. The promise to the citizen is untouched.
    """
    deed = deeds.begin("give_back", reference=reference, actor=actor, seen=seen)
    matter, why = deed.matter, deeds.reason(reason)
    left, again = deeds.holder(deed), matter.returns > 0
    to = _reviewer(matter, again=again)
    if to == left and not again:
        raise NotAllowed("您就是派单单位，不能退单给自己", way_on="请直接转办给合适的单位。")
    Return.objects.bulk_create(
        [
            Return(
                id=new_id(), matter=matter, no=matter.returns + 1, from_org=left,
                by=actor.account_id, at=deed.now, reason=why, reviewer_org=to,
            )
        ]
    )  # fmt: skip
    moved = deeds.move(deed, to, how="returned", reason=why)
    deed.change(returns=matter.returns + 1)
    deeds.settle(deed)
    kind = events.ReturnDisputed if again else events.MatterGivenBack
    deeds.done(deed, kind(**deed.about, **moved))


@transaction.atomic
def refuse_return(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will refuse a giving back (驳回退单): the office that gave it back carries on."""
    deed = deeds.begin("refuse_return", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    to = _open_return(deed.matter).from_org
    handlers.must_take(to, holder=None)
    _decided(deed, "refused", to, why)
    moved = deeds.move(deed, to, how="refused", reason=why)
    deeds.settle(deed)
    deeds.done(deed, events.ReturnRefused(**deed.about, **moved))


@transaction.atomic
def decide_dispute(
    *, reference: str, to_org: UUID, reason: str, actor: Actor, seen: str = ""
) -> UUID:
    """This will decide who carries a matter given back twice (裁定); nobody gives it back again.

    It suggests a line for the routing table; returns the suggestion's id.
    """
    deed = deeds.begin("decide_dispute", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    handlers.must_take(to_org, holder=None, near=deeds.holder(deed))
    _decided(deed, "bound", to_org, why)
    moved = deeds.move(deed, to_org, how="decided", reason=why)
    suggestion = _suggest(deed, to_org, why)
    deeds.settle(deed)
    deeds.done(deed, events.DisputeDecided(**deed.about, **moved, suggestion_id=suggestion))
    return suggestion


@transaction.atomic
def reassign(
    *, reference: str, to_org: UUID, reason: str, account_id: UUID | None = None, actor: Actor,
    seen: str = "",
) -> None:  # fmt: skip
    """This will give it to another office, or another person of an office (改派), with a reason.

    Refuses the same office without a person, and somebody who does not serve there.
    """
    deed = deeds.begin("reassign", reference=reference, actor=actor, seen=seen,
                       told={"account_id": account_id})  # fmt: skip
    why, left = deeds.reason(reason), deeds.holder(deed)
    target = handlers.must_take(to_org, holder=None if account_id else left, near=left)
    if account_id is not None and (to_org, account_id) not in candidates.serving([to_org]):
        raise BadInput(f"只能指定{target.name}在岗的人员", field="account_id")
    if account_id is not None:
        candidates.must_be_free(deed.matter, account_id)
    moved = deeds.move(deed, to_org, how="reassigned", reason=why, account=account_id)
    deeds.settle(deed)
    deeds.done(deed, events.MatterReassigned(**deed.about, **moved, account=account_id))


@transaction.atomic
def take_over(*, reference: str, reason: str, actor: Actor, seen: str = "") -> None:
    """This will take it over into the actor's own office (接管): it is in hand there at once.

    Refuses when the actor's office takes no orders or has nobody to take them.
    """
    deed = deeds.begin("take_over", reference=reference, actor=actor, seen=seen)
    why = deeds.reason(reason)
    if actor.org_id is None:
        raise NotAllowed("您不在任何承办单位，不能接管", way_on="请用“改派”交给合适的单位。")
    handlers.must_take(actor.org_id, holder=deeds.holder(deed))
    account = actor.account_id if actor.roles & roles.TAKES_ORDERS else None
    _decided(deed, "sent_on", actor.org_id, why)
    moved = deeds.move(deed, actor.org_id, how="taken", reason=why, account=account)
    custody.sign(deed.matter, account=account, now=deed.now)
    deed.change(signed_at=deed.matter.signed_at or deed.now)
    deeds.settle(deed)
    deeds.done(deed, events.MatterTakenOver(**deed.about, **moved))


def _set_points(deed: deeds.Deed, points: Sequence[str]) -> int:
    """Writes the questions as corrected; returns how many there are."""
    said = [deeds.words(one, name="points", most=500, least=0) for one in points]
    said = [one for one in said if one]
    rows = Point.objects.filter(matter=deed.matter.id)
    if not said:
        return rows.count()
    if len(said) > POINTS_MOST:
        raise BadInput(f"诉求点最多 {POINTS_MOST} 个", field="points")
    rows.delete()
    Point.objects.bulk_create(
        [Point(matter=deed.matter, no=no, words=one) for no, one in enumerate(said, 1)]
    )
    return len(said)


def _reviewer(matter: Matter, *, again: bool) -> UUID:
    """Who looks at a giving back: who leads, who sent it; the second time the county pool."""
    if matter.parent_id is not None:
        # a practitioner who has the part may not see the whole: then who gave the part out
        lead = Matter.objects.filter(id=matter.parent_id).values_list("holder_org", flat=True)
        return lead.first() or matter.first_org or routes.pool_of(matter.region_code).id
    before = None if again else custody.previous_org(matter)
    return before or routes.pool_of(matter.region_code).id


def _open_return(matter: Matter) -> Return:
    return Return.objects.get(matter=matter.id, no=matter.returns)


def _decided(deed: deeds.Deed, decision: str, to: UUID, words: str) -> None:
    """Writes the decision on a giving back, when one waits for it."""
    if deed.matter.state != flow.RETURNING:
        return
    Return.objects.filter(matter=deed.matter.id, no=deed.matter.returns).update(
        decision=decision, decided_at=deed.now, decided_by=deed.actor.account_id, to_org=to,
        words=words,
    )  # fmt: skip


def _suggest(deed: deeds.Deed, to: UUID, why: str) -> UUID:
    """A line for the place and kind of this matter; the same one still open is not made twice.

    For its village when that is known: what is doubtful at a boundary is settled for that village,
    and the rest of the town stays with its office.
    """
    matter = deed.matter
    same = {
        "region_code": matter.region_code,
        "category": matter.category,
        "item_code": matter.item_code,
        "org": to,
        "state": "open",
    }
    found = RouteSuggestion.objects.filter(**same).first()
    if found is not None:
        return found.id
    made = RouteSuggestion(id=new_id(), matter=matter, reason=why, made_at=deed.now, **same)
    RouteSuggestion.objects.bulk_create([made])
    return made.id
