"""Whose key this is: asked at every request of a platform, so kept until any key changes."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from yike.engines.seal import sm3
from yike.rooms.core import clock, prepared
from yike.rooms.guard import editions
from yike.rooms.people import keycards
from yike.rooms.people.models import ApiKey

_COLUMNS = [field.attname for field in ApiKey._meta.concrete_fields]
_ASKED = (
    f"select {', '.join(_COLUMNS)}, {editions.mark_of('keys')}"  # noqa: S608 - names of columns
    " from people_apikey_of(%s, %s)"
)
#: Keys kept; beyond it, all are asked again.
_MOST = 1000

#: (database, prefix) → the row, and the mark it was read under
_known: dict[tuple[str, str], tuple[ApiKey, str]] = {}


def find_key(api_key: str) -> tuple[ApiKey, str] | None:
    """This will return the row of a presented key in force, and the mark it was read under.

    The mark goes into the actor (`under`): `acting` refuses it as soon as any key has changed. It
    is "" where nothing may be kept. None = no such key; equal time for near misses.
    """
    now, place = clock.now(), (_database(), keycards.prefix_of(api_key))
    known = _known.get(place)
    fresh = known is None or not _in_force(known[0], now)
    found, mark = (_read(place[1], now) if fresh else known) or (None, "")
    digest = bytes(found.digest) if found else bytes(32)
    if not keycards.same(sm3(api_key.encode()), digest) or found is None:
        return None
    if fresh and mark:
        if len(_known) >= _MOST:
            _known.clear()
        _known[place] = (found, mark)
    return found, mark


def forget() -> None:
    """This will let every key be read again: one of them has changed."""
    _known.clear()


def _read(prefix: str, now: datetime) -> tuple[ApiKey, str] | None:
    rows = prepared.run(_ASKED, (prefix, now))
    if not rows:
        return None
    *values, mark = rows[0]
    return ApiKey.from_db("default", _COLUMNS, values), str(mark or "")


def _in_force(key: ApiKey, now: datetime) -> bool:
    return key.active_from <= now and (key.active_until is None or key.active_until > now)


def _database() -> str:
    return str(connection.settings_dict["NAME"])
