"""Working time: calendars with several periods a day, and everything that is reckoned with them.

Pure: calendars, instants and terms come in as values; nothing here knows the time of day.
"""

from yike.engines.worktime.calendar import (
    CIVIL,
    Calendar,
    Closure,
    MakeUp,
    Opening,
    Period,
    Season,
    Week,
)
from yike.engines.worktime.errors import (
    BadCalendarError,
    BadInstantError,
    NoWorkingTimeError,
    WorktimeError,
)
from yike.engines.worktime.pause import Pause, Rest, Term, due_of, remaining, resume_due
from yike.engines.worktime.plain import from_plain, read_period, to_plain
from yike.engines.worktime.reckon import (
    DayEnd,
    Due,
    Unit,
    add,
    after_time,
    between,
    is_working,
    periods_of,
    worked,
    working_days,
)

__all__ = [
    "CIVIL",
    "BadCalendarError",
    "BadInstantError",
    "Calendar",
    "Closure",
    "DayEnd",
    "Due",
    "MakeUp",
    "NoWorkingTimeError",
    "Opening",
    "Pause",
    "Period",
    "Rest",
    "Season",
    "Term",
    "Unit",
    "Week",
    "WorktimeError",
    "add",
    "after_time",
    "between",
    "due_of",
    "from_plain",
    "is_working",
    "periods_of",
    "read_period",
    "remaining",
    "resume_due",
    "to_plain",
    "worked",
    "working_days",
]
