"""Warnings of promises: colours, who is told, when nobody is disturbed. Reads only.

A colour comes from the promise's own thresholds (clocks); whom it reaches and its silence are
rules with versions, kept by dispatchers and directors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import clock
from yike.rooms.core.refusal import NotFound
from yike.rooms.matters.models import AlertRule, Matter
from yike.rooms.notices.faces import Recipient
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles

#: colours of a running promise, from well to broken (NORMS codelist alert_level)
COLOURS = {"green": "正常", "yellow": "黄色预警", "orange": "橙色预警", "red": "红色超期"}
#: the colours somebody is told of, the worst last
TOLD = ("yellow", "orange", "red")
LEVELS = {"holder": "承办人", "office": "承办单位", "dispatcher": "派单员", "director": "局领导"}
#: event of the room clocks → colour, notice
EVENTS = {
    "ClockNeared": ("yellow", "matter.neared"),
    "ClockWarned": ("orange", "matter.warned"),
    "ClockBroken": ("red", "matter.broken"),
}
_ROLES = {"dispatcher": roles.DISPATCHER, "director": roles.DIRECTOR}
_CALENDAR = "office"
_MOST_DAYS = 40


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One version of the rules. `promise_code` "": for every promise without its own."""

    promise_code: str = ""
    version: int = 0
    yellow: tuple[str, ...] = ("holder",)
    orange: tuple[str, ...] = ("holder", "office")
    red: tuple[str, ...] = ("holder", "office", "dispatcher", "director")
    #: nobody is disturbed from … until …, civil time; both "" = never silent
    quiet_from: str = "21:00"
    quiet_until: str = "08:00"
    #: nor on days on which the office does not work
    rest_days: bool = True
    #: the same person hears of the same matter at most once in so many minutes
    again_minutes: int = 60
    #: a broken promise waits for nothing
    red_at_once: bool = False
    reason: str = "出厂设置"
    set_at: datetime | None = None
    set_by_name: str = ""

    def recipients(self, colour: str) -> tuple[str, ...]:
        """This will return the levels that hear of a colour."""
        found: dict[str, tuple[str, ...]] = {
            "yellow": self.yellow, "orange": self.orange, "red": self.red,
        }  # fmt: skip
        return found.get(colour, ())


def colour_of(face: ClockFace, now: datetime) -> str:
    """This will return the colour of a promise at an instant; "" when it does not run."""
    if face.state != "running":
        return ""
    if face.broken_at or face.due_at < now:
        return "red"
    if face.warn_at and face.warn_at <= now:
        return "orange"
    return "yellow" if face.near_at and face.near_at <= now else "green"


def rule_for(promise_code: str) -> Rule:
    """This will return the rule of a promise: its own newest, else everybody's, else as shipped."""
    rows = AlertRule.objects.filter(promise_code__in={promise_code, ""})
    row = rows.order_by("-promise_code", "-version").first()
    return face(row) if row else Rule()


def versions(promise_code: str) -> tuple[Rule, ...]:
    """This will return every version of one rule, newest first, the shipped one last."""
    rows = list(AlertRule.objects.filter(promise_code=promise_code).order_by("-version"))
    names = people_queries.account_names([row.set_by for row in rows if row.set_by])
    made = tuple(face(row, names.get(row.set_by, "") if row.set_by else "") for row in rows)
    return made if promise_code else (*made, Rule())


def own_codes() -> frozenset[str]:
    """This will return the promises that have a rule of their own."""
    return frozenset(AlertRule.objects.values_list("promise_code", flat=True)) - {""}


def silent_until(rule: Rule, colour: str, now: datetime) -> datetime:
    """This will return the moment when somebody may be told: now, or when the silence ends."""
    if colour == "red" and rule.red_at_once:
        return now
    moment = now.astimezone(clock.CIVIL)
    for _ in range(_MOST_DAYS):
        moment = _after_quiet(moment, rule.quiet_from, rule.quiet_until)
        if not rule.rest_days or _works(moment.date()):
            return moment
        moment = (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return now  # a calendar without a working day silences nobody


def addresses(matter: Matter, levels: Iterable[str]) -> list[Recipient]:
    """This will return whom the levels mean for this matter, each once.

    Dispatchers and directors are those who answer for its region and may see its level: of a
    private matter nobody else hears that it exists.
    """
    found: dict[tuple[UUID | None, UUID | None], Recipient] = {}
    for level in levels:
        for one in _of_level(matter, level):
            found.setdefault((one.account, one.org), one)
    return list(found.values())


def face(row: AlertRule, set_by_name: str = "") -> Rule:
    """This will return a rule as it is read."""
    told = {colour: tuple(row.recipients.get(colour, ())) for colour in TOLD}
    return Rule(
        promise_code=row.promise_code,
        version=row.version,
        yellow=told["yellow"],
        orange=told["orange"],
        red=told["red"],
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        rest_days=row.rest_days,
        again_minutes=row.again_minutes,
        red_at_once=row.red_at_once,
        reason=row.reason,
        set_at=row.set_at,
        set_by_name=set_by_name,
    )


def _of_level(matter: Matter, level: str) -> list[Recipient]:
    if level in ("holder", "office"):
        asked = [Recipient(org=matter.offered_org)] if matter.offered_org else []
        if level == "holder" and matter.holder_account is not None:
            return [Recipient(account=matter.holder_account), *asked]
        return [Recipient(org=matter.holder_org), *asked] if matter.holder_org else asked
    accounts = people_queries.answering_for(
        _ROLES[level], region_code=matter.region_code, level=matter.level
    )
    return [Recipient(account=one) for one in accounts]


def _after_quiet(moment: datetime, begins: str, ends: str) -> datetime:
    """The end of the quiet hours that a moment falls into, else the moment itself."""
    if not begins or not ends or begins == ends:
        return moment
    time = f"{moment:%H:%M}"
    quiet = begins <= time < ends if begins < ends else time >= begins or time < ends
    if not quiet:
        return moment
    hour, minute = map(int, ends.split(":"))
    opens = moment.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return opens if opens > moment else opens + timedelta(days=1)


def _works(day: date) -> bool:
    try:
        month = clocks_queries.calendar_days(_CALENDAR, day)
    except NotFound:
        return True
    return next((bool(one.periods) for one in month if one.day == day), True)
