"""How fast a demand is taken in over HTTP, with all it entails.

    python -m benchmarks.intake [--seconds 28] [--clients 8]

Yike opens a matter (permission, region, route, promise, trail, jobs) by POST /api/v1/matters.
Beside it, in the same run on the same PostgreSQL (normal durability): (a) the floor, single-row
commits; (b) the creation of a ticket in django-helpdesk by its REST API, on the same web server.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, cast

import psycopg

from benchmarks import load, serving

#: Both servers take turns this often, each time with fresh connections. What counts is the middle
#: one, so that a disk or a neighbour that stands still in one round does not decide.
ROUNDS = 7
TEXT = "老板拖欠我三个月工资，一共一万八千元，打电话也不接，请问该怎么要回来？"


def floor(clients: int, seconds: float) -> float:
    """This will return single-row commits a second on the same PostgreSQL."""
    server = serving.database()
    dsn = " ".join(f"{word}={value}" for word, value in server.owner_dsn.items())
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("drop table if exists bench_floor")
        connection.execute("create table bench_floor (id bigserial primary key, body text)")
    counts, ends = [0] * clients, time.perf_counter() + seconds

    def client(number: int) -> None:
        with psycopg.connect(dsn, autocommit=True) as own:
            while time.perf_counter() < ends:
                own.execute("insert into bench_floor (body) values (%s)", (TEXT,))
                counts[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


@contextmanager
def helpdesk() -> Iterator[tuple[int, load.Knock]]:
    """This will serve django-helpdesk; installed on demand into a folder of its own."""
    home = serving.STATE / "peers" / "helpdesk"
    python = home / "bin" / "python"
    if not python.exists():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "-q", str(home)], check=True)
        needs = ["django-helpdesk==2.6.1", "django<5.3", "psycopg[binary]", "granian", "a2wsgi"]
        subprocess.run([*uv, "pip", "install", "-q", "--python", str(python), *needs], check=True)
    _owned_database("bench_helpdesk")
    env = serving.environ(BENCH_PG_HOST=str(serving.database().owner_dsn["host"]))
    ground = _made(python, "benchmarks.peers.helpdesk.prepare", env)
    token = "m" * 32
    cookies = f"csrftoken={token}; sessionid={ground['session']}"
    headers = {"Cookie": cookies, "X-CSRFToken": token}
    body = {"queue": ground["queue"], "title": "工资", "description": TEXT, "priority": 3}

    def knock(line: load.Line, _: int) -> None:
        _post(line, "/api/tickets/", body, headers, 201)

    with serving.web(python, "benchmarks.peers.helpdesk.wsgi:app", env) as port:
        yield port, knock


@contextmanager
def yike(clients: int) -> Iterator[tuple[int, load.Knock]]:
    """This will serve Yike with its offices, keys and reference data."""
    python, env = Path(sys.executable), serving.environ()
    ground = _made(python, "benchmarks.ground", env)

    def knock(line: load.Line, number: int) -> None:
        key = ground["keys"][number % clients % len(ground["keys"])]
        own = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid.uuid4())}
        village = ground["villages"][number % len(ground["villages"])]
        phone = f"138{number % 100_000_000:08d}"
        demand = {"text": TEXT, "region_code": village, "name": "陈阿海", "phone": phone}
        _post(line, "/api/v1/matters", demand, own, 201)

    with serving.web(python, "yike.house.asgi:app", env) as port:
        yield port, knock


@dataclass
class Measured:
    """One server under full load: what its clients saw and what it cost."""

    port: int
    knock: load.Knock
    seen: load.Result = field(default_factory=load.Result)
    web_seconds: float = 0.0
    database_seconds: float = 0.0
    #: answers a second of each round
    rates: list[float] = field(default_factory=list)

    def round(self, clients: int, seconds: float) -> None:
        """This will let fresh clients knock for a while, and add up."""
        web, database = serving.web_time(self.port), serving.database_time()
        found = load.closed_loop(self.port, self.knock, clients=clients, seconds=seconds)
        self.web_seconds += serving.web_time(self.port) - web
        self.database_seconds += serving.database_time() - database
        self.seen.latencies += found.latencies
        self.seen.errors += found.errors
        self.seen.seconds += found.seconds
        self.rates.append(found.rate)

    def figures(self) -> dict[str, float]:
        """This will return the middle rate, latency, and processor time per answer."""
        each = 1000 / max(1, len(self.seen.latencies))
        return {
            "per_s": round(median(self.rates), 1),
            "p95_ms": round(self.seen.percentile(0.95), 1),
            "web_cpu_ms": round(self.web_seconds * each, 2),
            "database_cpu_ms": round(self.database_seconds * each, 2),
        }


def compare(clients: int, seconds: float) -> dict[str, object]:
    """This will measure both in turns, so that other work on the machine meets both alike."""
    with helpdesk() as peers, yike(clients) as ours:
        peer, own = Measured(*peers), Measured(*ours)
        for one in (peer, own):
            load.closed_loop(one.port, one.knock, clients=clients, seconds=2)
        # before the disk has the heavy rounds to write back
        calm = load.paced(*ours, clients=clients, seconds=seconds, per_second=50)
        for _ in range(ROUNDS):
            peer.round(clients, seconds / ROUNDS)
            own.round(clients, seconds / ROUNDS)
    ratios = [one / other for one, other in zip(own.rates, peer.rates, strict=True)]
    return {
        "helpdesk": peer.figures(),
        "yike": own.figures(),
        "times_helpdesk": round(median(ratios), 2),
        "times_helpdesk_by_round": [round(one, 2) for one in sorted(ratios)],
        "at_50_per_s": {
            "p50_ms": round(calm.percentile(0.5), 1),
            "p95_ms": round(calm.percentile(0.95), 1),
        },
        "errors": (peer.seen.errors + own.seen.errors + calm.errors)[:5],
    }


def _made(python: Path, module: str, env: dict[str, str]) -> dict[str, Any]:
    command = [str(python), "-m", module]
    done = subprocess.run(command, env=env, cwd=serving.ROOT, check=True, stdout=subprocess.PIPE)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _post(line: load.Line, path: str, body: object, headers: dict[str, str], due: int) -> None:
    sent = headers | {"Content-Type": "application/json"}
    status, text = line.ask("POST", path, headers=sent, body=json.dumps(body).encode())
    if status != due:
        raise AssertionError(f"{status}: {text[:300]!r}")


def _owned_database(name: str) -> None:
    server = serving.database()
    dsn = " ".join(f"{word}={value}" for word, value in server.owner_dsn.items())
    with psycopg.connect(dsn, autocommit=True) as connection:
        role = connection.execute("select 1 from pg_roles where rolname = 'yike_owner'").fetchone()
        if not role:
            connection.execute("create role yike_owner login")
        known = connection.execute("select 1 from pg_database where datname = %s", (name,))
        if not known.fetchone():
            connection.execute(f"create database {name} owner yike_owner")


def main() -> None:
    """This will run all three and print the figures and their ratios as JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=28)
    asked.add_argument("--clients", type=int, default=8)
    given = asked.parse_args()
    commits = floor(given.clients, min(5, given.seconds))
    figures = compare(given.clients, given.seconds)
    commits = (commits + floor(given.clients, min(5, given.seconds))) / 2
    own = cast(dict[str, float], figures["yike"])
    figures["floor_commits_per_s"] = round(commits)
    figures["share_of_floor"] = round(own["per_s"] / commits, 3)
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
