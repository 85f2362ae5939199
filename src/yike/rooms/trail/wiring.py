"""The board that house/switchboard.py fills: which event is heard by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from yike.rooms.core.actor import Actor
from yike.rooms.core.event import Event


class Hears(Protocol):
    """A handler that runs in the same transaction as the deed."""

    def __call__(self, event: Any, *, actor: Actor) -> None: ...


class Job(Protocol):
    """A procrastinate task that takes `event`, the facts of what happened."""

    def defer(self, *, event: dict[str, Any]) -> object: ...


_now: dict[type[Event], list[Hears]] = defaultdict(list)
_later: dict[type[Event], list[Job]] = defaultdict(list)
_held_back: ContextVar[bool] = ContextVar("yike_later_held_back", default=False)


def connect(event: type[Event], *, now: Sequence[Hears] = (), later: Sequence[Job] = ()) -> None:
    """This will let an event be heard: `now` in its transaction (three at most), or by jobs."""
    _now[event].extend(now)
    _later[event].extend(later)
    if len(_now[event]) > 3:
        raise ValueError(f"{event.kind()} has more than three `now` hearers; make some jobs.")


def clear() -> None:
    """This will forget all wires, so that start-up can be repeated in one process."""
    _now.clear()
    _later.clear()


def hearers(event: type[Event]) -> tuple[str, ...]:
    """This will name who hears an event: functions `now`, then jobs, in the page's order."""
    now = [f"{hears.__name__} (now)" for hears in _now.get(event, ())]  # type: ignore[attr-defined]
    later = [str(getattr(job, "name", "")) or type(job).__name__ for job in _later.get(event, ())]
    return (*now, *later)


def wired() -> set[type[Event]]:
    """This will return every event that somebody hears."""
    return {event for board in (_now, _later) for event, heard in board.items() if heard}


@contextmanager
def without_later() -> Iterator[None]:
    """This will hold back the `later` jobs inside the block: for deeds written down long after.

    Only imports of old history and the demonstration year may use it; the deeds and their entries
    are the same, nobody is told of them by mail months late.
    """
    token = _held_back.set(True)
    try:
        yield
    finally:
        _held_back.reset(token)


def hand_on(event: Event, *, actor: Actor) -> None:
    """This will call the `now` hearers and defer the `later` jobs of an event."""
    for hears in _now.get(type(event), ()):
        hears(event, actor=actor)
    for job in () if _held_back.get() else _later.get(type(event), ()):
        job.defer(event=event.facts())
