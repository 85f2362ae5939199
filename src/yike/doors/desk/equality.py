"""均等化、普惠化、便捷化: a county's measures of a period, each with its formula and its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from yike.doors.desk import choices, equality_rules, seat
from yike.doors.desk.equality_efforts import EffortsFace, efforts_face
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.catalogue import fees
from yike.rooms.catalogue import papers as catalogue_papers
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.matters import queries as matters_queries
from yike.rooms.reach import queries as reach_queries

#: days of the periods that may be asked for, the usual one first
PERIODS = (90, 30, 365)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One number in words; `value` empty: not known, and `formula` says how it would be."""

    name: str
    value: str
    formula: str
    source: str
    href: str


@dataclass(frozen=True, kw_only=True)
class EqualityFace:
    """The measures of a period [since, until)."""

    since: date
    until: date
    days: int
    #: "" for the whole county
    town: str
    parts: tuple[tuple[str, tuple[Measure, ...]], ...]
    efforts: EffortsFace


@door.staff(roles=seat.COMMANDERS)
@require_GET
def equality(request: HttpRequest) -> HttpResponse:
    """This will show how equal, how affordable and how easy help is in the county."""
    asked = {str(one): one for one in PERIODS}.get(request.GET.get("days", ""), PERIODS[0])
    towns = choices.towns(blank="全县")
    town = next((code for code, _ in towns if code == request.GET.get("town", "")), "")
    face = equality_face(seat.who(request), choices.county(), asked, town)
    return show(request, "desk/equality.html", face, periods=sorted(PERIODS), towns=towns)


def equality_face(actor: Actor, county: str, days: int, town: str = "") -> EqualityFace:
    """This will join the measures from reach, the catalogue and the demands of a period."""
    until = clock.today() + timedelta(days=1)
    since = until - timedelta(days=days)
    parts = (
        ("均等化：谁近谁远", _equal(actor, county)),
        ("普惠化：要不要钱", _affordable()),
        ("便捷化：多久、几样材料", _easy(actor, since, until, town)),
    )
    efforts = efforts_face(actor, since, until, town)
    return EqualityFace(
        since=since, until=until, days=days, town=town, parts=parts, efforts=efforts
    )


def _equal(actor: Actor, county: str) -> tuple[Measure, ...]:
    run = reach_queries.latest_run(actor, county)
    page = reach_queries.access_page(actor, run.id) if run else None
    told = {
        "href": reverse("desk:reach_access", args=[run.id]) if run else reverse("desk:reach"),
        "source": f"测算“{run.name}”" if run else "还没有测算",
    }
    towns = page.groups[0].towns if page and page.groups else ()
    minutes = equality_rules.gap_of([(one.name, one.median) for one in towns])
    hours = equality_rules.gap_of(
        [(one.name, one.mean) for one in page.access if (one.kind, one.group) == ("town", "全体")]
        if page
        else []
    )
    groups = {one.name: one.county for one in page.groups} if page else {}
    elder = groups.get("老年人")
    whole = page.groups[0].county if page and page.groups else None
    return (
        Measure(name="乡镇之间的用时差距", value=_gap(minutes, "分钟"), **told,
                formula="各乡镇中位用时，最远的减最近的；比值是最远的除以最近的。"),
        Measure(name="乡镇之间的服务时数差距", value=_gap(hours, "小时/千人"), **told,
                formula="各乡镇每千人可得服务时数（E2SFCA），最多的减最少的。"),
        Measure(name="老年人与全体的差距", value=_elder(elder, whole), **told,
                formula="老年人和全体在标准分钟内的比例相减，负数表示老年人更差。"),
        Measure(name="用时的基尼系数", value=_number(page.time.gini if page else None), **told,
                formula="0 表示人人一样，越接近 1 越不均；无路可达的人不在内。"),
        Measure(name="服务时数的基尼系数", **told, formula="同上，按每人可得的服务时数。",
                value=_number(page.hours.gini if page and page.hours else None)),
    )  # fmt: skip


def _affordable() -> tuple[Measure, ...]:
    rows = [fees.price_of(one.fee) for one in catalogue_queries.items()]
    free, unknown = rows.count(fees.FREE), rows.count(fees.UNKNOWN)
    share = equality_rules.share_of(free, len(rows) - unknown)
    known = "" if share is None else f"{share}%（{free} 项）"
    told = {"source": "服务事项", "href": reverse("desk:items")}
    return (
        Measure(name="免费事项的比例", value=known, **told,
                formula="标明免费的事项 ÷ 标明了收费情况的事项。"),
        Measure(name="没写收费情况的事项", value=f"{unknown} 项", **told,
                formula="在用的事项里，收费一栏空着的；不当作免费。"),
    )  # fmt: skip


def _easy(actor: Actor, since: date, until: date, town: str) -> tuple[Measure, ...]:
    found = matters_queries.durations(actor, since, until, town)
    clocked = (
        "工作时间，按单位的工作日历，夜里、周末和假日不算"
        if found.known
        else "钟点时间，没有工作日历可用，夜里和假日也算在内"
    )
    papers = [float(number) for _, number in catalogue_papers.papers_asked()]
    share = equality_rules.share_of(found.online, found.opened)
    orders = {"source": f"这段时间的 {found.opened} 件诉求", "href": reverse("command:orders")}
    items = {"source": "服务事项", "href": reverse("desk:items")}
    return (
        Measure(name="到首次答复的时间", value=_hours(found.reply_hours), **orders,
                formula=f"已有答复的 {len(found.reply_hours)} 件，"
                        f"从提出到答复的中位数：{clocked}。"),
        Measure(name="到办结的时间", value=_hours(found.close_hours), **orders,
                formula=f"已办结的 {len(found.close_hours)} 件，从提出到办结的中位数：{clocked}。"),
        Measure(name="网上提出的比例", value="" if share is None else f"{share}%", **orders,
                formula="从群众端或其他平台来的诉求 ÷ 全部诉求。"),
        Measure(name="一个事项要几样材料", value=_papers(papers), **items,
                formula="在用事项列出的材料数的中位数；不代表每个人都要交齐。"),
    )  # fmt: skip


def _gap(gap: equality_rules.Gap | None, unit: str) -> str:
    if gap is None:
        return ""
    ratio = "" if gap.ratio is None else f"，{gap.ratio:.1f} 倍"
    ends = f"（{gap.best} {gap.low:.1f}，{gap.worst} {gap.high:.1f}）"
    return f"相差 {gap.difference:.1f} {unit}{ratio}{ends}"


def _elder(elder: reach_queries.PlaceRow | None, whole: reach_queries.PlaceRow | None) -> str:
    if elder is None or whole is None or not elder.total or not whole.total:
        return ""
    gap = 100 * elder.covered / elder.total - 100 * whole.covered / whole.total
    return f"{gap:+.1f} 个百分点"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _hours(values: tuple[float, ...]) -> str:
    median = equality_rules.median_of(values)
    return "" if median is None else f"{median:.1f} 小时"


def _papers(values: list[float]) -> str:
    median = equality_rules.median_of(values)
    return "" if median is None else f"{median:g} 样"
