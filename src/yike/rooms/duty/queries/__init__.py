"""Every read of this room."""

from yike.rooms.duty.queries.absences import Absence, absence, asked_of
from yike.rooms.duty.queries.board import (
    next_slot,
    on_duty,
    on_duty_ids,
    public_board,
    standing_in,
)
from yike.rooms.duty.queries.calendars import feed, post_calendar
from yike.rooms.duty.queries.check_rules import Book, RuleRow, check_rules
from yike.rooms.duty.queries.checkins import (
    answers_for,
    arrivals,
    check_page,
    doubts,
    make_ups,
    own_shift,
    post_code,
    tries,
)
from yike.rooms.duty.queries.circuits import (
    Calendar,
    CircuitPage,
    VisitPage,
    VisitRow,
    bookable_stops,
    calendar,
    circuit_page,
    circuits_met,
    days_in_doubt,
    next_visits,
    stops_of,
    visit_page,
    visits_at,
    visits_to,
)
from yike.rooms.duty.queries.desk import (
    duty_now,
    fairness,
    roster_page,
    rosters,
    shift_page,
)
from yike.rooms.duty.queries.duty_figures import duty_figures, rows_out
from yike.rooms.duty.queries.halls import HallWindow, hall
from yike.rooms.duty.queries.own import calls_open, my_duty, waiting_for_planner
from yike.rooms.duty.queries.posts import post, post_by_code, posts_in
from yike.rooms.duty.queries.promises import promised_unmanned
from yike.rooms.duty.queries.rotation import Rotation, RotationLine, rotation, rotation_lines
from yike.rooms.duty.queries.shifts import (
    hours_at_stations,
    shift,
    shifts_between,
    shifts_of,
    shifts_stood_at,
)

__all__ = [
    "Absence",
    "Book",
    "Calendar",
    "CircuitPage",
    "HallWindow",
    "Rotation",
    "RotationLine",
    "RuleRow",
    "VisitPage",
    "VisitRow",
    "absence",
    "answers_for",
    "arrivals",
    "asked_of",
    "bookable_stops",
    "calendar",
    "calls_open",
    "check_page",
    "check_rules",
    "circuit_page",
    "circuits_met",
    "days_in_doubt",
    "doubts",
    "duty_figures",
    "duty_now",
    "fairness",
    "feed",
    "hall",
    "hours_at_stations",
    "make_ups",
    "my_duty",
    "next_slot",
    "next_visits",
    "on_duty",
    "on_duty_ids",
    "own_shift",
    "post",
    "post_by_code",
    "post_calendar",
    "post_code",
    "posts_in",
    "promised_unmanned",
    "public_board",
    "roster_page",
    "rosters",
    "rotation",
    "rotation_lines",
    "rows_out",
    "shift",
    "shift_page",
    "shifts_between",
    "shifts_of",
    "shifts_stood_at",
    "standing_in",
    "stops_of",
    "tries",
    "visit_page",
    "visits_at",
    "visits_to",
    "waiting_for_planner",
]
