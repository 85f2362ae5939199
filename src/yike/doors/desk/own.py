"""我的: what waits for me and why, what I promised, my duty, my ratings, my hours, on one page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yike.doors.desk import seat
from yike.doors.kit import door
from yike.doors.kit.pages import show
from yike.rooms.core.actor import Actor
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.queries.own import MyDuty
from yike.rooms.matters import queries as matters_queries
from yike.rooms.matters.faces import WaitingRow
from yike.rooms.plans import queries as plans_queries
from yike.rooms.plans.queries import TaskRow
from yike.rooms.quality import queries as quality_queries
from yike.rooms.quality.faces import CaseRow, DailyRow, MyRatings

#: how many of each are shown; the rest stands on its own page
_MOST = 5
#: nouns of quality that somebody may owe
_NOUNS = ("callback", "rectification", "alert", "complaint")


@dataclass(frozen=True, kw_only=True)
class OwnPage:
    """Everything of one person at one glance."""

    waiting: tuple[WaitingRow, ...]
    waiting_total: int
    promised: tuple[WaitingRow, ...]
    late: int
    duty: MyDuty
    cases: tuple[CaseRow, ...]
    tasks: tuple[TaskRow, ...]
    daily: tuple[DailyRow, ...]
    ratings: MyRatings


@door.staff(roles=seat.WORKERS)
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """This will show what is mine today, the most urgent first, each with its reason."""
    return show(request, "desk/own.html", _page(seat.who(request)))


def _page(actor: Actor) -> OwnPage:
    waiting = matters_queries.matters_waiting_for(actor, limit=_MOST)
    mine = matters_queries.matters_waiting_for(actor, only="mine", limit=50)
    return OwnPage(
        waiting=tuple(waiting.rows),
        waiting_total=waiting.total or 0,
        promised=tuple(sorted((row for row in mine.rows if row.due_at), key=_due))[:_MOST],
        late=matters_queries.waiting_counts(actor, ["late"])["late"],
        duty=duty_queries.my_duty(actor=actor),
        cases=_cases(actor),
        tasks=plans_queries.tasks_of_office(actor, most=_MOST),
        daily=tuple(
            row for row in quality_queries.daily_checks(actor) if row.mine and row.seen_at is None
        ),
        ratings=quality_queries.my_ratings(actor),
    )


def _due(row: WaitingRow) -> float:
    return row.due_at.timestamp() if row.due_at else 0.0


def _cases(actor: Actor) -> tuple[CaseRow, ...]:
    lists = (quality_queries.cases(actor, noun, only="mine", limit=_MOST) for noun in _NOUNS)
    return tuple(row for found in lists for row in found.rows)[:_MOST]
