"""How much of every table each of the cast can read with bare SQL, stands in checks/rows.yaml.

Row security answers here. Actions and queries may show less; they cannot show more.
"""

from __future__ import annotations

import os
from functools import cache

import pytest
import yaml
from django.db import ProgrammingError, connection, transaction

from checks import scene as scenes
from checks import source
from checks.test_leaks import who
from yike.rooms.guard.acting import acting

TABLE = source.ROOT / "checks" / "rows.yaml"
WAY_OUT = (
    "add a line to checks/rows.yaml: `table: …`, one word for each of "
    f"{', '.join(scenes.ROLES)}: `no` nothing, `some`, `all`, or `-` where the table may not be "
    "read at all. `YIKE_WRITE_ROWS=1 pytest checks/test_rows.py` writes what is so now; read every "
    "word before you commit it"
)
INSUFFICIENT = "42501"


@cache
def _table() -> dict[str, list[str]]:
    read = yaml.safe_load(TABLE.read_text(encoding="utf-8")) or {}
    return {name: str(told).split() for name, told in read.items()}


def _names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class join pg_namespace n on n.oid = relnamespace "
            "where nspname = 'public' and relkind in ('r', 'p') order by relname"
        )
        return [name for (name,) in cursor.fetchall()]


def _count(name: str) -> int | None:
    """How many rows the session reads; None when it may not read the table."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"select count(*) from {name}")
            return int(cursor.fetchone()[0])
    except ProgrammingError as no:
        if getattr(no.__cause__, "sqlstate", "") != INSUFFICIENT:
            raise
        return None


def _all_rows(names: list[str]) -> dict[str, int]:
    """What there is, past every policy: the owner's count."""
    told = connection.get_connection_params()
    import psycopg

    with psycopg.connect(
        host=told["host"], port=told["port"], dbname=told["dbname"], user="yike_owner"
    ) as owner:
        return {
            name: owner.execute(f"select count(*) from {name}").fetchone()[0]  # type: ignore[index]
            for name in names
        }


def _word(found: int | None, there: int) -> str:
    if found is None:
        return "-"
    return "no" if not found else "all" if found == there else "some"


def _seen(scene: scenes.Scene, role: str, there: dict[str, int]) -> dict[str, str]:
    with scenes.undone(), acting(who(scene, role)):
        return {name: _word(_count(name), rows) for name, rows in there.items()}


def test_every_table_stands_in_the_list(scene: scenes.Scene) -> None:
    names = _names()
    if os.environ.get("YIKE_WRITE_ROWS"):
        _write(scene, names)
    assert sorted(set(names) ^ set(_table())) == [], WAY_OUT
    assert [name for name, told in _table().items() if len(told) != len(scenes.ROLES)] == []


@pytest.mark.parametrize("role", scenes.ROLES)
def test_who_reads_what(role: str, scene: scenes.Scene) -> None:
    at = scenes.ROLES.index(role)
    there = _all_rows(_names())
    found = _seen(scene, role, there)
    wrong = {
        name: f"{found[name]}, expected {told[at]}"
        for name, told in _table().items()
        if found.get(name, "-") != told[at]
    }
    assert wrong == {}, "more or fewer rows are seen. If they should be, change checks/rows.yaml"


def test_few_tables_are_empty_in_the_scene(scene: scenes.Scene) -> None:
    """Of an empty table the list proves nothing: the scene must furnish it."""
    there = _all_rows(_names())
    empty = sorted(name for name, rows in there.items() if not rows)
    assert sorted(set(empty) - _EMPTY) == [], "let checks/furnishing.py make one by its action"


#: tables that no deed of the scene fills
_EMPTY = frozenset({
    "clocks_recalculation", "duty_checkmiss", "matters_escalation", "matters_ladderrule",
    "matters_unsealed", "notices_receipt", "people_attempt", "places_lineage",
    "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers",
    "providers_volunteerhonour", "trail_barrier", "trail_seal",
})  # fmt: skip


def _write(scene: scenes.Scene, names: list[str]) -> None:
    there = _all_rows(names)
    seen = {role: _seen(scene, role, there) for role in scenes.ROLES}
    head = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    width = max(map(len, names)) + 1
    body = [
        f"{name + ':':<{width}} " + " ".join(f"{seen[role][name]:<4}" for role in scenes.ROLES)
        for name in names
    ]
    TABLE.write_text("\n".join([*head, *(line.rstrip() for line in body)]) + "\n", encoding="utf-8")
    _table.cache_clear()
