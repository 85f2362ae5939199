"""Fills a house's database with a county's year in bulk, as the tables' superuser (crowd.sql)."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import psycopg

SQL = Path(__file__).with_suffix(".sql")
ENTRIES = Path(__file__).with_name("crowd_entries.sql")
TABLES = (
    "people_party", "matters_matter", "matters_step", "matters_participant", "matters_reply",
    "clocks_clock", "trail_entry", "matters_point", "matters_supervision", "matters_return",
)  # fmt: skip


def fill(dsn: str, *, matters: int, entries: int) -> dict[str, float]:
    """This will make the rows; returns seconds by part. Refuses a database that holds matters."""
    took: dict[str, float] = {}
    with psycopg.connect(dsn, autocommit=True) as link:
        known = link.execute("select count(*) from matters_matter").fetchone()
        if known != (0,):
            raise SystemExit("the database is not empty")
        indexes = _set_aside(link)
        try:
            begun = time.perf_counter()
            script = SQL.read_text(encoding="utf-8").format(matters=matters, entries=entries)
            link.execute(script.encode())
            took["matters"] = time.perf_counter() - begun
            begun = time.perf_counter()
            _in_hands(dsn, matters, max(1, entries // matters))
            took["entries"] = time.perf_counter() - begun
        finally:  # a database without its indexes would be measured by whoever tries again
            begun = time.perf_counter()
            _put_back(dsn, indexes)
        link.execute("select setval('trail_entry_id_seq', (select max(id) from trail_entry))")
        link.execute("drop table bench_office, bench_village, bench_other, bench_kind, bench_draw")
        link.execute("drop table bench_fact, bench_matter, bench_clause")
        for table in TABLES:
            link.execute(f"vacuum (analyze) {table}")
        link.execute("checkpoint")
        took["indexes"] = time.perf_counter() - begun
    return {part: round(seconds, 1) for part, seconds in took.items()}


def _in_hands(dsn: str, matters: int, share: int, hands: int = 3) -> None:
    words = ENTRIES.read_text(encoding="utf-8").format(share=share)

    def write(number: int) -> None:
        with psycopg.connect(dsn) as own:
            own.execute("set session_replication_role = replica")
            edges = (matters * number // hands, matters * (number + 1) // hands)
            own.execute(words.encode(), edges)

    _together([lambda n=n: write(n) for n in range(hands)])  # type: ignore[misc]


def _set_aside(link: psycopg.Connection[Any]) -> list[str]:
    """Drops every index that no constraint needs; returns how to make them again."""
    found = link.execute(
        "select i.indexname, i.indexdef from pg_indexes i where i.tablename = any(%s)"
        " and not exists (select 1 from pg_constraint c where c.conname = i.indexname)",
        (list(TABLES),),
    ).fetchall()
    for name, _ in found:
        link.execute(f'drop index "{name}"')
    return [definition for _, definition in found]


def _put_back(dsn: str, definitions: list[str]) -> None:
    waiting = sorted(definitions, key=lambda one: "trail_entry" not in one)

    def build() -> None:
        with psycopg.connect(dsn, autocommit=True) as own:
            own.execute("set maintenance_work_mem = '1GB'")
            while waiting:
                own.execute(waiting.pop(0))

    _together([build] * 3)


def _together(works: list[Any]) -> None:
    faults: list[Exception] = []

    def safely(work: Any) -> None:
        try:
            work()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=safely, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
