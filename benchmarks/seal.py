"""Sealing and verifying: entries a second, and whether the auditor's pages stay fast.

    python -m benchmarks.seal [--entries 300000] [--state DIR]

Makes a database of its own on a private server (real settings, fsync on), fills it in bulk, seals,
verifies, writes a proof and checks it. Goal: at least 20,000 entries a second each.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_FILL = """
insert into trail_entry (at, xid, kind, about, subject, region_code, actor_kind, actor_ref,
                         actor_label, actor_org, door, request_id, body)
select timestamptz '2026-01-01' + n * interval '2 s', pg_current_xact_id()::text::bigint,
       (array['matters.MatterOpened','matters.MatterSigned','people.SignedIn','files.FileKept',
              'matters.MatterClosed','matters.NoteAdded','clocks.ClockStopped'])[1 + n %% 7],
       'matter', md5((n / 10)::text)::uuid::text, '3302251' || lpad((n %% 99999)::text, 5, '0'),
       'staff', md5((n %% 300)::text)::uuid::text, '李*', md5((n %% 40)::text)::uuid::text, 'desk',
       md5(n::text)::uuid::text,
       '{"matter_id":"' || md5((n / 10)::text)::uuid || '","reference":"261121-7KQ4M3X9",'
       '"region_code":"330225100001","holder_name":"石浦司法所","seq":' || n || '}'
from generate_series(%s::bigint, %s::bigint) n
"""


def main() -> int:
    """This will run the benchmark and print a line for each figure."""
    asked = _asked()
    with tempfile.TemporaryDirectory(dir=asked.state, ignore_cleanup_errors=True) as folder:
        stop = _served(Path(folder))
        try:
            return _run(asked.entries, Path(folder))
        finally:
            stop()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=300_000)
    parser.add_argument("--state", type=Path, default=None, help="where the server's files may lie")
    return parser.parse_args()


def _served(folder: Path) -> Callable[[], None]:
    os.environ["YIKE_STATE_DIR"] = str(folder)
    os.environ["YIKE_DB_NAME"] = "yike"
    os.environ["DJANGO_SETTINGS_MODULE"] = "yike.house.settings"
    from yike.house import postgres

    postgres.ensure(folder)
    subprocess.run(
        [sys.executable, "-m", "yike.house.database"],
        env=os.environ | {"YIKE_DB_ROLE": "owner"},
        check=True,
    )
    import django

    django.setup()
    return lambda: postgres.stop(folder)


def _run(count: int, folder: Path) -> int:
    from django.db import connection, transaction

    from yike.rooms.trail import verify

    step = 100_000
    for start in range(1, count + 1, step):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_FILL, (start, min(start + step - 1, count)))
    slowest = min(
        _rate("seal", count, _seal_all),
        _rate("verify", count, lambda: verify.main(["verify"])),
    )
    file = folder / "proof.jsonl"
    _rate(
        "verify --write-proof", count, lambda: verify.main(["verify", "--write-proof", str(file)])
    )
    _rate("verify --proof", count, lambda: verify.main(["verify", "--proof", str(file)]))
    _say(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    _pages(count)
    return 0 if slowest >= 20_000 else 1


def _seal_all() -> None:
    from yike.rooms.core.actor import system
    from yike.rooms.trail import actions

    while actions.seal(actor=system("benchmark")):
        pass


def _pages(count: int) -> None:
    """The auditor's pages through row security, median and worst of 20."""
    from datetime import UTC, datetime, timedelta

    from yike.rooms.core.actor import Actor
    from yike.rooms.guard.acting import acting
    from yike.rooms.trail import queries
    from yike.rooms.trail.faces import EntryFilter

    auditor = Actor(kind="staff", ref="x", roles=frozenset({"auditor"}))
    middle = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=count)
    with acting(auditor):
        newest = queries.entries(auditor, EntryFilter())
    one = newest.rows[0]
    asked: dict[str, Callable[[], object]] = {
        "newest": lambda: queries.entries(auditor, EntryFilter()),
        "of a kind": lambda: queries.entries(auditor, EntryFilter(kind="people.SignedIn")),
        "of a person": lambda: queries.entries(auditor, EntryFilter(actor_ref=one.actor_ref)),
        "of a day": lambda: queries.entries(
            auditor, EntryFilter(since=middle, until=middle + timedelta(days=1))
        ),
        "of a thing": lambda: queries.history_of("matter", one.subject, actor=auditor),
        "kinds": queries.kinds,
    }
    for name, ask in asked.items():
        took = []
        for _ in range(20):
            with acting(auditor):
                begun = time.perf_counter()
                ask()
                took.append((time.perf_counter() - begun) * 1000)
        _say(f"page {name}: median {statistics.median(took):.1f} ms, worst {max(took):.1f} ms")


def _rate(name: str, count: int, work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    rate = count / (time.perf_counter() - begun)
    _say(f"{name}: {rate:,.0f} entries a second")
    return rate


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
