"""What is counted and proved about all matters: no order lost, every consultation recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, F, Func, Min, Q, QuerySet

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.matters import access, codes, faces, flow, names, rowing
from yike.rooms.matters.models import Attachment, Matter, Step
from yike.rooms.matters.queries import figures
from yike.rooms.people import queries as people_queries
from yike.rooms.regions import queries as regions_queries
from yike.rooms.trail import queries as trail_queries
from yike.rooms.trail.faces import EntryFace

#: ages in days at which open orders are told apart
AGES = ((1, "1 天以内"), (3, "1 到 3 天"), (7, "3 到 7 天"), (30, "7 到 30 天"))
OLDER = "30 天以上"
#: the forms of consultation, which keep one and the same record (A11.7): code → name, channels
FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "visit": ("来访", ("01", "08", "10", "11")),
    "hotline": ("热线", ("02", "03")),
    "message": ("网上留言", ("04",)),
    "live": ("在线即时", ("05", "07")),
    "video": ("视频语音", ("06",)),
    "other": ("来信、交办", ("09", "12", "13")),
}


def custody_proof(
    actor: Actor, *, holder: UUID | None = None, after: str = "", limit: int = 50
) -> faces.CustodyProof:
    """This will prove for the actor's region that every open order has one holder, and how old.

    Counts open steps of custody against open orders, as the database has them; the oldest first.
    Refuses NotAllowed whoever answers for no region.
    """
    mine = figures.region_of(actor).filter(state__in=sorted(flow.OPEN))
    steps = Step.objects.filter(ended_at=None, matter__in=mine.values("id"))
    held = steps.values("matter").annotate(n=Count("id"))
    shown = mine.filter(holder_org=holder) if holder else mine
    if after:
        shown = shown.filter(_older(after))
    rows = list(shown.only(*rowing.COLUMNS).order_by("opened_at", "id")[: limit + 1])
    mark = f"{rows[limit - 1].opened_at.isoformat()}|{rows[limit - 1].id}"[:200] if (
        len(rows) > limit
    ) else ""  # fmt: skip
    return faces.CustodyProof(
        open=mine.count(),
        with_one=held.filter(n=1).count(),
        with_more=held.filter(n__gt=1).count(),
        differing=steps.exclude(org=F("matter__holder_org")).count(),
        ages=_ages(mine),
        holders=_holders(mine),
        rows=Page(rows=rowing.rows(rows[:limit], actor), after=mark),
    )


def consultations(
    actor: Actor, filters: faces.ConsultationFilters, *, after: str = "", limit: int = 50
) -> faces.Consultations:
    """This will return the records of consultations in a period, with figures by every side.

    One record for all forms: type, area, matter, person category, answerer, duration. Refuses
    NotAllowed whoever answers for no region.
    """
    found = figures.region_of(actor).filter(_asked(filters), parent=None)
    shown = found.filter(_newer(after)) if after else found
    rows = list(shown.order_by("-opened_at", "-id")[: limit + 1])
    more = len(rows) > limit
    mark = f"{rows[limit - 1].opened_at.isoformat()}|{rows[limit - 1].id}" if more else ""
    total = found.aggregate(n=Count("id"), spot=Count("id", filter=Q(order_no=None)),
                            minutes=Avg("minutes"))  # fmt: skip
    return faces.Consultations(
        total=total["n"],
        on_spot=total["spot"],
        mean_minutes=round(total["minutes"]) if total["minutes"] is not None else None,
        by_form=_by_form(found),
        by_town=_by(found, "town_code", _town_names),
        by_category=_by(found, "category", lambda _: names.categories()),
        by_person=_by_person(found),
        by_answerer=_by(found.exclude(answerer=None), "answerer", _people),
        rows=Page(rows=_records(rows[:limit]), after=mark),
    )


def trail_of(actor: Actor, reference: str, *, after: str = "") -> Page[EntryFace]:
    """This will return every entry about a matter, looks at it and its identity included.

    For the office that holds it, dispatchers and directors of its region. Refuses NotFound and
    NotAllowed.
    """
    matter = access.matter_for(actor, reference)
    if not access.standing_of(matter, actor) & {"office", "dispatcher", "director"}:
        raise NotAllowed("只有承办单位、派单员和局领导可以查看留痕。")
    page = trail_queries.history_of("matter", str(matter.id), actor=actor, after=after)
    if after:
        return page
    looks: list[EntryFace] = []
    for file_id in Attachment.objects.filter(matter=matter.id).values_list("file_id", flat=True):
        looks += trail_queries.history_of("file", str(file_id), actor=actor).rows
    if matter.party_id is not None:
        looks += trail_queries.history_of("party", str(matter.party_id), actor=actor).rows
    rows = sorted([*page.rows, *looks], key=lambda one: one.id)
    return Page(rows=tuple(rows), after=page.after)


def _ages(mine: QuerySet[Matter]) -> tuple[tuple[str, int], ...]:
    now, made, until = clock.now(), [], None
    for days, name in AGES:
        since = now - timedelta(days=days)
        made.append((name, Q(opened_at__gt=since) & (Q(opened_at__lte=until) if until else Q())))
        until = since
    made.append((OLDER, Q(opened_at__lte=until)))
    counts = mine.aggregate(
        **{f"a{place}": Count("id", filter=one) for place, (_, one) in enumerate(made)}
    )
    return tuple((name, counts[f"a{place}"]) for place, (name, _) in enumerate(made))


def _holders(mine: QuerySet[Matter]) -> tuple[faces.HolderCount, ...]:
    rows = list(
        mine.values("holder_org").annotate(n=Count("id"), oldest=Min("opened_at")).order_by("-n")
    )
    orgs = names.orgs(row["holder_org"] for row in rows)
    return tuple(
        faces.HolderCount(
            org=row["holder_org"], name=orgs.get(row["holder_org"], ""),
            open=row["n"], oldest_at=row["oldest"],
        )
        for row in rows
    )  # fmt: skip


def _asked(filters: faces.ConsultationFilters) -> Q:
    wanted = Q(demand_type=filters.demand_type) if filters.demand_type else Q()
    for name in ("town_code", "category", "answerer"):
        value = getattr(filters, name)
        wanted &= Q(**{name: value}) if value else Q()
    if filters.form in FORMS:
        wanted &= Q(channel__in=FORMS[filters.form][1])
    if filters.person_category:
        wanted &= Q(person_categories__contains=[filters.person_category])
    since = filters.since or clock.today() - timedelta(days=30)
    wanted &= Q(opened_at__gte=_midnight(since))
    if filters.until:
        wanted &= Q(opened_at__lt=_midnight(filters.until + timedelta(days=1)))
    return wanted


def _by_form(found: QuerySet[Matter]) -> tuple[faces.NamedCount, ...]:
    counts = {row["channel"]: row["n"] for row in found.values("channel").annotate(n=Count("id"))}
    return tuple(
        faces.NamedCount(code=code, name=name, n=sum(counts.get(one, 0) for one in channels))
        for code, (name, channels) in FORMS.items()
    )


def _by(
    found: QuerySet[Matter], column: str, named: Callable[[list[Any]], dict[Any, str]]
) -> tuple[faces.NamedCount, ...]:
    rows = found.values_list(column).annotate(n=Count("id")).order_by("-n")[:12]
    known = named([code for code, _ in rows])
    return tuple(
        faces.NamedCount(code=str(code), name=known.get(code) or "未登记", n=n) for code, n in rows
    )


def _by_person(found: QuerySet[Matter]) -> tuple[faces.NamedCount, ...]:
    rows = found.annotate(one=Func(F("person_categories"), function="unnest"))
    counts: dict[str, int] = {}
    for one in rows.values_list("one", flat=True):
        counts[one] = counts.get(one, 0) + 1
    return tuple(
        faces.NamedCount(code=code, name=name, n=counts.get(code, 0))
        for code, name in codes.PERSON_CATEGORIES.items()
        if counts.get(code)
    )


def _records(rows: list[Matter]) -> tuple[faces.ConsultationRow, ...]:
    towns = names.places({row.region_code for row in rows})
    kinds = names.categories() if rows else {}
    people = _people([row.answerer for row in rows if row.answerer])
    return tuple(
        faces.ConsultationRow(
            reference=row.reference,
            title=row.title,
            form_name=next(
                (name for name, channels in FORMS.values() if row.channel in channels),
                codes.CHANNELS[row.channel],
            ),
            demand_type_name=codes.DEMAND_TYPES[row.demand_type],
            region_name=towns.get(row.region_code, row.region_code),
            category_name=kinds.get(row.category) or "未分类",
            persons=tuple(codes.PERSON_CATEGORIES.get(one, one) for one in row.person_categories),
            answerer_name=people.get(row.answerer, "") if row.answerer else "",
            minutes=row.minutes,
            opened_at=row.opened_at,
            state_name=flow.STATES[row.state],
            demo=row.demo,
        )
        for row in rows
    )


def _people(ids: Iterable[UUID]) -> dict[Any, str]:
    return dict(people_queries.account_names(list(ids)))


def _town_names(found: Iterable[str]) -> dict[str, str]:
    return {code: path.town for code, path in regions_queries.paths_of(set(found)).items()}


def _older(after: str) -> Q:
    at, last = _mark(after)
    return Q(opened_at__gt=at) | Q(opened_at=at, id__gt=last)


def _newer(after: str) -> Q:
    at, last = _mark(after)
    return Q(opened_at__lt=at) | Q(opened_at=at, id__lt=last)


def _mark(after: str) -> tuple[datetime, UUID]:
    try:
        at, _, last = after.partition("|")
        return datetime.fromisoformat(at.replace(" ", "+")), UUID(last)
    except ValueError as error:
        raise BadInput("列表的续页标记不对。", way_on="请从第一页重新查看。") from error


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.CIVIL)
