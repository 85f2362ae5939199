"""Lists of quality: what waits for whom. Row security decides which rows there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput, NotFound
from yike.rooms.matters import queries as matters_queries
from yike.rooms.people import queries as people_queries
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import access, codes, policy
from yike.rooms.quality.faces import (
    CaseRow,
    DailyRow,
    PolicyRow,
    RatingRow,
    ReplyFace,
    RewardRow,
)
from yike.rooms.quality.models import (
    Callback,
    DailyCheck,
    Policy,
    Rating,
    RatingReply,
    Reward,
)
from yike.rooms.quality.models.cases import Case
from yike.rooms.quality.queries import rowing

WAYS = ("", "mine", "late", "ended")


def cases(
    actor: Actor, noun: str, *, only: str = "", after: str = "", limit: int = 30
) -> Page[CaseRow]:
    """This will list callbacks, rectifications, alerts or complaints, the soonest due first.

    only: "" open ones, "mine", "late", "ended" (newest first). Refuses NotFound for another noun.
    """
    if noun not in access.MODELS:
        raise NotFound("没有这个清单")
    rows = _of(actor, access.MODELS[noun], only)
    if noun == "callback":
        rows = rows.select_related("rating")
    since = int(after) if after.isascii() and after.isdigit() else 0
    order = ["-ended_at", "id"] if only == "ended" else [F("due_at").asc(nulls_last=True), "id"]
    found = list(rows.order_by(*order)[since : since + limit + 1])
    mark = str(since + limit) if len(found) > limit else ""
    total = rows.count() if since or mark else len(found)
    return Page(rows=rowing.rows(found[:limit], actor), after=mark, total=total)


def counts(actor: Actor) -> dict[str, int]:
    """This will count what is open of each noun, as far as the actor may see it."""
    first, *others = (
        _of(actor, model, "").annotate(noun=Value(noun)).values_list("noun").annotate(n=Count("id"))
        for noun, model in access.MODELS.items()
    )
    return dict.fromkeys(access.MODELS, 0) | dict(first.union(*others, all=True))


def ratings(actor: Actor, *, only: str = "", after: str = "", limit: int = 30) -> Page[RatingRow]:
    """This will list ratings of one's region, newest first: "" all, "bad", "held", "excluded"."""
    wanted = {
        "": Q(), "bad": Q(level__lte=2), "held": Q(standing="held"),
        "excluded": Q(standing="excluded"),
    }  # fmt: skip
    if only not in wanted:
        raise BadInput("没有这个筛选条件", field="only")
    rows = Rating.objects.filter(wanted[only])
    if not actor.has(*access.WATCHERS):
        rows = rows.none()
    since = int(after) if after.isascii() and after.isdigit() else 0
    total = rows.count()
    found = list(rows.order_by("-rated_at", "id")[since : since + limit + 1])
    mark = str(since + limit) if len(found) > limit else ""
    return Page(rows=_ratings(found[:limit], actor), after=mark, total=total)


def daily_checks(actor: Actor, day: date | None = None) -> tuple[DailyRow, ...]:
    """This will list the institutions' lists of a day (today), those nobody looked at first."""
    found = list(
        DailyCheck.objects.filter(day=day or clock.today()).order_by(
            F("seen_at").asc(nulls_first=True), "region_code", "org_name"
        )
    )
    ids = {one for row in found for one in (row.keeper, row.deputy, row.seen_by) if one}
    names = people_queries.account_names(ids)
    return tuple(
        DailyRow(
            id=row.id,
            org_name=row.org_name,
            day=row.day,
            sign=row.waiting.get("sign", 0),
            work=row.waiting.get("work", 0),
            late=row.waiting.get("late", 0),
            keeper=names.get(row.keeper, "") if row.keeper else "",
            deputy=names.get(row.deputy, "") if row.deputy else "",
            seen_at=row.seen_at,
            seen_by=names.get(row.seen_by, "") if row.seen_by else "",
            alarmed_at=row.alarmed_at,
            deputy_asked_at=row.deputy_asked_at,
            mine=actor.org_id == row.org or actor.account_id in (row.keeper, row.deputy),
            demo=row.demo,
        )
        for row in found
    )


def rewards(actor: Actor) -> tuple[RewardRow, ...]:
    """This will list rewards and punishments one may read, newest first."""
    found = list(
        Reward.objects.select_related("practitioner", "institution").order_by("-given_at")[:200]
    )
    return tuple(
        RewardRow(
            id=row.id,
            who=row.practitioner.name if row.practitioner else str(row.institution),
            kind_name=codes.REWARDS[row.kind],
            good=row.kind in codes.GOOD_REWARDS,
            weight_percent=row.weight_percent,
            active_from=row.active_from,
            active_until=row.active_until,
            basis=row.basis,
            words=row.words,
            revoked_at=row.revoked_at,
            revoke_reason=row.revoke_reason,
            demo=row.demo,
        )
        for row in found
        if actor.kind in ("staff", "system")
    )


def policies() -> tuple[PolicyRow, ...]:
    """This will list every parameter with its value in force, and where that comes from."""
    newest: dict[str, Policy] = {}
    for row in Policy.objects.order_by("code", "version"):
        newest[row.code] = row
    return tuple(
        PolicyRow(
            code=one.code,
            name=one.name,
            value=newest[one.code].value if one.code in newest else one.value,
            shipped=one.value,
            unit=one.unit,
            basis=one.basis,
            version=newest[one.code].version if one.code in newest else 0,
            reason=newest[one.code].reason if one.code in newest else "",
            set_at=newest[one.code].set_at if one.code in newest else None,
        )
        for one in policy.PARAMETERS
    )


def _of(actor: Actor, model: type[Case], only: str) -> QuerySet[Any]:
    rows = model._default_manager.all()
    if only == "ended":
        return rows.exclude(ended_at=None)
    rows = rows.filter(ended_at=None)
    if only == "mine":
        by_office = Q(owner_account=None, owner_org=actor.org_id, owner_org__isnull=False)
        return rows.filter(Q(owner_account=actor.account_id) | by_office)
    if only == "late":
        return rows.filter(due_at__lt=clock.now())
    if only:
        raise BadInput("没有这个筛选条件", field="only")
    return rows


def _ratings(found: list[Rating], actor: Actor) -> tuple[RatingRow, ...]:
    ids = [row.id for row in found]
    seen = matters_queries.services(actor, [row.matter_id for row in found])
    orgs = providers_queries.names_of({row.org for row in found if row.org})
    replies = {row.rating_id: row for row in RatingReply.objects.filter(rating__in=ids)}
    calls = dict(Callback.objects.filter(rating__in=ids).values_list("rating", "id"))
    return tuple(
        RatingRow(
            id=row.id,
            reference=seen[row.matter_id].reference if row.matter_id in seen else "",
            org_name=orgs.get(row.org, "") if row.org else "",
            level=row.level,
            level_name=codes.LEVELS[row.level],
            bad=row.level in codes.BAD,
            reasons=tuple(codes.REASONS.get(one, one) for one in row.reasons),
            words=row.words,
            channel_name=codes.CHANNELS[row.channel],
            rated_at=row.rated_at,
            again_name=codes.LEVELS.get(row.again_level or 0, ""),
            flags=tuple(codes.FLAGS.get(one, one) for one in row.flags),
            standing=row.standing,
            standing_name=codes.STANDINGS[row.standing],
            reply=_reply(replies.get(row.id)),
            callback_id=calls.get(row.id),
            demo=row.demo,
        )
        for row in found
    )


def _reply(row: RatingReply | None) -> ReplyFace | None:
    return ReplyFace(at=row.at, words=row.words, appeals=row.appeals) if row else None
