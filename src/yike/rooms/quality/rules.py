"""What the rules find: matters that wait, ratings that fall, odd ratings unchecked. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from yike.rooms.core import clock
from yike.rooms.duty.queries import Absence
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import Service
from yike.rooms.providers import queries as providers_queries
from yike.rooms.quality import codes, falls, policy
from yike.rooms.quality.finding import Finding
from yike.rooms.quality.models import Rating

#: a flagged rating may wait so long for somebody to check it
HELD = timedelta(days=3)


def waiting(now: datetime) -> list[Finding]:
    """This will find matters not finished, not signed or never answered for too long."""
    limits = policy.values("wait.days", "unsigned.hours", "silent.days")
    spans = (
        ("wait_long", "unfinished", timedelta(days=limits["wait.days"])),
        ("unsigned", "unsigned", timedelta(hours=limits["unsigned.hours"])),
        ("never_answered", "unanswered", timedelta(days=limits["silent.days"])),
    )
    return [
        of_matter(rule, one, now)
        for rule, only, span in spans
        for one in matters_queries.open_since(now - span, only=only)
    ]


def of_matter(rule: str, one: Service, now: datetime, *more: tuple[str, str]) -> Finding:
    """This will make the finding of a rule about one matter."""
    days = (now - one.opened_at).days
    return Finding(
        rule=rule,
        subject_kind="matter",
        subject=str(one.matter_id),
        region_code=one.region_code,
        title=f"{codes.RULES[rule]}：{one.reference}",
        evidence=(("编号", one.reference), ("受理至今", f"{days}天"), *more),
        secrecy=one.level,
        org=one.holder_org,
        demo=one.demo,
    )


def absent(one: Absence) -> Finding | None:
    """This will make the finding about a shift nobody came to; None when it was told in time.

    In time: before it began, and somebody stands in or is still looked for.
    """
    searched = one.shift.state == "absent" and one.reported_at is not None
    if not one.late and not (searched and one.failed):
        return None
    shift = one.shift
    when = f"{shift.day:%m月%d日} {shift.hours}"
    return Finding(
        rule="absent",
        subject_kind="shift",
        subject=str(shift.id),
        region_code=one.region_code,
        title=f"{codes.RULES['absent']}：{shift.post_name} {when}",
        evidence=(
            ("岗位", f"{shift.post_name}（{one.institution_name}）"),
            ("班次", when),
            ("值班人", shift.name),
            ("怎样发现", _found_by(one)),
            ("发现时间", _when(one.reported_at or one.missed_at)),
            ("本人或派单员说", one.reason),
        ),
        org=one.institution_id,
        demo=one.demo,
    )


def _found_by(one: Absence) -> str:
    if one.missed_at is not None:
        return "逾时没有签到"
    return "报了缺勤，没有人能替班" if one.failed else "开班以后才报缺勤"


def _when(at: datetime | None) -> str:
    return f"{at.astimezone(clock.CIVIL):%m月%d日 %H:%M}" if at else ""


def falling(now: datetime) -> list[Finding]:
    """This will find offices whose satisfaction fell against their own past, beyond chance."""
    told = policy.values("fall.recent_days", "fall.past_days", "fall.least", "fall.points")
    middle = now - timedelta(days=told["fall.recent_days"])
    first = middle - timedelta(days=told["fall.past_days"])
    recent, past = _shares(middle, now), _shares(first, middle)
    found = []
    for org, share in recent.items():
        fall = falls.fallen(
            share, past.get(org, falls.Share(good=0, all=0)),
            least=told["fall.least"], points=told["fall.points"],
        )  # fmt: skip
        if fall is not None:
            found.append(_of_fall(org, fall))
    return found


def unchecked(now: datetime) -> list[Finding]:
    """This will find flagged ratings that nobody has checked for days."""
    rows = Rating.objects.filter(standing="held", rated_at__lt=now - HELD)
    return [
        Finding(
            rule="held_ratings",
            subject_kind="rating",
            subject=str(row.id),
            region_code=row.region_code,
            title="可疑评价三天没有核实",
            evidence=(("疑点", "、".join(codes.FLAGS.get(one, one) for one in row.flags)),),
            secrecy=row.secrecy,
            org=row.org,
            demo=row.demo,
        )
        for row in rows.order_by("rated_at")[:200]
    ]


def downgraded(one: Service, before: str, after: str) -> Finding | None:
    """This will find a complaint or report that became a consultation after it was taken in."""
    if before not in ("3", "4") or after not in ("1", "5"):
        return None
    names = {"1": "咨询", "3": "投诉", "4": "举报", "5": "建议"}
    return of_matter("downgrade", one, clock.now(), ("改动", f"{names[before]}改为{names[after]}"))


def _shares(since: datetime, until: datetime) -> dict[UUID, falls.Share]:
    rows = Rating.objects.filter(rated_at__gte=since, rated_at__lt=until, standing="counted")
    counted = (
        rows.exclude(org=None)
        .values("org")
        .annotate(n=Count("id"), good=Count("id", filter=Q(level__gte=codes.HELPED)))
    )
    return {UUID(str(row["org"])): falls.Share(good=row["good"], all=row["n"]) for row in counted}


def _of_fall(org: UUID, fall: falls.Fall) -> Finding:
    office = providers_queries.institution(org)
    return Finding(
        rule="rating_fall",
        subject_kind="institution",
        subject=str(org),
        region_code=office.region_code,
        title=f"{office.name}满意率下降 {fall.points:.0f} 个百分点",
        evidence=(
            ("近期满意率", f"{fall.recent.percent}（{fall.recent.all}件）"),
            ("以前满意率", f"{fall.past.percent}（{fall.past.all}件）"),
        ),
        org=org,
        demo=office.demo,
    )


def all_of(now: datetime) -> Iterable[Finding]:
    """This will return what every rule finds now."""
    return [*waiting(now), *falling(now), *unchecked(now)]
