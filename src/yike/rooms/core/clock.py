"""The one place where time is asked. Engines and flows are told it; nobody else asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

#: The whole country keeps one civil time.
CIVIL = ZoneInfo("Asia/Shanghai")

_set_to: ContextVar[datetime | None] = ContextVar("yike_clock", default=None)


def now() -> datetime:
    """This will return the present instant, aware, in civil time (or the instant set by `at`)."""
    fixed = _set_to.get()
    return fixed if fixed is not None else datetime.now(UTC).astimezone(CIVIL)


def today() -> date:
    """This will return the present civil date."""
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """This will make `moment` the present inside the block: for the demo year and for tests.

    Refuses a naive datetime with ValueError: an instant without zone is nobody's instant.
    """
    if moment.tzinfo is None:
        raise ValueError("clock.at needs an aware datetime; add tzinfo=clock.CIVIL")
    token = _set_to.set(moment.astimezone(CIVIL))
    try:
        yield
    finally:
        _set_to.reset(token)
