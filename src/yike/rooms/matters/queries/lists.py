"""Lists of matters: what waits, what was looked for, what a figure stands for.

Each names its index path itself (holder, region range, reference, blind index); row security is the
net beneath.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from yike.rooms.core import clock, refs
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput
from yike.rooms.matters import flow, rowing
from yike.rooms.matters.faces import EarlierRow, Filters, WaitingRow
from yike.rooms.matters.models import Extension, Matter, Participant
from yike.rooms.people import roles, sealing
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes as region_codes

#: beyond it, a list does not say how long it is: counting a year costs more than the page
MOST_COUNTED = 10_000
_RUNNING = flow.RUNNING
#: to be accepted, sent on or signed for
_TO_SEND = (flow.ACCEPT, flow.DISPATCH, flow.SIGN, flow.RETURNING)
_ORDER_NO = re.compile(r"\d{6}-?\d{6}-?\d{6}")


def matters_waiting_for(
    actor: Actor, *, after: str = "", only: str = "", limit: int = 30, total: int | None = None
) -> Page[WaitingRow]:
    """This will return what waits for the actor's office, most urgent first, with the reason.

    only: "" all that the office must do, "mine", "sign" (to sign or send out), "work" (in hand),
    "soon" (warned of), "late", "papers" (stands still), "answered" (waits for the citizen's word),
    "joint" (asked to help), "decide" (to be reviewed, granted or acknowledged), "handled" (I had a
    part in it; open, or ended this month). Of a director's region it is what is late, unsigned too
    long or without an office, in all ways but "decide". `total`: how many there are, if known.
    """
    found = waiting(actor, only)
    page = found.filter(_beyond(after)) if after else found
    ordered = page.order_by(F("urgency").desc(), F("due_at").asc(nulls_last=True), "id")
    rows = list(ordered.only(*rowing.COLUMNS)[: limit + 1])
    mark = _mark(rows[limit - 1]) if len(rows) > limit else ""
    if total is None:
        total = found.count() if after or mark else len(rows)
    return Page(rows=rowing.rows(rows[:limit], actor), after=mark, total=total)


def find_matters(actor: Actor, typed: str, *, limit: int = 30) -> Page[WaitingRow]:
    """This will find by reference, order number, phone or identity number, newest first.

    Only among what the actor may see; nothing found and nothing to be seen are the same.
    """
    wanted = _typed(typed)
    if wanted is None:
        return Page(rows=(), total=0)
    found = Matter.objects.filter(wanted).only(*rowing.COLUMNS).order_by("-opened_at")[:limit]
    rows = rowing.rows(list(found), actor)
    return Page(rows=rows, total=len(rows))


def earlier_of(actor: Actor, *, phone: str = "", id_number: str = "") -> tuple[EarlierRow, ...]:
    """This will return the twenty latest demands of the same phone or identity number.

    A number that is none finds nothing: the form says so where it is typed.
    """
    if actor.kind not in ("staff", "system"):
        return ()
    wanted = [q for q in (_typed(phone), _typed(id_number)) if q is not None]
    if not wanted:
        return ()
    either = wanted[0] | wanted[-1]
    found = list(Matter.objects.filter(either).only(*rowing.COLUMNS).order_by("-opened_at")[:20])
    return tuple(
        EarlierRow(
            reference=row.reference,
            order_no=row.order_no,
            title=row.title,
            state_name=row.state_name,
            category_name=row.category_name,
            opened_at=row.opened_at,
            holder_name=row.holder_name,
        )
        for row in rowing.rows(found, actor)
    )


def matters_matching(
    actor: Actor, filters: Filters, *, after: str = "", limit: int = 30
) -> Page[WaitingRow]:
    """This will return the matters behind a figure, newest first; `total` is that figure.

    Nobody counts on: a `total` of MOST_COUNTED means so many or more.
    """
    found = _within_reach(actor).filter(_condition(filters), parent=None)
    wanted = found
    if after:
        at, _, last = after.partition("|")
        moment = _instant(at)
        found = found.filter(Q(opened_at__lt=moment) | Q(opened_at=moment, id__lt=_uuid(last)))
    rows = list(found.only(*rowing.COLUMNS).order_by("-opened_at", "-id")[: limit + 1])
    more = len(rows) > limit
    mark = f"{rows[limit - 1].opened_at.isoformat()}|{rows[limit - 1].id}" if more else ""
    total = wanted[:MOST_COUNTED].count() if after or more else len(rows)
    return Page(rows=rowing.rows(rows[:limit], actor), after=mark, total=total)


def waiting(actor: Actor, only: str) -> QuerySet[Matter]:
    """This will return what waits for the actor in one way of looking, in no order yet."""
    if actor.kind != "staff" or actor.org_id is None:
        return Matter.objects.none()
    if only == "joint":
        asked = Participant.objects.filter(org=actor.org_id, part="joint").values("matter")
        return Matter.objects.filter(id__in=asked, state__in=sorted(flow.OPEN))
    if only == "decide":
        return Matter.objects.filter(_to_decide(actor))
    if only == "handled":
        part = Participant.objects.filter(account=actor.account_id).values("matter")
        lately = Q(closed_at__gt=clock.now() - timedelta(days=30))
        return Matter.objects.filter(lately | Q(state__in=sorted(flow.OPEN)), id__in=part)
    ways = ways_of(actor)
    return in_hand(actor).filter(ways.get(only, ways[""]))


def in_hand(actor: Actor) -> QuerySet[Matter]:
    """This will return what the actor's office holds; for a director what needs one's eye."""
    if actor.has(roles.DIRECTOR) and not actor.roles & roles.TAKES_ORDERS:
        return _within_reach(actor).filter(_late() | _nobody() | _unsigned())
    return Matter.objects.filter(holder_org=actor.org_id)


def ways_of(actor: Actor) -> dict[str, Q]:
    """This will return the ways of looking at what the actor's office holds, each a condition."""
    running = Q(state__in=_RUNNING)
    return {
        "": running,
        "mine": running & Q(holder_account=actor.account_id),
        "sign": Q(state__in=_TO_SEND),
        "work": Q(state__in=(flow.WORK, flow.REVIEW, flow.CROSSING)),
        "near": _near(),
        "soon": _soon(),
        "late": _late(),
        "pool": _nobody(),
        "papers": Q(state__in=sorted(flow.STILL)),
        "answered": Q(state=flow.ANSWERED),
    }


def _to_decide(actor: Actor) -> Q:
    """What another county offers us; for dispatchers and directors what their word moves on."""
    offered = Q(state=flow.CROSSING, offered_org=actor.org_id)
    if not actor.region_from or not actor.has(roles.DISPATCHER, roles.DIRECTOR):
        return offered
    asked = Extension.objects.filter(granted=None).values("matter")
    mine = Q(region_code__gte=actor.region_from, region_code__lt=actor.region_until)
    disputed = Q(state=flow.RETURNING, returns__gte=2)
    waits = Q(state=flow.REVIEW) | disputed | Q(state=flow.WORK, id__in=asked)
    return offered | (mine & waits)


def _late() -> Q:
    return Q(state__in=_RUNNING) & (Q(due_at__lt=clock.now()) | Q(broken=True))


def _soon() -> Q:
    now = clock.now()
    return Q(state__in=_RUNNING, warn_at__lte=now, due_at__gte=now, broken=False)


def _near() -> Q:
    """Yellow: half or so is used, and it is not orange yet."""
    now = clock.now()
    calm = Q(warn_at=None) | Q(warn_at__gt=now)
    return Q(state__in=_RUNNING, near_at__lte=now, due_at__gte=now, broken=False) & calm


def _nobody() -> Q:
    return Q(state__in=(flow.ACCEPT, flow.DISPATCH, flow.RETURNING))


def _unsigned() -> Q:
    return Q(state=flow.SIGN, sign_broken=True)


def _within_reach(actor: Actor) -> QuerySet[Matter]:
    """The region for those who answer for one, else what one's office holds."""
    if actor.kind == "system":
        return Matter.objects.all()
    if actor.kind != "staff":
        return Matter.objects.none()
    if actor.region_from:
        return Matter.objects.filter(
            region_code__gte=actor.region_from, region_code__lt=actor.region_until
        )
    return Matter.objects.filter(holder_org=actor.org_id)


def _condition(filters: Filters) -> Q:
    same = {
        "town_code": filters.town,
        "category": filters.category,
        "demand_type": filters.demand_type,
        "door": filters.door,
        "channel": filters.channel,
        "state": filters.state,
        "holder_org": filters.holder_org,
    }
    wanted = Q(**{name: value for name, value in same.items() if value})
    if filters.level:
        wanted &= Q(holder_org__in=_offices_at(filters.level))
    if filters.opened_from:
        wanted &= Q(opened_at__gte=_midnight(filters.opened_from))
    if filters.opened_until:
        wanted &= Q(opened_at__lt=_midnight(filters.opened_until))
    if filters.closed_on:
        next_day = filters.closed_on + timedelta(days=1)
        since, until = _midnight(filters.closed_on), _midnight(next_day)
        wanted &= Q(answered_at__gte=since, answered_at__lt=until)
    return wanted & _only(filters.only)


def _offices_at(level: str) -> list[UUID]:
    """The offices of a level that hold something; what is above a county counts as its own."""
    held = Matter.objects.filter(holder_org__isnull=False).values_list("holder_org", flat=True)
    where = providers_queries.regions_of(one for one in held.distinct() if one)
    below = {"town", "village"}
    levels = {org: region_codes.level_of(code) for org, code in where.items()}
    return [org for org, one in levels.items() if (one if one in below else "county") == level]


def _only(only: str) -> Q:
    known = {
        "": Q(),
        "open": Q(state__in=sorted(flow.GOING)),
        "late": _late(),
        "soon": _soon(),
        "near": _near(),
        "unsigned": Q(state=flow.SIGN),
        "unrouted": _nobody(),
        "spot": Q(order_no=None),
    }
    if only not in known:
        raise BadInput("没有这个筛选条件", field="only")
    return known[only]


def index_of(name: str, typed: str) -> str:
    """This will return the blind index of a phone (phone_index) or document number; "" of none."""
    index = {"phone_index": sealing.phone_index, "id_index": _card_index}[name]
    try:
        return index(typed.strip()) if typed.strip() else ""
    except BadInput:
        return ""


def _typed(typed: str) -> Q | None:
    """What somebody meant: a reference, an order number, a phone, an identity number."""
    text = typed.strip()
    reference = refs.read_reference(text)
    if reference:
        return Q(reference=reference)
    if _ORDER_NO.fullmatch(text):
        digits = text.replace("-", "")
        return Q(order_no=f"{digits[:6]}-{digits[6:12]}-{digits[12:]}")
    for name, index in (("phone_index", sealing.phone_index), ("id_index", _card_index)):
        try:
            return Q(**{name: index(text)}) if text else None
        except BadInput:
            continue
    return None


def _mark(row: Matter) -> str:
    due = row.due_at.isoformat() if row.due_at else ""
    return f"{row.urgency}|{due}|{row.id}"


def _beyond(after: str) -> Q:
    urgency, due, last = [*after.split("|"), "", ""][:3]
    if urgency not in ("0", "1", "2"):
        raise BadInput("翻页标记不对", way_on="请回到第一页。", field="after")
    same = Q(urgency=int(urgency))
    if not due:
        return Q(urgency__lt=int(urgency)) | (same & Q(due_at=None, id__gt=_uuid(last)))
    moment = _instant(due)
    later = Q(due_at__gt=moment) | Q(due_at=None) | Q(due_at=moment, id__gt=_uuid(last))
    return Q(urgency__lt=int(urgency)) | (same & later)


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadInput("翻页标记不对", way_on="请回到第一页。", field="after")
    return moment


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput("翻页标记不对", way_on="请回到第一页。", field="after") from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.CIVIL)


def _card_index(number: str) -> str:
    return sealing.id_index(number, id_type="111")
