"""Reading history. Row security decides which entries are there; every list is paged by a key."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from yike.rooms.core import clock, prepared
from yike.rooms.core.actor import Actor
from yike.rooms.core.page import Page
from yike.rooms.core.refusal import BadInput, NotAllowed
from yike.rooms.trail import anchors, registry
from yike.rooms.trail.faces import EntryFace, EntryFilter, SealState

PAGE = 50
_COLUMNS = (
    "id, at, kind, about, subject, region_code, actor_kind, actor_ref, actor_label, actor_org, "
    "door, request_id, body"
)


def history_of(about: str, subject: str, *, actor: Actor, after: str = "") -> Page[EntryFace]:
    """This will return the history of one thing, oldest first: empty for whoever may not see it."""
    # planned once for each connection: a dozen rooms say who may read what, 20 ms to plan
    rows = prepared.run(_HISTORY, [about, str(subject), int(after or 0), PAGE + 1])
    return _paged(rows, lambda face: str(face.id))


_HISTORY = (
    f"select {_COLUMNS} from trail_entry"  # noqa: S608
    " where about = %s and subject = %s and id > %s order by id limit %s"
)


def was_there(kind: str, subject: str, *, actor: Actor, since: datetime) -> bool:
    """This will say whether this person left an entry of a kind about a subject since an instant.

    For notes that need no repeating; everybody may ask about their own.
    """
    sql = (
        "select exists (select 1 from trail_entry where subject = %s and kind = %s"
        " and actor_ref = %s and at >= %s)"
    )
    ((found,),) = prepared.run(sql, [subject, kind, actor.ref, since])
    return bool(found)


def entries(actor: Actor, wanted: EntryFilter, *, after: str = "") -> Page[EntryFace]:
    """This will return entries for the auditor, newest first, by the index of what is asked.

    Refuses with NotAllowed whoever is neither auditor nor the house.
    """
    if not (actor.has("auditor") or actor.kind == "system"):
        raise NotAllowed("只有审计员可以查阅全部留痕。", way_on="请在所办事项的页面查看其经过。")
    where, values = _conditions(wanted)
    if after:
        where.append("(at, id) < (%s, %s)")
        values += _mark(after)
    return _page(
        f"{' and '.join(where) or 'true'} order by at desc, id desc",
        values,
        mark=lambda face: f"{face.at.isoformat()}/{face.id}",
    )


def _mark(after: str) -> tuple[datetime, int]:
    moment, _, number = after.partition("/")
    wrong = BadInput("翻页标记不对", way_on="请回到第一页。", field="after")
    try:
        at, place = datetime.fromisoformat(moment), int(number)
    except ValueError:
        raise wrong from None
    if at.tzinfo is None or not 0 < place < 1 << 63:
        raise wrong
    return at, place


def kinds() -> Sequence[str]:
    """This will return the kinds of entries there are, for a list to choose from.

    Jumps from one to the next through the index: as many steps as kinds, however many entries.
    """
    sql = """
    with recursive step as (
      (select kind from trail_entry order by kind limit 1)
      union all
      select (select e.kind from trail_entry e where e.kind > step.kind order by e.kind limit 1)
      from step where step.kind is not null)
    select kind from step where kind is not null"""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [kind for (kind,) in cursor.fetchall()]


def seal_state() -> SealState:
    """This will return how far the chain reaches and how long the oldest entry behind it waits."""
    with connection.cursor() as cursor:
        cursor.execute("select seq, entry_id, digest from trail_seal order by seq desc limit 1")
        seq, entry_id, digest = cursor.fetchone() or (0, 0, b"")
        cursor.execute("select at from trail_entry where id > %s order by id limit 1", (entry_id,))
        row = cursor.fetchone()
        cursor.execute("select count(*) from trail_entry where id > %s", (entry_id,))
        (behind,) = cursor.fetchone() or (0,)
        cursor.execute("select at from trail_entry order by id limit 1")
        first = cursor.fetchone()
        anchor = _newest_anchor()
        agrees = anchor is None or _digest_at(cursor, anchor.seq) == anchor.digest
    waiting = max(0.0, (clock.now() - row[0]).total_seconds()) if row else 0.0
    return SealState(
        sealed=seq,
        head=bytes(digest).hex(),
        waiting_seconds=waiting,
        waiting=behind,
        anchored_at=anchor.made_at if anchor else "",
        anchored=anchor.seq if anchor else 0,
        agrees=agrees,
        since=first[0] if first else None,
    )


def _newest_anchor() -> anchors.Anchor | None:
    return max(anchors.read(Path(settings.ANCHORS_DIR)), key=lambda one: one.seq, default=None)


def _digest_at(cursor: Any, seq: int) -> str:
    cursor.execute("select digest from trail_seal where seq = %s", (seq,))
    found = cursor.fetchone()
    return bytes(found[0]).hex() if found else ""


def unsealed_age() -> float:
    """This will return how many seconds the oldest unsealed entry has waited; 0.0 when none."""
    return seal_state().waiting_seconds


def _conditions(wanted: EntryFilter) -> tuple[list[str], list[Any]]:
    given: list[tuple[str, str | datetime | None]] = [
        ("kind = %s", wanted.kind),
        ("about = %s", wanted.about),
        ("subject = %s", wanted.subject),
        ("actor_ref = %s", wanted.actor_ref),
        ("door = %s", wanted.door),
        ("region_code >= %s", wanted.region_from),
        ("region_code < %s", wanted.region_until),
        ("request_id = %s", wanted.request_id),
        ("at >= %s", wanted.since),
        ("at < %s", wanted.until),
    ]
    asked = [(words, value) for words, value in given if value]
    return [words for words, _ in asked], [value for _, value in asked]


def _page(where: str, values: list[Any], *, mark: Callable[[EntryFace], str]) -> Page[EntryFace]:
    """`where` holds words of this module only; what people typed comes in `values`."""
    sql = f"select {_COLUMNS} from trail_entry where {where} limit %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, PAGE + 1])
        return _paged(cursor.fetchall(), mark)


def _paged(rows: Sequence[tuple[Any, ...]], mark: Callable[[EntryFace], str]) -> Page[EntryFace]:
    faces = [_face(row) for row in rows[:PAGE]]
    return Page(rows=faces, after=mark(faces[-1]) if len(rows) > PAGE else "")


def _face(row: tuple[Any, ...]) -> EntryFace:
    facts = json.loads(row[12])
    return EntryFace(
        id=row[0],
        at=row[1],
        kind=row[2],
        sentence=registry.sentence(row[2], facts),
        about=row[3],
        subject=row[4],
        region_code=row[5],
        actor_kind=row[6],
        actor_ref=row[7],
        actor_label=row[8],
        actor_org=row[9],
        door=row[10],
        request_id=row[11],
        facts=facts,
    )
