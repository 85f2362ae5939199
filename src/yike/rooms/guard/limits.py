"""How often somebody may do something: counters that survive the refusal of the deed.

They are written on a connection of their own, so a rolled-back deed still counts. Subjects are
hashed under the installation's secret: the table tells nobody who came from where.
"""

from __future__ import annotations

import atexit
import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection as django_connection

from yike.engines.seal import hmac_sm3
from yike.rooms.core import clock
from yike.rooms.core.refusal import TooMany

#: Idle connections kept for the next call.
_KEPT = 4
#: One call in so many sweeps out counters that are full again.
_SWEEP = 500

# GCRA: `full_at` is when the whole allowance is back. Each deed moves it on by one share; a deed
# that would move it beyond the window is refused and moves nothing. A `full_at` beyond the window
# can only come from a clock that was set back: it counts for nothing.
_SINCE = """
case when l.full_at > %(now)s + %(window)s then %(now)s else greatest(l.full_at, %(now)s) end
"""
_COUNT = f"""
insert into guard_limit as l (what, who, full_at, refused)
values (%(what)s, %(who)s, %(now)s + %(share)s, false)
on conflict (what, who) do update set
  refused = {_SINCE} + %(share)s > %(now)s + %(window)s,
  full_at = case when {_SINCE} + %(share)s > %(now)s + %(window)s then l.full_at
                 else {_SINCE} + %(share)s end
returning refused, full_at
"""  # noqa: S608 - only the constant above is filled in
_GIVE_BACK = """
update guard_limit set full_at = full_at - %(share)s where what = %(what)s and who = %(who)s
returning 1
"""
_FORGET = "delete from guard_limit where what = %s and who = %s returning 1"

#: Subjects of whom this process remembers what was counted ahead.
_MOST_AHEAD = 1000
#: How long deeds counted ahead may be done by this process.
_KEEP = timedelta(seconds=1)

#: (database, what, who) → deeds counted ahead and not yet done, and until when they may be
_ahead: dict[tuple[str, str, str], tuple[int, datetime]] = {}
_idle: list[tuple[tuple[int, str], psycopg.Connection[Any]]] = []
_lock = threading.Lock()


def allow(*, what: str, who: str, per_seconds: int, at_most: int, ahead: int = 1) -> None:
    """This will count one deed of `who`, at most `at_most` in any `per_seconds`.

    Refuses with TooMany, whose `retry_after` says when the next one is allowed. An empty `who`
    (address unknown) is one subject like any other. `ahead`: so many are counted at once, and this
    process may do the others within a second without asking again; never more than were counted.
    """
    now, window = clock.now(), timedelta(seconds=per_seconds)
    share = window / at_most
    if ahead > 1 and _do_counted(what, who, now):
        return
    if ahead > 1 and _count_ahead(what, who, now, share, window, ahead):
        return
    facts = {"what": what, "who": hashed(who), "now": now, "share": share, "window": window}
    refused, full_at = _run(_COUNT, facts)
    if random.randrange(_SWEEP) == 0:
        _run("delete from guard_limit where full_at < %(now)s returning 1", {"now": now})
    if refused:
        wait = max(1, int((full_at + share - window - now).total_seconds()) + 1)
        raise TooMany(
            f"操作过于频繁，请在 {_wait_words(wait)}后再试。",
            retry_after=wait,
            way_on="情况紧急请拨打 12348 公共法律服务热线。",
        )


def _do_counted(what: str, who: str, now: datetime) -> bool:
    """Whether one was counted ahead; it is done then."""
    key = (_database(), what, who)
    with _lock:
        left, until = _ahead.pop(key, (0, now))
        if left < 1 or not until - _KEEP <= now < until:
            return False
        if left > 1:
            _ahead[key] = (left - 1, until)
    return True


def _count_ahead(
    what: str, who: str, now: datetime, share: timedelta, window: timedelta, many: int
) -> bool:
    """Whether there was room for so many; where there is not, one by one may still do."""
    facts = {"what": what, "who": hashed(who), "now": now, "share": share * many, "window": window}
    refused, _ = _run(_COUNT, facts)
    if not refused:
        with _lock:
            if len(_ahead) > _MOST_AHEAD:
                _ahead.clear()
            _ahead[_database(), what, who] = (many - 1, now + _KEEP)
    return not refused


def _database() -> str:
    return str(django_connection.settings_dict["NAME"])


def give_back(*, what: str, who: str, per_seconds: int, at_most: int) -> None:
    """This will take back one counted deed, when it turned out to be honest (a right password)."""
    facts = {"what": what, "who": hashed(who), "share": timedelta(seconds=per_seconds) / at_most}
    _run(_GIVE_BACK, facts)


def forget(*, what: str, who: str) -> None:
    """This will give `who` the whole allowance back, for example after a right password."""
    _run(_FORGET, (what, hashed(who)))


def hashed(who: str) -> str:
    """This will return the keyed SM3 of a subject, 64 hexadecimal signs."""
    return hmac_sm3(settings.SECRET_KEY.encode(), b"limit/" + who.encode()).hex()


def _wait_words(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 120 else f"{-(-seconds // 60)} 分钟"


def _run(sql: str, facts: Any) -> Any:
    """A kept connection may have been cut by a restart of the database: then once more, fresh."""
    try:
        with _borrowed() as link:
            return link.execute(sql, facts).fetchone()
    except psycopg.OperationalError:
        close_all()
        with _borrowed() as link:
            return link.execute(sql, facts).fetchone()


@contextmanager
def _borrowed() -> Iterator[psycopg.Connection[Any]]:
    key = (os.getpid(), _database())
    with _lock:
        place = next((n for n, (k, _) in enumerate(_idle) if k == key), None)
        link = _idle.pop(place)[1] if place is not None else None
    link = link or _connect()
    try:
        yield link
    except BaseException:
        link.close()
        raise
    with _lock:
        keep = len(_idle) < _KEPT
        if keep:
            _idle.append((key, link))
    if not keep:
        link.close()


def _connect() -> psycopg.Connection[Any]:
    params = django_connection.get_connection_params()
    wanted = {"dbname", "host", "port", "user", "password", "options", "service", "sslmode"}
    return psycopg.connect(
        **{name: value for name, value in params.items() if name in wanted}, autocommit=True
    )


def close_all() -> None:
    """This will close the idle connections of this process."""
    with _lock:
        links = [link for (pid, _), link in _idle if pid == os.getpid()]
        _idle.clear()
    for link in links:
        link.close()


atexit.register(close_all)
