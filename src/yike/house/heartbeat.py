"""The heartbeat: once a second, what is due happens. After a pause it catches up.

Clocks warn and break, the trail is sealed, jobs of a worker that is gone are taken up. A beat that
fails is logged and tried again; it never ends the loop. Several workers take turns, so each beat
happens once.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import threading
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from django.db import close_old_connections, connection

from yike.rooms.core import clock
from yike.rooms.core.actor import system
from yike.rooms.guard.acting import acting

log = logging.getLogger("yike.heartbeat")

EVERY_SECONDS = 1.0
LONGEST_PAUSE = 10.0
#: A beat that did so much work has more to do: it is repeated at once, this often at most.
MOST_ROUNDS = 50
_TURN = 0x42454154


@dataclass(frozen=True)
class Beat:
    """An action of a room that returns how many things it did.

    told_time: it takes `now=`. own_transaction: it opens a durable one itself, so it is called
    outside `acting`. module: where it lives, if not in the room's actions.
    """

    room: str
    name: str
    told_time: bool = False
    own_transaction: bool = False
    module: str = ""

    def action(self) -> Callable[..., Any] | None:
        """This will return the room's action, or None while the room has not got it."""
        room = self.module.rpartition(".")[0] or f"yike.rooms.{self.room}"
        module = self.module or f"{room}.actions"
        if not (importlib.util.find_spec(room) and importlib.util.find_spec(module)):
            return None
        return getattr(importlib.import_module(module), self.name, None)


BEATS = (
    Beat("clocks", "tick", told_time=True),
    Beat("booking", "tick", told_time=True),
    Beat("trail", "seal", own_transaction=True),
    Beat("house", "take_up_stalled", module="yike.house.stalled"),
)


def beat_until(ending: threading.Event, *, beats: tuple[Beat, ...] = BEATS) -> None:
    """This will beat every second until `ending` is set; after a fault a little later."""
    pause = EVERY_SECONDS
    while not ending.is_set():
        well = beat_once(beats)
        pause = EVERY_SECONDS if well else min(pause * 2, LONGEST_PAUSE)
        ending.wait(pause)
    connection.close()


def beat_once(beats: tuple[Beat, ...] = BEATS) -> bool:
    """This will do everything that is due; False when a beat failed (all are tried)."""
    try:
        if not connection.in_atomic_block:
            close_old_connections()
        if not _take_turn():
            return True
    except Exception:
        log.exception("heartbeat: the database does not answer")
        connection.close()
        return False
    try:
        results = [_do(beat) for beat in beats]
        return all(results)
    finally:
        _give_turn_back()


def _do(beat: Beat) -> bool:
    try:
        _until_done(beat)
    except Exception:
        log.exception("heartbeat: %s.%s failed and will be tried again", beat.room, beat.name)
        return False
    return True


def _until_done(beat: Beat) -> None:
    """After downtime a round may stop at its limit; rounds follow until one finds nothing.

    Each round is a transaction of its own, in which the house sees every row.
    """
    action = beat.action()
    actor = system(f"{beat.room}.{beat.name}")
    for _ in range(MOST_ROUNDS if action else 0):
        told = {"now": clock.now()} if beat.told_time else {}
        with nullcontext() if beat.own_transaction else acting(actor):
            done = action(actor=actor, **told) if action else 0
        if not done:
            return


def _take_turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", (_TURN,))
        row = cursor.fetchone()
    return bool(row and row[0])


def _give_turn_back() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", (_TURN,))
    except Exception:
        connection.close()
