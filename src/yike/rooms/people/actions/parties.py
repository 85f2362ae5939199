"""Identities: taken in sealed, shown with a reason, sealed anew after a rotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock, prepared
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.guard import clean, limits
from yike.rooms.people import (
    access,
    events,
    masks,
    numbers,
    privacy_notices,
    purposes,
    roles,
    sealing,
)
from yike.rooms.people.models import Party
from yike.rooms.trail import actions as trail_actions
from yike.rooms.trail import queries as trail_queries

#: What may be unmasked, and what people call it.
FIELDS = {
    "name": "姓名",
    "phone": "电话",
    "id_number": "证件号码",
    "uscc": "统一社会信用代码",
    "email": "邮箱",
    "on_behalf_of": "代何人",
    "contact_note": "联系须知",
}
#: Looks at sealed identities that one person needs in an hour of honest work.
UNMASK_PER_HOUR = 120
_NAMELESS = "未留姓名"
#: The same person reads the same note again within this time without a further entry.
_READ_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class PartyTold:
    """Who somebody says they are, as typed. Name and phone may be empty where a door allows it."""

    name: str
    phone: str = ""
    kind: Literal["person", "company"] = "person"
    id_type: str = ""
    id_number: str = ""
    uscc: str = ""
    email: str = ""
    #: for whom they ask, when not for themselves; how to reach them safely
    on_behalf_of: str = ""
    contact_note: str = ""
    birth_year: int | None = None
    categories: tuple[str, ...] = ()
    #: version of the notice on personal data that was agreed to; "" = told otherwise
    agreed: str = ""


@dataclass(frozen=True, kw_only=True)
class PartyRef:
    """A recorded party: what other rooms may keep of it."""

    id: UUID
    name_mask: str
    phone_mask: str
    phone_index: str
    id_index: str


@dataclass(frozen=True, kw_only=True)
class Unmasked:
    """The asked-for fields in clear, to be shown once and kept nowhere."""

    party_id: UUID
    values: dict[str, str]


def record_party(*, told: PartyTold, actor: Actor) -> PartyRef:
    """This will check and seal an identity as told, for one matter.

    Refuses with BadInput (field named) a wrong phone, document number, credit code or address. Part
    of opening a matter, whose sentence covers it: it leaves no entry of its own.
    """
    if not actor.kind:
        raise NotAllowed("无法确认操作人。")
    facts = _read(told)
    party = Party(id=new_id(), kind=told.kind, id_type=_id_type(told), created_at=clock.now())
    party.sealed, party.key_version = sealing.seal_party(party.id, facts)
    _mask(party, facts)
    _index(party, facts)
    party.birth_year = told.birth_year or _birth_year(party.id_type, facts)
    if told.agreed:
        party.agreed, party.agreed_at = privacy_notices.known(told.agreed), party.created_at
    party.categories = list(dict.fromkeys(told.categories))
    prepared.insert(party)
    return PartyRef(
        id=party.id,
        name_mask=party.name_mask,
        phone_mask=party.phone_mask,
        phone_index=party.phone_index,
        id_index=party.id_index,
    )


def _id_type(told: PartyTold) -> str:
    return (told.id_type or numbers.ID_CARD) if told.id_number.strip() else ""


def _read(told: PartyTold) -> dict[str, str]:
    """Empty fields are left out; what is there is brought to its one form."""
    kind = _id_type(told)
    facts = {
        "name": _line(told.name, field="name", most=60),
        "phone": numbers.read_phone(told.phone) if told.phone.strip() else "",
        "id_number": numbers.read_id(kind, told.id_number, today=clock.today()) if kind else "",
        "uscc": numbers.read_uscc(told.uscc) if told.uscc.strip() else "",
        "email": _read_email(told.email),
        "on_behalf_of": _line(told.on_behalf_of, field="on_behalf_of", most=60),
        "contact_note": _line(told.contact_note, field="contact_note", most=200),
    }
    return {name: value for name, value in facts.items() if value}


def _line(typed: str, *, field: str, most: int) -> str:
    return clean.text(typed, field=field, most=most).replace("\n", " ")


def _read_email(typed: str) -> str:
    kept = clean.text(typed, field="email", most=254)
    local, at, domain = kept.rpartition("@")
    if kept and (not at or not local or "." not in domain or any(s.isspace() for s in kept)):
        raise BadInput(
            "邮箱地址不正确。", way_on="例如 zhang@example.com；可以不填。", field="email"
        )
    return kept


def _mask(party: Party, facts: dict[str, str]) -> None:
    mask = masks.mask_company if party.kind == "company" else masks.mask_name
    party.name_mask = mask(facts.get("name", "")) or _NAMELESS
    party.phone_mask = masks.mask_phone(facts.get("phone", ""))
    party.id_mask = masks.mask_id(facts.get("id_number") or facts.get("uscc", ""))
    party.email_mask = masks.mask_email(facts.get("email", ""))
    _mask_told(party, facts)


def _mask_told(party: Party, facts: dict[str, str]) -> None:
    party.behalf_mask = masks.mask_name(facts.get("on_behalf_of", ""))
    party.contact_noted = bool(facts.get("contact_note"))


def _index(party: Party, facts: dict[str, str]) -> None:
    if "phone" in facts:
        party.phone_index = sealing.phone_index(facts["phone"])
    if "id_number" in facts:
        party.id_index = sealing.id_index(facts["id_number"], id_type=party.id_type)
    elif "uscc" in facts:
        party.id_index = sealing.uscc_index(facts["uscc"])


def _birth_year(id_type: str, facts: dict[str, str]) -> int | None:
    born = numbers.birth_date(facts.get("id_number", "")) if id_type in {"111", "112"} else None
    return born.year if born else None


@transaction.atomic
def unmask(
    *, party_id: UUID, fields: Sequence[str], purpose: str, reason: str, actor: Actor
) -> Unmasked:
    """This will show fields of an identity in clear, with the reason given, and leave an entry.

    Staff in a working role only, who sees the party by row security. Each purpose opens only the
    fields it needs (`purposes`). Refuses with NotFound, NotAllowed, BadInput (no reason of four
    characters, unknown purpose or field, a field the purpose does not open) or TooMany.
    """
    if actor.kind != "staff" or not actor.has(*roles.UNMASKS):
        raise NotAllowed("您的角色不能查看完整身份信息。", way_on="请联系承办人员办理。")
    asked = tuple(name for name in FIELDS if name in set(fields))
    if not asked or set(fields) - set(FIELDS):
        raise BadInput("请选择要查看的信息。", field="fields")
    if purpose not in dict(purposes.OPENING):
        raise BadInput("请选择查看的用途。", field="purpose")
    if more := purposes.beyond(purpose, asked):
        named = "、".join(FIELDS[name] for name in more)
        raise BadInput(
            f"“{purposes.name_of(purpose)}”不需要看{named}。",
            way_on="请换一个用途，或只选用得上的信息。",
            field="fields",
        )
    why = clean.text(reason, field="reason", most=200, least=4)
    party = access.party_for(actor, party_id)
    limits.allow(what="unmask", who=actor.ref, per_seconds=3600, at_most=UNMASK_PER_HOUR)
    opened = sealing.open_party(party.id, party.sealed)
    trail_actions.record(
        events.PartyUnmasked(
            party_id=party.id, fields=asked, purpose=purposes.name_of(purpose), reason=why
        ),
        actor=actor,
    )
    return Unmasked(party_id=party.id, values={name: opened.get(name, "") for name in asked})


@transaction.atomic
def address_for_notice(*, party_id: UUID, field: str = "email", actor: Actor) -> str:
    """This will return the `email` or `phone` of a party, so that the house can write there; or "".

    A job of the house only; leaves an entry like every look at a sealed identity. Refuses with
    NotFound.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以取用联系方式。")
    party = access.party_for(actor, party_id)
    if field not in ("email", "phone"):
        raise ValueError(f"no notice goes to a party's {field!r}")
    if not (party.email_mask if field == "email" else party.phone_mask):
        return ""
    looked = events.PartyUnmasked(
        party_id=party.id,
        fields=(field,),
        purpose=purposes.name_of("contact"),
        reason="发送通知",
    )
    trail_actions.record(looked, actor=actor)
    return sealing.open_party(party.id, party.sealed).get(field, "")


@transaction.atomic
def read_contact_note(*, party_id: UUID, actor: Actor) -> str:
    """This will return how a party can be reached safely, for whoever handles their matter; or "".

    Without a reason, because a call at the wrong hour can do harm: the room of matters asks only
    for the office that holds it. An entry once an hour for each person. Refuses with NotFound, or
    NotAllowed who is not of a working role.
    """
    if actor.kind != "staff" or not actor.has(*roles.UNMASKS):
        raise NotAllowed("您的角色不能查看联系须知。", way_on="请联系承办人员办理。")
    party = access.party_for(actor, party_id)
    if not party.contact_noted:
        return ""
    read = events.ContactNoteRead(party_id=party.id)
    since = clock.now() - _READ_AGAIN
    if not trail_queries.was_there(read.kind(), read.subject_ref, actor=actor, since=since):
        trail_actions.record(read, actor=actor)
    return sealing.open_party(party.id, party.sealed).get("contact_note", "")


@transaction.atomic
def seal_told(*, party_id: UUID, on_behalf_of: str, contact_note: str, actor: Actor) -> None:
    """This will move words that once lay unsealed into a party's envelope. The house only."""
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以重新加密。")
    party = access.party_for(actor, party_id)
    facts = sealing.open_party(party.id, party.sealed)
    told = {"on_behalf_of": on_behalf_of, "contact_note": contact_note}
    facts |= {name: words for name, words in told.items() if words}
    party.sealed, party.key_version = sealing.seal_party(party.id, facts)
    _mask_told(party, facts)
    Party.objects.bulk_update([party], ["sealed", "key_version", "behalf_mask", "contact_noted"])


@transaction.atomic
def reseal_parties(*, limit: int, actor: Actor) -> int:
    """This will seal up to `limit` identities anew under the current key; returns how many.

    A job of the house only. Called again until it returns 0, each call in a transaction of its own.
    """
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以重新加密。")
    old = access.parties_under_old_keys(limit)
    for party in old:
        party.sealed, party.key_version = sealing.reseal_party(party.id, party.sealed)
    Party.objects.bulk_update(old, ["sealed", "key_version"])
    return len(old)
