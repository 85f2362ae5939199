"""From tables to the roster engine's facts, and the engine's answers in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Sum

from yike.engines import roster as engine
from yike.rooms.core import clock
from yike.rooms.duty import words
from yike.rooms.duty.models import DutyLimit, Leave, Post, Roster, Shift, Wish
from yike.rooms.providers import queries as providers_queries
from yike.rooms.providers.queries import PractitionerRow
from yike.rooms.regions import codes

#: rest between two shifts, in minutes; two stretches of one post on one day need none
REST_MINUTES = 10 * 60
#: shifts of whoever has no limits of their own
PER_WEEK, PER_MONTH = 6, 22
#: who stood at a post in so many days knows it
FAMILIAR = timedelta(days=90)
#: shifts before and after a roster that may stand too close to it
_NEAR = timedelta(days=8)


def need_id(shift: Shift) -> str:
    """This will return the engine's name of what a shift fills; parallel shifts share one."""
    since, until = (one.astimezone(clock.CIVIL) for one in (shift.from_at, shift.until_at))
    return f"{shift.post_id}|{since:%Y-%m-%dT%H:%M}|{until:%Y-%m-%dT%H:%M}|{shift.part}"


def problem_of(
    shifts: Sequence[Shift],
    *,
    settled: Iterable[Shift] = (),
    only: Iterable[UUID] | None = None,
    rules_only: bool = False,
) -> engine.Problem:
    """This will return the engine's problem of some shifts (posts loaded) of one county.

    `settled`: those of them that are not moved. `only`: these people alone. `rules_only`: leave
    out wishes and fairness, for the check of one change.
    """
    posts = {shift.post_id: shift.post for shift in shifts}
    days = sorted({shift.day for shift in shifts})
    people = _candidates(list(posts.values()), days[0], only)
    mine = {shift.pk for shift in shifts}
    made = _people(people, shifts[0].county_code, days, mine, rules_only=rules_only)
    fixed = [(need_id(one), str(one.practitioner_id)) for one in settled if one.practitioner_id]
    known = {one.id for one in made}
    strangers = [engine.Person(who) for who in {who for _, who in fixed} - known]
    return engine.Problem(
        people=(*made, *strangers),
        posts=tuple(_post(post) for post in posts.values()),
        needs=_needs(shifts),
        wishes=() if rules_only else _wishes(shifts[0].county_code, known),
        fixed=tuple(fixed),
        rest_minutes=REST_MINUTES,
    )


def assigned(shifts: Iterable[Shift]) -> tuple[tuple[str, str], ...]:
    """This will return who fills what, as the engine says it."""
    return tuple(
        (need_id(one), str(one.practitioner_id))
        for one in shifts
        if one.practitioner_id and one.state in words.STANDING
    )


def obstacles(shift: Shift, practitioner_id: UUID) -> tuple[str, ...]:
    """This will say in sentences why somebody may not stand one shift; () when they may."""
    problem = problem_of([shift], only=[practitioner_id], rules_only=True)
    person = next((one for one in problem.people if one.id == str(practitioner_id)), None)
    if person is None:
        return ("名录里没有这个人员，或者已经离任",)
    others = with_drafts([person], shift)[person.id]
    found = engine.obstacles(problem, others, problem.needs[0], ())
    unfit = providers_queries.fit_to_serve([practitioner_id], on=shift.day)[practitioner_id]
    return sentences(found, shift.post, unfit)


def needs_words(post: Post) -> str:
    """This will say whom a post asks for: 律师或基层法律服务；会象山话."""
    from yike.rooms.providers import kinds

    said = ["或".join(kinds.RESOURCE_KINDS[kind] for kind in post.kinds)] if post.kinds else []
    said += [f"擅长{'或'.join(post.specialties)}"] if post.specialties else []
    said += [f"会{'或'.join(post.languages)}"] if post.languages else []
    said += [f"属于{post.institution.name}"] if post.own_people else []
    return "；".join(said) or "不限"


def _candidates(
    posts: Sequence[Post], on: date, only: Iterable[UUID] | None
) -> list[PractitionerRow]:
    """Who could stand at one of the posts at all."""
    if only is not None:
        return list(providers_queries.practitioners_by_id(only).values())
    county = posts[0].county_code
    found = providers_queries.practitioners_in(codes.span(county), on=on)
    made = [_post(post) for post in posts]
    return [
        row
        for row in found
        if any(engine.qualified(engine.Person("", _skills(row)), post) for post in made)
    ]


def _skills(row: PractitionerRow) -> frozenset[str]:
    return frozenset(
        (
            f"kind:{row.kind}",
            f"org:{row.institution_id}",
            *(f"specialty:{one}" for one in row.specialties),
            *(f"language:{one}" for one in row.languages),
        )
    )


def _post(post: Post) -> engine.Post:
    sets = (
        frozenset(f"kind:{one}" for one in post.kinds),
        frozenset(f"specialty:{one}" for one in post.specialties),
        frozenset(f"language:{one}" for one in post.languages),
        frozenset((f"org:{post.institution_id}",) if post.own_people else ()),
    )
    return engine.Post(str(post.pk), tuple(one for one in sets if one))


def _needs(shifts: Sequence[Shift]) -> tuple[engine.Need, ...]:
    found: dict[str, engine.Need] = {}
    for shift in shifts:
        name = need_id(shift)
        count = found[name].count + 1 if name in found else 1
        found[name] = engine.Need(
            name, str(shift.post_id), shift.day, shift.from_at, shift.until_at, shift.part, count,
            shift.weight, shift.post.island,
        )  # fmt: skip
    return tuple(found.values())


def _people(
    rows: Sequence[PractitionerRow],
    county: str,
    days: Sequence[date],
    mine: set[UUID],
    *,
    rules_only: bool,
) -> list[engine.Person]:
    ids = [row.id for row in rows]
    away = _away(ids, county, days)
    busy = _busy(ids, days, mine)
    load = {} if rules_only else load_of(ids, days[0], until=days[0])
    familiar = {} if rules_only else _familiar(ids, days[0])
    limits = {row.pk: row for row in DutyLimit.objects.filter(practitioner_id__in=ids)}
    return [
        engine.Person(
            id=str(row.id),
            skills=_skills(row),
            away=away.get(row.id, {}),
            load=load.get(row.id, 0.0),
            per_week=limits[row.id].per_week if row.id in limits else PER_WEEK,
            per_month=limits[row.id].per_month if row.id in limits else PER_MONTH,
            busy=tuple(busy.get(row.id, ())),
            familiar=familiar.get(row.id, frozenset()),
        )
        for row in rows
    ]


def _away(ids: Sequence[UUID], county: str, days: Sequence[date]) -> dict[UUID, dict[date, str]]:
    """Granted leave, and days on which somebody may not serve."""
    found: dict[UUID, dict[date, str]] = defaultdict(dict)
    granted = Leave.objects.filter(
        practitioner_id__in=ids, state="granted", from_on__lte=days[-1], until_on__gt=days[0]
    )
    for day in days:
        for one, why in providers_queries.fit_to_serve(ids, on=day).items():
            if why:
                found[one][day] = "unfit"
    for leave in granted:
        for day in days:
            if leave.from_on <= day < leave.until_on:
                found[leave.practitioner_id][day] = "leave"
    return found


def _busy(
    ids: Sequence[UUID], days: Sequence[date], mine: set[UUID]
) -> dict[UUID, list[engine.Busy]]:
    """Shifts of published rosters near these days, and of the same months, that count as well."""
    since = min(days[0].replace(day=1), days[0] - _NEAR)
    found: dict[UUID, list[engine.Busy]] = defaultdict(list)
    rows = Shift.objects.filter(
        practitioner_id__in=ids,
        public=True,
        state__in=words.STANDING,
        day__gte=since,
        day__lte=days[-1] + timedelta(days=31),
    ).exclude(pk__in=mine)
    for row in rows.select_related("post"):
        assert row.practitioner_id is not None
        found[row.practitioner_id].append(
            engine.Busy(row.day, row.from_at, row.until_at, str(row.post_id), row.post.island)
        )
    return found


def load_of(ids: Iterable[UUID], day: date, *, until: date | None = None) -> dict[UUID, float]:
    """This will return the weighted hours of each person in a day's quarter, before `until`."""
    since, end = quarter_of(day)
    rows = Shift.objects.filter(
        practitioner_id__in=list(ids),
        public=True,
        state__in=words.STANDING,
        day__gte=since,
        day__lt=until or end,
    )
    sums = rows.order_by().values_list("practitioner_id").annotate(Sum("weight"))
    return {who: round(float(hours), 2) for who, hours in sums if who is not None}


def quarter_of(day: date) -> tuple[date, date]:
    """This will return the first day of a day's quarter, and of the next one."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    month = first.month + 3
    return first, date(day.year + (month > 12), month - 12 * (month > 12), 1)


def _familiar(ids: Sequence[UUID], day: date) -> dict[UUID, frozenset[str]]:
    rows = Shift.objects.filter(
        practitioner_id__in=ids, public=True, day__gte=day - FAMILIAR, day__lt=day
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for who, post in rows.order_by().values_list("practitioner_id", "post_id").distinct():
        if who is not None:
            found[who].add(str(post))
    return {who: frozenset(posts) for who, posts in found.items()}


def _wishes(county: str, known: set[str]) -> tuple[engine.Wish, ...]:
    return tuple(
        engine.Wish(
            str(row.practitioner_id),
            row.kind == "prefer",
            post=str(row.post_id or ""),
            weekday=row.weekday,
            day=row.on_day,
        )
        for row in Wish.objects.filter(county_code=county)
        if str(row.practitioner_id) in known
    )


def with_drafts(people: Iterable[engine.Person], shift: Shift) -> dict[str, engine.Person]:
    """This will add to each the other shifts they have in the same draft: they count as well."""
    held: dict[str, list[engine.Busy]] = defaultdict(list)
    rows = Shift.objects.filter(
        roster=shift.roster_id, practitioner_id__isnull=False, state__in=words.STANDING
    ).exclude(pk=shift.pk)
    for row in () if shift.public else rows.select_related("post"):
        held[str(row.practitioner_id)].append(
            engine.Busy(row.day, row.from_at, row.until_at, str(row.post_id), row.post.island)
        )
    return {one.id: replace(one, busy=(*one.busy, *held[one.id])) for one in people}


def sentences(
    found: Iterable[engine.Obstacle], post: Post, unfit: Sequence[str]
) -> tuple[str, ...]:
    """This will put obstacles into words; `unfit`: why somebody may not practise that day."""
    return tuple(dict.fromkeys(_sentence(one, post, unfit) for one in found))


def _sentence(one: engine.Obstacle, post: Post, unfit: Sequence[str]) -> str:
    said: Mapping[str, str] = {
        "skill": f"不符合岗位要求（{needs_words(post)}）",
        "leave": "这一天已请假",
        "unfit": "这一天不能执业：" + ("、".join(unfit) or "资格不符"),
        "overlap": "同一时间已有别的班",
        "rest": f"和前后的班间隔不到 {REST_MINUTES // 60} 小时",
        "place": "这一天已在别的海岛或岛外值班，来不及往返",
        "per_week": f"这一周已排 {one.detail} 班，到了上限",
        "per_month": f"这个月已排 {one.detail} 班，到了上限",
    }
    return said[one.rule]


def explain(shifts: Sequence[Shift], empty: Iterable[engine.Uncovered]) -> list[dict[str, object]]:
    """This will put what stays empty into words: which post, when, why, what repairs it."""
    by_need = {need_id(shift): shift for shift in shifts}
    found = list(empty)
    asked = {UUID(each.person) for one in found for each in one.repairs}
    names = {who: row.name for who, row in providers_queries.practitioners_by_id(asked).items()}
    return [_explained(by_need[one.need], one, names) for one in found]


def _explained(shift: Shift, one: engine.Uncovered, names: Mapping[UUID, str]) -> dict[str, object]:
    able = sum(count for rule, count in one.kept_away.items() if rule != "skill")
    why = {
        "nobody": f"名录里没有符合要求的人（{needs_words(shift.post)}）",
        "leave": f"符合要求的 {able} 人这一天都请假或不能执业",
        "full": f"符合要求的 {able} 人都到了值班上限",
        "rest": f"符合要求的 {able} 人这时都在值班、要休息或已排满",
    }[one.reason]
    repairs = [_repair(names[UUID(each.person)], each.rules) for each in one.repairs]
    return {
        "shift": str(shift.pk),
        "post": shift.post.name,
        "day": shift.day.isoformat(),
        "hours": f"{shift.from_at.astimezone(clock.CIVIL):%H:%M}",
        "part": words.PARTS[shift.part],
        "missing": one.missing,
        "why": why,
        "repairs": repairs or ["增加符合要求的人员，或者减少这个岗位的班次"],
    }


def _repair(name: str, rules: Iterable[str]) -> str:
    said = {
        "per_week": "这一周多排一班",
        "per_month": "这个月多排一班",
        "rest": "少休息一些（和前后的班间隔不足）",
    }
    return f"请{name}{'，'.join(said[rule] for rule in rules)}"


def roster_shifts(roster: Roster) -> list[Shift]:
    """This will return the shifts of a roster in order, posts and institutions loaded."""
    rows = Shift.objects.filter(roster=roster).select_related("post__institution")
    return list(rows.order_by("from_at", "post__code", "part", "id"))


def begun(shift: Shift, now: datetime | None = None) -> bool:
    """This will say whether a shift has begun."""
    return shift.from_at <= (now or clock.now())
