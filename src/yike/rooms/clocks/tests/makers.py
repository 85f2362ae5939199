"""A small scene for this room: an office calendar, promises, clocks, and people to look at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from yike.rooms.clocks import actions, reference
from yike.rooms.clocks.faces import ClockFace
from yike.rooms.core import actor as actors
from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.guard.acting import acting

HOUSE = actors.system("test")
#: Staff of 石浦镇 and of another county.
HERE = Actor(kind="staff", ref=str(new_id()), region_from="330225102", region_until="330225103")
THERE = Actor(kind="staff", ref=str(new_id()), region_from="340403000", region_until="340404000")
REGION = "330225102001"
USED = {"sign.1wd", "help.finish", "consult.finish", "media.answer"}
USED |= {"urgent.sign", "urgent.finish", "GZ.issue", "LA-XFER"}


def at(text: str) -> datetime:
    """An instant in civil time."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.CIVIL)


@contextmanager
def house_at(text: str) -> Iterator[Actor]:
    """The house acts, at this instant."""
    with clock.at(at(text)), acting(HOUSE):
        yield HOUSE


def furnish(*, fully: bool = False) -> None:
    """Load the reference calendars, and the promises that these tests use (or all)."""
    with house_at("2026-01-05T08:00"):
        if fully:
            reference.load_reference(actor=HOUSE)
            return
        reference.load_calendars(actor=HOUSE)
        for preset in reference.presets():
            if preset["code"] in USED:
                actions.set_promise(**preset, actor=HOUSE)


def start(when: str, promise: str = "help.finish", **more: Any) -> ClockFace:
    """Start a clock for a new thing, by the house."""
    facts: dict[str, Any] = {
        "subject_kind": "matter",
        "subject_id": new_id(),
        "region_code": REGION,
        **more,
    }
    with house_at(when):
        return actions.start_clock(promise_code=promise, actor=HOUSE, **facts)


def tick(when: str, **more: Any) -> int:
    """One tick at this instant."""
    with house_at(when):
        return actions.tick(now=at(when), actor=HOUSE, **more)


def told(kind: str, subject: UUID | None = None) -> list[tuple[str, str, str]]:
    """About, subject and body of every entry of this kind."""
    sql = "select about, subject, body from trail_entry where kind = %s"
    with acting(HOUSE), connection.cursor() as cursor:
        cursor.execute(sql + " order by id", (f"clocks.{kind}",))
        rows = cursor.fetchall()
    return [row for row in rows if subject is None or row[1] == str(subject)]
