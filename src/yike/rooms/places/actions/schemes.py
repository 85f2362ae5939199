"""The county's own standard: a draft is edited, a published version never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotFound
from yike.rooms.guard import clean
from yike.rooms.places import access, entry, events, grading, kinds
from yike.rooms.places.grading import Criterion, Grade, Scheme
from yike.rooms.places.models import GradeScheme
from yike.rooms.providers.access import require_registrar
from yike.rooms.trail import actions as trail_actions

MOST_CRITERIA = 200
MOST_POINTS = 1000


@transaction.atomic
def draft_scheme(
    *,
    county_code: str,
    name: str,
    source: str,
    actor: Actor,
    levels: Sequence[int] = (),
    full: int = 100,
    appeal_days: int = 15,
    checked_on: date | None = None,
    grades: Sequence[Grade] = (),
    criteria: Sequence[Criterion] = (),
    like: UUID | None = None,
    demo: bool = False,
) -> UUID:
    """This will begin a version of a county's standard and return its id.

    `like`: grades and criteria are taken from another version. `source`: which paper it follows.
    """
    require_registrar(actor, county_code)
    named = clean.text(name, field="name", most=100, least=2)
    known = GradeScheme.objects.filter(county_code=county_code, name=named)
    body = Scheme(
        full=_full(full),
        levels=tuple(sorted(entry.level(one) for one in levels)),
        grades=tuple(grades),
        criteria=tuple(criteria),
    )
    if like is not None:
        old = grading.read(access.scheme_for(actor, like).body)
        body = replace(old, full=body.full, levels=body.levels or old.levels)
    row = GradeScheme.objects.create(
        county_code=county_code,
        name=named,
        version=(known.aggregate(most=Max("version"))["most"] or 0) + 1,
        body=grading.write(body),
        appeal_days=_days(appeal_days),
        source=entry.filled(source, "source", "依据"),
        checked_on=checked_on,
        demo=demo,
    )
    _record(events.SchemeDrafted, row, actor)
    return row.pk


@transaction.atomic
def revise_scheme(
    *,
    scheme_id: UUID,
    name: str,
    source: str,
    levels: Sequence[int],
    full: int,
    appeal_days: int,
    actor: Actor,
    checked_on: date | None = None,
) -> None:
    """This will set the head of a draft anew: name, levels, full points, term of appeal, source."""
    row = access.scheme_for(actor, scheme_id, draft=True)
    row.name = clean.text(name, field="name", most=100, least=2)
    row.source, row.checked_on = entry.filled(source, "source", "依据"), checked_on
    row.appeal_days = _days(appeal_days)
    body = replace(
        grading.read(row.body),
        full=_full(full),
        levels=tuple(sorted(entry.level(one) for one in levels)),
    )
    same = GradeScheme.objects.filter(
        county_code=row.county_code, name=row.name, version=row.version
    )
    if same.exclude(pk=row.pk).exists():
        raise Clash(f"“{row.name}”第 {row.version} 版已经有了", field="name")
    _keep(row, body, "基本信息", actor)


@transaction.atomic
def set_criterion(*, scheme_id: UUID, criterion: Criterion, actor: Actor) -> None:
    """This will put a criterion into a draft, or set the one with the same code anew."""
    row = access.scheme_for(actor, scheme_id, draft=True)
    body = grading.read(row.body)
    one = _cleaned(criterion, body)
    if said := grading.fault(one):
        raise BadInput(said[0], field="steps" if one.rule == "number" else "points")
    codes = [old.code for old in body.criteria]
    if one.code in codes:
        criteria = tuple(one if old.code == one.code else old for old in body.criteria)
    elif len(codes) >= MOST_CRITERIA:
        raise BadInput(f"一个标准最多 {MOST_CRITERIA} 条指标", field="code")
    else:
        criteria = (*body.criteria, one)
    _keep(row, replace(body, criteria=criteria), f"指标 {one.code} {one.name}", actor)


@transaction.atomic
def drop_criterion(*, scheme_id: UUID, code: str, actor: Actor) -> None:
    """This will take a criterion out of a draft. Refuses NotFound."""
    row = access.scheme_for(actor, scheme_id, draft=True)
    body = grading.read(row.body)
    kept = tuple(one for one in body.criteria if one.code != code)
    if len(kept) == len(body.criteria):
        raise NotFound("标准里没有这条指标")
    _keep(row, replace(body, criteria=kept), f"删去指标 {code}", actor)


@transaction.atomic
def set_grades(*, scheme_id: UUID, grades: Sequence[Grade], actor: Actor) -> None:
    """This will set the grades of a draft anew, with their points and must-haves."""
    row = access.scheme_for(actor, scheme_id, draft=True)
    told = tuple(
        Grade(
            name=clean.text(one.name, field="grades", most=20, least=1),
            points=one.points,
            must=tuple(dict.fromkeys(one.must)),
        )
        for one in grades
    )
    if len({one.name for one in told}) < len(told):
        raise BadInput("有两个等级同名", field="grades")
    body = replace(grading.read(row.body), grades=tuple(sorted(told, key=lambda one: -one.points)))
    _keep(row, body, "等级和分数线", actor)


@transaction.atomic
def publish_scheme(*, scheme_id: UUID, active_from: date, actor: Actor) -> None:
    """This will publish a draft from a day on (today or later); what it replaces ends that day.

    Refuses BadInput naming every fault, Clash when the one before is also for other levels.
    """
    row = access.scheme_for(actor, scheme_id, draft=True)
    body = grading.read(row.body)
    if found := grading.faults(body):
        raise BadInput("；".join(found), way_on="请改好后再发布。", field="active_from")
    if active_from < clock.today():
        raise BadInput("施行日期不能早于今天", field="active_from")
    for old in _replaced(row, body):
        _end(old, body, active_from)
    row.published, row.active_from = True, active_from
    row.save(update_fields=["published", "active_from"])
    _record(events.SchemePublished, row, actor, active_from=active_from)


@transaction.atomic
def drop_scheme(*, scheme_id: UUID, actor: Actor) -> None:
    """This will throw a draft away. Refuses NotAllowed what is published."""
    row = access.scheme_for(actor, scheme_id, draft=True)
    _record(events.SchemeDropped, row, actor)
    row.delete()


def _replaced(row: GradeScheme, body: Scheme) -> list[GradeScheme]:
    going = GradeScheme.objects.filter(county_code=row.county_code, published=True)
    rows = going.filter(Q(active_until=None)).select_for_update().order_by("id")
    return [old for old in rows if set(body.levels) & set(old.body.get("levels", ()))]


def _end(old: GradeScheme, body: Scheme, day: date) -> None:
    left = set(old.body.get("levels", ())) - set(body.levels)
    if left:
        names = "、".join(kinds.LEVELS[one] for one in sorted(left))
        raise Clash(
            f"正在施行的“{old.name}”还适用于{names}",
            way_on="请让新标准也适用于这些级别。", field="active_from",
        )  # fmt: skip
    assert old.active_from is not None
    if old.active_from > day:
        raise Clash(
            f"“{old.name}”第 {old.version} 版 {old.active_from:%Y-%m-%d} 才施行",
            way_on="请选那天或以后。", field="active_from",
        )  # fmt: skip
    old.active_until = day
    old.save(update_fields=["active_until"])


def _cleaned(one: Criterion, body: Scheme) -> Criterion:
    if not 0 <= one.points <= MOST_POINTS:
        raise BadInput(f"分值应在 0 到 {MOST_POINTS} 之间", field="points")
    number = one.rule == "number"
    return replace(
        one,
        code=clean.text(one.code, field="code", most=20, least=1),
        name=clean.text(one.name, field="name", most=100, least=2),
        section=clean.text(one.section, field="section", most=60),
        hint=clean.text(one.hint, field="hint", most=500),
        fact=one.fact if number else "",
        steps=one.steps if number else (),
        levels=tuple(sorted(set(one.levels) & set(body.levels))),
    )


def _full(told: int) -> int:
    if not 10 <= told <= MOST_POINTS:
        raise BadInput(f"满分应在 10 到 {MOST_POINTS} 之间", field="full")
    return told


def _days(told: int) -> int:
    if not 1 <= told <= 180:
        raise BadInput("申诉期限应在 1 到 180 天之间", field="appeal_days")
    return told


def _keep(row: GradeScheme, body: Scheme, changed: str, actor: Actor) -> None:
    row.body = grading.write(body)
    row.save(update_fields=["name", "body", "appeal_days", "source", "checked_on"])
    _record(events.SchemeEdited, row, actor, changed=changed)


def _record(kind: type[Any], row: GradeScheme, actor: Actor, **more: object) -> None:
    about = {"scheme_id": row.pk, "name": row.name, "version": row.version,
             "region_code": row.county_code}  # fmt: skip
    trail_actions.record(kind(**about, **more), actor=actor)
