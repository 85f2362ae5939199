"""How fast a demand is taken in over HTTP, with all it entails.

    python -m benchmarks.intake [--seconds 10] [--clients 8]

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
from pathlib import Path

import psycopg

from benchmarks import load, serving

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


def helpdesk(clients: int, seconds: float) -> load.Result:
    """This will measure django-helpdesk; installed on demand into a folder of its own."""
    home = serving.STATE / "peers" / "helpdesk"
    python = home / "bin" / "python"
    if not python.exists():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "-q", str(home)], check=True)
        needs = ["django-helpdesk==2.6.1", "django<5.3", "psycopg[binary]", "granian", "a2wsgi"]
        subprocess.run([*uv, "pip", "install", "-q", "--python", str(python), *needs], check=True)
    _owned_database("bench_helpdesk")
    host = str(serving.database().owner_dsn["host"])
    env = serving.environ(BENCH_PG_HOST=host)
    prepare = [str(python), "-m", "benchmarks.peers.helpdesk.prepare"]
    made = subprocess.run(prepare, env=env, cwd=serving.ROOT, check=True, stdout=subprocess.PIPE)
    ground = json.loads(made.stdout.splitlines()[-1])
    token = "m" * 32
    cookies = f"csrftoken={token}; sessionid={ground['session']}"
    headers = {"Cookie": cookies, "X-CSRFToken": token}
    with serving.web(python, "benchmarks.peers.helpdesk.wsgi:app", env) as port:
        body = {"queue": ground["queue"], "title": "工资", "description": TEXT, "priority": 3}

        def knock(connection: load.Line, _: int) -> None:
            _post(connection, "/api/tickets/", body, headers, 201)

        load.closed_loop(port, knock, clients=clients, seconds=2)
        return load.closed_loop(port, knock, clients=clients, seconds=seconds)


def yike(clients: int, seconds: float) -> tuple[load.Result, load.Result]:
    """This will measure Yike: without pause, and at 50 demands a second."""
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.ground"],
        env=serving.environ(),
        cwd=serving.ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    ground = json.loads(made.stdout.splitlines()[-1])

    def knock(connection: load.Line, number: int) -> None:
        key = ground["keys"][number % clients % len(ground["keys"])]
        own = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(uuid.uuid4())}
        village = ground["villages"][number % len(ground["villages"])]
        phone = f"138{number % 100_000_000:08d}"
        demand = {"text": TEXT, "region_code": village, "name": "陈阿海", "phone": phone}
        _post(connection, "/api/v1/matters", demand, own, 201)

    with serving.web(Path(sys.executable), "yike.house.asgi:app", serving.environ()) as port:
        load.closed_loop(port, knock, clients=clients, seconds=2)
        full = load.closed_loop(port, knock, clients=clients, seconds=seconds)
        calm = load.paced(port, knock, clients=clients, seconds=seconds, per_second=50)
    return full, calm


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
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--clients", type=int, default=8)
    given = asked.parse_args()
    commits = floor(given.clients, min(5, given.seconds))
    peer = helpdesk(given.clients, given.seconds)
    full, calm = yike(given.clients, given.seconds)
    commits = (commits + floor(given.clients, min(5, given.seconds))) / 2
    figures = {
        "floor_commits_per_s": round(commits),
        "helpdesk_per_s": round(peer.rate, 1),
        "helpdesk_p95_ms": round(peer.percentile(0.95), 1),
        "yike_per_s": round(full.rate, 1),
        "yike_p95_ms": round(full.percentile(0.95), 1),
        "times_helpdesk": round(full.rate / peer.rate, 2) if peer.rate else None,
        "share_of_floor": round(full.rate / commits, 3),
        "at_50_per_s": {
            "p50_ms": round(calm.percentile(0.5), 1),
            "p95_ms": round(calm.percentile(0.95), 1),
        },
        "errors": (peer.errors + full.errors + calm.errors)[:5],
    }
    print(json.dumps(figures, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
