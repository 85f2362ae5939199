"""One matter, whole: as staff may see it, and as the citizen sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.gathered import Gathered
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters import (
    access,
    beside,
    codes,
    course,
    flow,
    folder,
    handlers,
    mains,
    names,
    parts,
    policies,
    rowing,
    timeline,
    verbs,
    way,
)
from yike.rooms.matters.faces import CitizenPage, MatterPage, PartyPart, VerbFace
from yike.rooms.matters.models import Matter, Note, Reply, Step
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import queries as providers_queries


def matter_page(actor: Actor, reference: str) -> MatterPage:
    """This will return all that a member of staff may see of one matter, and may do with it now.

    Refuses NotFound, hidden and absent alike.
    """
    if actor.kind not in ("staff", "system"):
        raise NotFound(access.ABSENT, way_on=access.WAY_ON)
    matter = access.matter_for(actor, reference)
    lying = folder.whole(matter)
    beside_it = course.Beside(
        lying, clocks_queries.faces_of("matter", matter.id), folder.kin(matter, lying)
    )
    kin, clocks = beside_it.kin or [], beside_it.clocks or ()
    orgs = names.orgs([matter.holder_org, matter.first_org, *_writers(lying)])
    people = names.people([matter.holder_account, *(step.account for step in lying.of(Step))])
    return MatterPage(
        **_plain(matter),
        **_marks(matter),
        **_standing(matter, actor, beside_it),
        **_thread(matter, lying, orgs, people),
        clocks=parts.clocks(clocks),
        party=_party(matter, actor),
        holder_name=orgs.get(matter.holder_org, ""),
        holder_account_name=people.get(matter.holder_account, ""),
        first_receiver=orgs.get(matter.first_org, "") or codes.DOORS.get(matter.door, ""),
        **_following(matter, kin),
        course=way.of_matter(matter, lying, kin),
        beside=beside.of_matter(matter, lying, kin, [one.id for one in clocks]),
        look_noted=actor.kind == "staff" and matter.level >= codes.NOTED,
    )


def _writers(lying: Gathered) -> list[UUID | None]:
    rows: list[Step | Note | Reply] = [*lying.of(Step), *lying.of(Note), *lying.of(Reply)]
    return [row.org for row in rows]


def citizen_page(actor: Actor) -> CitizenPage:
    """This will return what the citizen sees of the matter they claim by reference and phone.

    Refuses NotFound in the same words for a wrong phone and an unknown reference.
    """
    if actor.kind != "citizen":
        raise NotFound(access.ABSENT, way_on=access.WAY_ON)
    return receipt_of(actor, actor.claim_ref)


def receipt_of(actor: Actor, reference: str) -> CitizenPage:
    """This will return the citizen's side of a matter to whoever may see it, with their verbs."""
    matter = access.matter_for(actor, reference)
    lying = folder.receipt(matter)
    asked, papers = parts.points(lying), parts.files(lying)
    holder = _office(matter)
    replies = parts.replies(lying, for_citizen=True, orgs=names.orgs([matter.holder_org]))
    standing = access.standing_of(matter, actor)
    main, heard = mains.progress(matter)
    return CitizenPage(
        reference=matter.reference,
        order_no=matter.order_no or "",
        version=matter.version,
        state=matter.state,
        state_name=flow.STATES[matter.state],
        ended=matter.state in flow.ENDED,
        now_sentence=_now(matter, holder[0]),
        title=matter.title,
        text=matter.text,
        category_name=catalogue_queries.matter_name(matter.category),
        region_name=names.places([matter.region_code]).get(matter.region_code, ""),
        party_name=matter.party_mask,
        opened_at=matter.opened_at,
        holder_name=holder[0],
        holder_phone=holder[1],
        turn=matter.turn,
        points=asked,
        timeline=(*timeline.lines(matter.id, for_citizen=True, details={}), *heard),
        messages=parts.messages(lying, papers, for_citizen=True),
        files=tuple(papers.get(None, ())),
        supplement=parts.supplement(lying),
        reply=replies[-1] if replies else None,
        feedback=parts.feedback(lying),
        verbs=_verbs(matter, actor, standing, asked=asked, beside=course.Beside(lying)),
        demo=matter.demo,
        answers=tuple((label, words) for label, words in matter.answers),
        main=main,
        **_promised(matter, holder[0]),
    )


def _promised(matter: Matter, office: str) -> dict[str, Any]:
    runs = matter.state in flow.RUNNING
    faces = clocks_queries.faces_of("matter", matter.id) if runs else ()
    return {
        "due_at": matter.due_at,
        "promise_name": matter.promise_name,
        "late": rowing.late(matter, clock.now()),
        "resume_on": matter.resume_on,
        "next_promise": parts.next_promise(faces, office),
    }


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What somebody said about reaching them safely, and how private the matter is."""

    way: str
    safe_from: str
    safe_until: str
    level: int


def contact_of(reference: str, phone_index: str) -> Contact | None:
    """This will return how the person of a matter wants to be reached; None for another's."""
    if not reference or not phone_index:
        return None
    found = Matter.objects.filter(reference=reference, phone_index=phone_index).first()
    if found is None:
        return None
    return Contact(
        way=found.contact_way,
        safe_from=found.safe_from,
        safe_until=found.safe_until,
        level=found.level,
    )


_MOVERS = {"office", "dispatcher", "director", "county", "upper"}
_SAME = (
    "reference", "version", "state", "title", "text", "demand_type", "category", "item_code",
    "urgency", "level", "region_code", "door", "channel", "line", "relation",
    "contact_way", "safe_from", "safe_until", "opened_at", "answered_at",
    "closed_at", "due_at", "turn", "holder_org", "minutes", "demo",
)  # fmt: skip


def _plain(matter: Matter) -> dict[str, Any]:
    return {name: getattr(matter, name) for name in _SAME} | {
        "matter_id": matter.id,
        "order_no": matter.order_no or "",
        "why_routed": matter.why_routed,
        "answers": tuple((label, words) for label, words in matter.answers),
        "needs": tuple(codes.NEEDS.get(need, need) for need in matter.needs),
        "person_categories": tuple(
            codes.PERSON_CATEGORIES.get(one, one) for one in matter.person_categories
        ),
    }


def _marks(matter: Matter) -> dict[str, Any]:
    results = codes.RESULTS | codes.ENDINGS
    items = {row.code: row.name for row in catalogue_queries.items()} if matter.item_code else {}
    return {
        "state_name": flow.STATES[matter.state],
        "ended": matter.state in flow.ENDED,
        "demand_type_name": codes.DEMAND_TYPES[matter.demand_type],
        "category_name": catalogue_queries.matter_name(matter.category),
        "item_name": items.get(matter.item_code, ""),
        "urgency_name": codes.URGENCIES[matter.urgency],
        "level_name": codes.LEVELS[matter.level],
        "region_name": names.places([matter.region_code]).get(matter.region_code, ""),
        "door_name": codes.DOORS.get(matter.door, matter.door),
        "channel_name": codes.CHANNELS[matter.channel],
        "turn_name": flow.TURNS[matter.turn],
        "result_name": results.get(matter.result, ""),
        "late": rowing.late(matter, clock.now()),
        "alert": rowing.alert(matter, clock.now()),
    }


def _standing(matter: Matter, actor: Actor, beside: course.Beside) -> dict[str, Any]:
    """Points, next offices and verbs: what the actor may do now."""
    standing, asked = access.standing_of(matter, actor), parts.points(beside.lying)
    moves = standing & _MOVERS and matter.state in flow.RUNNING
    next_ones = handlers.suggest(matter) if moves else ()
    return {
        "points": asked,
        "handlers": next_ones,
        "may_trail": bool(standing & {"office", "dispatcher", "director"}),
        "verbs": _verbs(matter, actor, standing, handlers=next_ones, asked=asked, beside=beside),
    }


def _verbs(
    matter: Matter,
    actor: Actor,
    standing: frozenset[flow.Standing],
    *,
    beside: course.Beside,
    **choices: Any,
) -> tuple[VerbFace, ...]:
    facts = access.facts_of(matter, actor, policies.of_matter(matter), beside)
    return verbs.of_matter(matter, standing, facts, actor=actor, beside=beside, **choices)


def _thread(
    matter: Matter, lying: Gathered, orgs: dict[Any, str], people: dict[Any, str]
) -> dict[str, Any]:
    papers, held = parts.files(lying), lying.of(Step)
    details = {step.seq: step.reason for step in held}
    return {
        "steps": parts.steps(held, orgs, people),
        "timeline": tuple(timeline.lines(matter.id, for_citizen=False, details=details)),
        "messages": parts.messages(lying, papers, for_citizen=False),
        "notes": parts.notes(lying, orgs),
        "files": tuple(one for some in papers.values() for one in some),
        "supplement": parts.supplement(lying),
        "replies": parts.replies(lying, for_citizen=False, orgs=orgs),
        "feedback": parts.feedback(lying),
    }


def _party(matter: Matter, actor: Actor) -> PartyPart | None:
    if matter.party_id is None:
        return None
    face = people_queries.party_face(matter.party_id, actor=actor)
    return PartyPart(
        id=face.id,
        name=face.name,
        phone=face.phone,
        kind=face.kind,
        categories=tuple(face.categories),
        on_behalf_of=face.on_behalf_of,
        contact_noted=face.contact_noted,
        agreed=face.agreed,
        agreed_at=face.agreed_at,
    )


def _following(matter: Matter, kin: list[Matter]) -> dict[str, Any]:
    """Only what the actor may see: row security hides the others."""
    before = (one.reference for one in kin if one.id == matter.follows_id)
    return {
        "follows": next(before, ""),
        "followed_by": tuple(one.reference for one in kin if one.follows_id == matter.id),
    }


def _office(matter: Matter) -> tuple[str, str]:
    if matter.holder_org is None:
        return "", ""
    office = providers_queries.institution(matter.holder_org)
    return office.name, office.phone


def _now(matter: Matter, holder: str) -> str:
    """What happens now, in one sentence for the citizen."""
    due = f"承诺{timeline.said(matter.due_at)}前答复。" if matter.due_at else ""
    if matter.due_at and matter.due_at < clock.now():
        due = "已经超过承诺时间，我们正在催办。"
    resume = f"{matter.resume_on.month}月{matter.resume_on.day}日" if matter.resume_on else ""
    return {
        flow.ACCEPT: f"{holder}正在审核是否受理，{due}",
        flow.RETURNING: f"{holder}正在重新确定承办单位，{due}",
        flow.CROSSING: f"正在商请外县单位接收，确认前仍由{holder}负责，{due}",
        flow.SUSPENDED: f"暂停办理，预计{resume}恢复，办理时限暂停计算。",
        flow.REVIEW: f"{holder}已拟好答复，正在审核，{due}",
        flow.ARCHIVED: "已办结。",
        flow.MERGED: "已和同一问题的另一件合并办理，进度见下。",
        flow.DISPATCH: f"{holder}正在安排承办单位，{due}",
        flow.SIGN: f"已派给{holder}，等待签收，{due}",
        flow.WORK: f"{holder}正在办理，{due}",
        flow.PAPERS: f"{holder}请您补充材料，补充前办理时限暂停计算。",
        flow.ANSWERED: f"{holder}已答复，请查看，并告诉我们有没有帮到您。",
        flow.CLOSED: "已办结。",
        flow.WITHDRAWN: "您已撤销这项诉求。",
        flow.DECLINED: "依照规定不予受理，原因和其他途径见答复。",
    }[matter.state].replace("，。", "。")
