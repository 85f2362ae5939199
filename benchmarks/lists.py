"""How fast the pages of the desk and of the command door answer in a full house.

    python -m benchmarks.lists [--matters 1000000] [--entries 10000000] [--keep]

Makes a county's year in bulk (crowd.sql) in a database of its own, then asks over HTTP, signed in
as an officer, a dispatcher, a practitioner and the director, one after another, through row
security. Prints p50 and p95 of each page by role in milliseconds; the limit is 150 at p95.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

os.environ.setdefault(
    "YIKE_BENCH_STATE", str(Path(__file__).resolve().parents[1] / ".yike" / "lists")
)

import psycopg

from benchmarks import crowd, serving

LIMIT_MS = 150
ASKS = 40
#: what each role sees, as the database's superuser says it
_SEEN = {
    "officer": "holder_org = %(org)s",
    "practitioner": "holder_account = %(account)s",
    "dispatcher": "true",
    "director": "true",
}


def main() -> int:
    """This will fill, ask, print; returns 1 when a page is slower than the limit."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--matters", type=int, default=1_000_000)
    asked.add_argument("--entries", type=int, default=10_000_000)
    asked.add_argument("--keep", action="store_true", help="leave the database, and use it again")
    given = asked.parse_args()
    _run("benchmarks.ground")
    took = _fill(given.matters, given.entries)
    sessions = _run("benchmarks.sessions")
    with serving.web(Path(sys.executable), "yike.house.asgi:app", serving.environ()) as port:
        begun = serving.web_time(port), serving.database_time()
        pages = {role: _ask_all(port, role, seat) for role, seat in sessions.items()}
        used = serving.web_time(port) - begun[0], serving.database_time() - begun[1]
    slow = [
        f"{role} {page}"
        for role, found in pages.items()
        for page, one in found.items()
        if one["p95_ms"] > LIMIT_MS
    ]
    asked_for = sum(len(found) for found in pages.values()) * (ASKS + 4)
    work = [round(1000 * seconds / asked_for, 1) for seconds in used]
    figures = {
        "made_in_s": took, "limit_ms": LIMIT_MS, "pages": pages, "too_slow": slow,
        "processor_ms_a_page": dict(zip(("web", "database"), work, strict=True)),
    }  # fmt: skip
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    if not given.keep:
        serving.stop()
        shutil.rmtree(serving.STATE)
    return 1 if slow else 0


def _run(module: str) -> dict[str, dict[str, str]]:
    made = subprocess.run(
        [sys.executable, "-m", module],
        env=serving.environ(), cwd=serving.ROOT, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return json.loads(made.stdout.splitlines()[-1])


def _dsn() -> str:
    known = serving.database().owner_dsn | {"dbname": "yike"}
    return " ".join(f"{word}={value}" for word, value in known.items())


def _fill(matters: int, entries: int) -> dict[str, float]:
    with psycopg.connect(_dsn()) as link:
        (known,) = link.execute("select count(*) from matters_matter").fetchone() or (0,)
    return crowd.fill(_dsn(), matters=matters, entries=entries) if not known else {}


def _ask_all(port: int, role: str, seat: dict[str, str]) -> dict[str, dict[str, float]]:
    cookies = {"Cookie": f"yike={seat['session']}", "Host": "127.0.0.1"}
    return {
        name: _timed(port, addresses, cookies) for name, addresses in _pages(role, seat).items()
    }


def _pages(role: str, seat: dict[str, str]) -> dict[str, list[str]]:
    """The addresses asked one after another, by the page's name."""
    found = _samples(role, seat)
    pages = {
        "waiting": ["/desk/"],
        "waiting, late": ["/desk/?tab=late"],
        "handled": ["/desk/?tab=handled"],
        "find by reference": [f"/desk/find?q={one}" for one, _ in found],
        "find by order number": [f"/desk/find?q={quote(two)}" for _, two in found if two],
        "find by phone": [f"/desk/find?q=138{n:08d}" for n in range(ASKS)],
        "matter": [f"/desk/m/{one}" for one, _ in found],
        "dossier with duplicates": [f"/desk/m/{one}/dossier" for one, _ in found],
    }
    if role in ("dispatcher", "director"):
        pages |= {
            "command": ["/command/"],
            "command, a month ago": [f"/command/?day={_a_month_ago()}"],
            "command live": ["/command/live"],
            "orders late": ["/command/orders/?only=late"],
            "orders open": ["/command/orders/?only=open"],
            "orders of a town": ["/command/orders/?town=330225101000"],
            "orders of a kind": ["/command/orders/?category=B01"],
            "orders of a day": [f"/command/orders/?closed_on={_a_month_ago()}"],
        }
    return pages


def _a_month_ago() -> str:
    return time.strftime("%Y-%m-%d", time.localtime(time.time() - 30 * 86400))


def _samples(role: str, seat: dict[str, str]) -> list[tuple[str, str]]:
    """Matters this role may see, given true check signs; (reference, order number)."""
    from yike.rooms.core import refs

    condition = f"{_SEEN[role]} and level = 1 and state in ('30', '60') and order_no is not null"
    with psycopg.connect(_dsn()) as link:
        rows = link.execute(
            f"select id, opened_at, order_no from matters_matter where {condition}"
            f" order by opened_at desc limit {ASKS * 20}",
            seat,
        ).fetchall()[::20]
        made = [(refs.new_reference(opened_at), number or "") for _, opened_at, number in rows]
        for (matter, *_), (reference, _) in zip(rows, made, strict=True):
            link.execute(
                "update matters_matter set reference = %s where id = %s", (reference, matter)
            )
    return made


def _timed(port: int, addresses: list[str], headers: dict[str, str]) -> dict[str, float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    took = []
    for turn in range(ASKS + 4):
        address = addresses[turn % len(addresses)]
        begun = time.perf_counter()
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        took.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{address}: {answer.status} {body[:300]!r}")
    warm = sorted(took[4:])
    return {
        "p50_ms": round(warm[len(warm) // 2], 1),
        "p95_ms": round(warm[int(0.95 * len(warm))], 1),
    }


if __name__ == "__main__":
    sys.exit(main())
