"""The SQL of sealing: how far it is safe to go, what comes next, the seals themselves.

An id is drawn while its transaction runs, so a lower id may appear after a higher one. Who writes
an entry holds the table's RowExclusiveLock from before it draws the id until its end is visible;
hence: read the last id drawn, then who holds that lock. Once all of those have ended, every id up
to there is visible or will never be. Transactions that write no entry, and other databases of the
same server, hold nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from yike.rooms.trail.chain import COLUMNS, GENESIS, Line, Link, link

#: Advisory lock of the one sealer.
_LOCK = 0x5345414C
_PIECE = 5000
_ENTRIES = f"select {COLUMNS} from trail_entry where id > %s and id <= %s order by id"  # noqa: S608


def begin(cursor: Any) -> bool:
    """This will take the sealer's lock and see all entries; False when another one seals."""
    cursor.execute("select pg_try_advisory_xact_lock(%s)", (_LOCK,))
    if not cursor.fetchone()[0]:
        return False
    see_all(cursor)
    return True


def see_all(cursor: Any) -> None:
    """This will let the running transaction see all entries: trail lies below guard's `acting`."""
    cursor.execute("select set_config('yike.kind', 'system', true)")


def safe_until(cursor: Any) -> int:
    """This will return the id up to which nothing can appear any more.

    While writers run, the bound of an earlier round is waited for, so that a stream of overlapping
    transactions cannot put sealing off for ever. A bound from before a restore (above the last id
    drawn) is thrown away.
    """
    cursor.execute("select case when is_called then last_value else 0 end from trail_entry_id_seq")
    drawn = int(cursor.fetchone()[0])
    writers = _writers(cursor)
    if not writers:
        return drawn
    cursor.execute("select upto, waits from trail_barrier where id = 1 and upto <= %s", (drawn,))
    upto, waits = cursor.fetchone() or (0, "")
    if writers.intersection(waits.split()):
        return 0
    _set_barrier(cursor, drawn, writers)
    return int(upto)


def _writers(cursor: Any) -> frozenset[str]:
    """The other running transactions of this database that may have drawn ids (pg_locks)."""
    cursor.execute(
        "select virtualtransaction from pg_locks where locktype = 'relation' "
        "and relation = 'trail_entry'::regclass and mode = 'RowExclusiveLock' and granted "
        "and pid <> pg_backend_pid() "
        "and database = (select oid from pg_database where datname = current_database())"
    )
    return frozenset(name for (name,) in cursor.fetchall())


def _set_barrier(cursor: Any, upto: int, writers: frozenset[str]) -> None:
    cursor.execute(
        "insert into trail_barrier (id, upto, waits) values (1, %s, %s) "
        "on conflict (id) do update set upto = excluded.upto, waits = excluded.waits",
        (upto, " ".join(sorted(writers))),
    )


def head(cursor: Any) -> Link:
    """This will return the last seal; before the first one, place 0 with the genesis digest."""
    cursor.execute("select seq, entry_id, digest from trail_seal order by seq desc limit 1")
    row = cursor.fetchone()
    return Link(row[0], row[1], bytes(row[2])) if row else Link(0, 0, GENESIS)


def seal_from(cursor: Any, last: Link, *, until: int, limit: int) -> Link:
    """This will seal up to `limit` entries with ids up to `until`; returns the new head."""
    missing = limit
    while missing > 0:
        cursor.execute(
            f"{_ENTRIES} limit %s",
            (last.entry_id, until, min(missing, _PIECE)),
        )
        lines = [Line(*row) for row in cursor.fetchall()]
        if not lines:
            break
        links = list(_chained(last, lines))
        _write(cursor, links)
        missing -= len(lines)
        last = links[-1]
    return last


def _write(cursor: Any, links: Sequence[Link]) -> None:
    """One array and one string of digests: half the time of three arrays."""
    ids = "{" + ",".join(str(seal.entry_id) for seal in links) + "}"
    cursor.execute(
        "insert into trail_seal (seq, entry_id, digest) "
        "select %s + n, entry_id, substring(%s::bytea from (n * 32 - 31)::integer for 32) "
        "from unnest(%s::bigint[]) with ordinality as drawn (entry_id, n)",
        (links[0].seq - 1, b"".join(seal.digest for seal in links), ids),
    )


def _chained(last: Link, lines: Sequence[Line]) -> Iterator[Link]:
    seq, digest = last.seq, last.digest
    for line in lines:
        seq, digest = seq + 1, link(digest, line)
        yield Link(seq, line.id, digest)


def piece_after(cursor: Any, last: Link) -> tuple[list[Link], list[Line]]:
    """This will return the next seals, and all entries from behind `last` to the last of them."""
    cursor.execute(
        "select seq, entry_id, digest from trail_seal where seq > %s order by seq limit %s",
        (last.seq, _PIECE),
    )
    links = [Link(seq, entry_id, bytes(digest)) for seq, entry_id, digest in cursor.fetchall()]
    if not links:
        return [], []
    cursor.execute(
        _ENTRIES,
        (last.entry_id, max(seal.entry_id for seal in links)),
    )
    return links, [Line(*row) for row in cursor.fetchall()]
