"""Where sealed things lie and under which key: every byte column of every table, and the files.

Asked of the whole database and not room by room, so that a room above which also seals is never
forgotten. What merely looks like a token only keeps a key longer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg import sql

_COLUMNS = """
select c.relname, a.attname from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  and a.atttypid = 'bytea'::regtype order by 1, 2
"""
#: Format sign, then two bytes of version (engines/seal/envelope.py); the shortest token has 47.
_USED = """
select (get_byte({column}, 1) << 8) | get_byte({column}, 2), count(*) from {table}
where length({column}) >= 47 and get_byte({column}, 0) = 1 group by 1 order by 1
"""


@dataclass(frozen=True, kw_only=True)
class KeyUse:
    """So many things in one place lie under one key version."""

    where: str
    version: int
    count: int


def survey() -> list[KeyUse]:
    """This will count what lies under which key. Needs the house's view of all rows."""
    return [*_rows(), *_files()]


def _rows() -> Iterator[KeyUse]:
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        for table, column in cursor.fetchall():
            asked = sql.SQL(_USED).format(
                table=sql.Identifier(table), column=sql.Identifier(column)
            )
            cursor.execute(asked.as_string(cursor.connection))
            for version, count in cursor.fetchall():
                yield KeyUse(where=f"{table}.{column}", version=version, count=count)


def _files() -> Iterator[KeyUse]:
    found: Counter[int] = Counter()
    root = Path(settings.FILES_DIR)
    for file in root.rglob("*") if root.is_dir() else ():
        if file.is_file():
            with file.open("rb") as opened:
                head = opened.read(3)
            if len(head) == 3 and head[0] == 2:
                found[int.from_bytes(head[1:], "big")] += 1
    for version, count in sorted(found.items()):
        yield KeyUse(where="files", version=version, count=count)
