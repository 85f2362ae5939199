"""How a matter's row comes to be: key, identity, papers, number, receipt. It chooses no state."""

from __future__ import annotations

from uuid import UUID

from yike.engines import seal
from yike.rooms.core import clock, prepared, refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash
from yike.rooms.files import actions as files_actions
from yike.rooms.guard.acting import acting
from yike.rooms.matters import access, custody, flow, intake, promises
from yike.rooms.matters.demand import Demand
from yike.rooms.matters.faces import Receipt
from yike.rooms.matters.models import Attachment, Matter, Point
from yike.rooms.people import actions as people_actions
from yike.rooms.providers import queries as providers_queries

_KEY_LEAST, _KEY_MOST = 8, 200
_AS_TOLD = (
    "text", "region_code", "demand_type", "item_code", "channel", "line", "peer_ref",
    "relation", "contact_way", "safe_from", "safe_until", "demo",
)  # fmt: skip


def key_digest(key: str, actor: Actor) -> str:
    """This will return what is kept of a key: of its owner, so that keys of two never meet."""
    if not _KEY_LEAST <= len(key) <= _KEY_MOST:
        raise BadInput(f"幂等键应有 {_KEY_LEAST} 到 {_KEY_MOST} 个字符", field="key")
    owner = actor.ref if actor.kind in ("staff", "peer", "system") else ""
    kind = "citizen" if actor.kind in ("visitor", "citizen") else actor.kind
    return seal.sm3(f"{kind}/{owner}/{key}".encode()).hex()


def opened_before(digest: str, told: intake.Told, actor: Actor) -> Receipt | None:
    """This will return the receipt of an earlier deed under this key, waiting for one under way."""
    found = prepared.run("select * from matters_opened_before(%s)", [digest])
    if not found:
        return None
    reference, told_digest, phone_index = found[0]
    if told_digest != told.digest:
        raise Clash(
            "这张表已经提交过，内容和这次不一样",
            way_on="如果是另一件事，请重新打开表单填写；如果是补充，请在原来的诉求里留言。",
        )
    asker = actor.claiming(reference, phone_index) if actor.kind == "visitor" else actor
    with acting(asker):
        matter = access.matter_for(asker, reference)
        return receipt(matter, repeated=True)


def row(told: intake.Told, digest: str, actor: Actor, *, party: Matter | None = None) -> Matter:
    """This will return the row as told, not yet saved: no holder, no promise."""
    demand, now = told.demand, clock.now()
    matter = Matter(
        id=refs.new_id(),
        reference=refs.new_reference(now),
        key=digest,
        told_digest=told.digest,
        door=actor.door,
        category=told.category,
        title=told.title,
        urgency=told.urgency,
        level=told.level,
        town_code=told.town_code,
        first_org=actor.org_id if actor.kind == "staff" else None,
        first_account=actor.account_id,
        peer_id=actor.ref if actor.kind == "peer" else "",
        answers=told.answers,
        needs=list(demand.needs),
        person_categories=list(demand.person_categories),
        opened_at=now,
        **{name: getattr(demand, name) for name in _AS_TOLD},
    )
    _identify(matter, demand, party, actor)
    return matter


def _identify(matter: Matter, demand: Demand, party: Matter | None, actor: Actor) -> None:
    if party is not None:
        for name in ("party_id", "party_mask", "phone_index", "id_index"):
            setattr(matter, name, getattr(party, name))
        return
    kept = people_actions.record_party(
        told=people_actions.PartyTold(
            name=demand.name,
            phone=demand.phone,
            kind="company" if demand.party_kind == "company" else "person",
            id_type=demand.id_type,
            id_number=demand.id_number,
            uscc=demand.uscc,
            email=demand.email,
            on_behalf_of=demand.on_behalf_of,
            contact_note=demand.contact_note,
            categories=demand.person_categories,
            agreed=demand.agreed,
        ),
        actor=actor,
    )
    matter.party_id, matter.party_mask = kept.id, kept.name_mask
    matter.phone_index, matter.id_index = kept.phone_index, kept.id_index


def attach(matter: Matter, file_ids: tuple[UUID, ...], actor: Actor) -> tuple[UUID, ...]:
    """This will make the papers part of the matter."""
    if file_ids:
        files_actions.attach_files(
            file_ids=file_ids, about="matter", subject=str(matter.id), level=matter.level,
            actor=actor,
        )  # fmt: skip
    return file_ids


def save(matter: Matter, files: tuple[UUID, ...], points: tuple[str, ...]) -> None:
    """This will write the row with its points and papers."""
    prepared.insert(matter)
    if points:
        Point.objects.bulk_create(
            [Point(matter=matter, no=no, words=said) for no, said in enumerate(points, 1)]
        )
    if files:
        side = "office" if matter.first_org else "citizen"
        Attachment.objects.bulk_create(
            [
                Attachment(matter=matter, file_id=one, side=side, given_at=matter.opened_at)
                for one in files
            ]
        )


def followed(reference: str, matter: Matter, actor: Actor) -> Matter | None:
    """This will return the earlier matter named, if whoever asks may see it (by phone)."""
    if not reference.strip():
        return None
    if actor.kind != "citizen":
        return access.matter_for(actor, reference)
    with acting(actor.claiming(refs.read_reference(reference), matter.phone_index)) as asker:
        return access.matter_for(asker, reference)


def holder(matter: Matter) -> UUID:
    """This will return the office that holds it; there always is one."""
    if matter.holder_org is None:
        raise RuntimeError(f"matter {matter.id} has no holder")
    return matter.holder_org


def next_number() -> prepared.Answer:
    """This will draw the running number of the house for an order."""
    return prepared.ask("select nextval('matters_order_no')")


def order_no(matter: Matter, drawn: prepared.Answer) -> str:
    """This will return 330225-261121-000042: county, day, the number drawn."""
    ((number,),) = drawn.rows()
    return f"{matter.region_code[:6]}-{matter.opened_at:%y%m%d}-{number:06d}"


def receipt(matter: Matter, *, holder_name: str = "", repeated: bool = False) -> Receipt:
    """This will return what whoever brought the demand is told."""
    org = holder(matter)
    return Receipt(
        matter_id=matter.id,
        reference=matter.reference,
        order_no=matter.order_no or "",
        state=matter.state,
        state_name=flow.STATES[matter.state],
        holder_name=holder_name or providers_queries.names_of([org]).get(org, ""),
        due_at=matter.due_at,
        promise_name=matter.promise_name,
        repeated=repeated,
        why=matter.why_routed,
        version=matter.version,
    )


def demand_of(matter: Matter, *, item_code: str) -> Demand:
    """This will return the same words as a demand for help with a service item."""
    same = (name for name in _AS_TOLD if name not in ("item_code", "demand_type", "peer_ref"))
    return Demand(
        title=matter.title,
        demand_type="2",
        category=matter.category,
        item_code=item_code,
        needs=tuple(matter.needs),
        person_categories=tuple(matter.person_categories),
        urgency=matter.urgency,
        level=matter.level,
        **{name: getattr(matter, name) for name in same},
    )


def split_of(matter: Matter, *, text: str, category: str) -> Demand:
    """This will return a part of a demand as a demand of its own, of the same person."""
    same = (name for name in _AS_TOLD if name not in ("text", "item_code", "peer_ref"))
    return Demand(
        text=text,
        category=category or matter.category,
        needs=tuple(matter.needs),
        person_categories=tuple(matter.person_categories),
        urgency=matter.urgency,
        level=matter.level,
        **{name: getattr(matter, name) for name in same},
    )


#: what a sub-order has from the order it is a part of; never its citizen's claim
_PART = (
    "door", "channel", "line", "demand_type", "category", "item_code", "title", "urgency", "level",
    "region_code", "town_code", "party_id", "party_mask", "flow_version", "demo",
)  # fmt: skip


def part(lead: Matter, org: UUID, words: str, actor: Actor) -> Matter:
    """This will make a part of an order: held by an office, promised, to be signed for."""
    now = clock.now()
    matter = Matter(
        id=refs.new_id(),
        reference=refs.new_reference(now),
        text=words,
        parent=lead,
        holder_org=org,
        state=flow.SIGN,
        turn="office",
        first_org=actor.org_id,
        first_account=actor.account_id,
        opened_at=now,
        why_routed=f"{lead.reference} 的子工单"[:200],
        **{name: getattr(lead, name) for name in _PART},
    )
    matter.key = matter.told_digest = seal.sm3(f"part:{matter.id}".encode()).hex()
    matter.order_no = order_no(matter, next_number())
    due = promises.promise_part(matter, actor=actor)
    save(matter, (), ())
    custody.start(
        matter, how="sub", reason=words[:500], by=actor.account_id, now=now, sign_due_at=due
    )
    for account in {None, lead.holder_account}:
        custody.join(matter, org=holder(lead), account=account, part="parent", now=now)
    return matter
