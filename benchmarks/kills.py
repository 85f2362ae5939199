"""Kills parts of the running house at random under load and counts what was lost.

    python -m benchmarks.kills [--kills 50] [--clients 4] [--seed N]

Starts the real `./yike up` on a state folder of its own. Clients open matters over HTTP and write
down what was acknowledged; a request without an answer is sent again with the same key. Between
kills (kill -9 of the web server, one of its workers, the job worker, PostgreSQL, one of its
sessions, or the supervisor, which is then started again) the house must come back by itself. At
the end every acknowledged matter must be there once, with exactly one holder and an age, its office
must have been told of it, and no job may be left half done or failed.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field

import psutil
import psycopg

from benchmarks import serving

STATE = serving.STATE.parent / "kills"
PATIENCE = 60.0
TARGETS = ("web", "web worker", "job worker", "postmaster", "session", "supervisor")


@dataclass
class Diary:
    """What the clients sent and what was acknowledged, by idempotency key."""

    sent: set[str] = field(default_factory=set)
    acknowledged: dict[str, str] = field(default_factory=dict)
    resent: int = 0
    doubled: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class House:
    """The running product: its supervisor and everything below it."""

    def __init__(self) -> None:
        self.port = serving.free_port()
        self.supervisor: subprocess.Popen[bytes] | None = None
        self.log = (STATE / "up.log").open("ab")

    def up(self) -> None:
        """This will start `./yike up` and wait until it answers."""
        env = serving.environ(YIKE_STATE_DIR=str(STATE))
        command = [str(serving.ROOT / "yike"), "up", "--port", str(self.port)]
        self.supervisor = subprocess.Popen(
            command, env=env, cwd=serving.ROOT, stdout=self.log, stderr=self.log
        )
        self.wait()

    def wait(self) -> float:
        """This will wait until the health page answers; returns the seconds it took."""
        begun = time.perf_counter()
        while time.perf_counter() - begun < PATIENCE * 3:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return time.perf_counter() - begun
            time.sleep(0.1)
        raise SystemExit(f"the house did not come back; see {self.log.name}")

    def kill(self, target: str) -> bool:
        """This will kill -9 one process of the kind; False when there was none just now."""
        found = self._processes(target)
        if not found:
            return False
        victim = random.choice(found)
        with contextlib.suppress(psutil.NoSuchProcess):
            os.kill(victim.pid, signal.SIGKILL)
        if target == "supervisor":
            assert self.supervisor
            self.supervisor.wait()
            self.up()
        return True

    def down(self) -> None:
        """This will end everything."""
        env = serving.environ(YIKE_STATE_DIR=str(STATE))
        subprocess.run([str(serving.ROOT / "yike"), "stop"], env=env, cwd=serving.ROOT, check=False)
        if self.supervisor:
            self.supervisor.wait(30)

    def _processes(self, target: str) -> list[psutil.Process]:
        assert self.supervisor
        if target == "supervisor":
            return [psutil.Process(self.supervisor.pid)]
        if target in ("postmaster", "session"):
            postmaster = _postmaster()
            if postmaster is None or target == "postmaster":
                return [postmaster] if postmaster else []
            return [child for child in postmaster.children() if "yike_app" in _line(child)]
        below = psutil.Process(self.supervisor.pid).children(recursive=True)
        web = [each for each in below if "granian" in _line(each)]
        if target == "web":
            return web[:1]
        if target == "web worker":
            return web[1:]
        return [each for each in below if "yike.house.worker" in _line(each)]


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""


def _server_dsn() -> str:
    from yike.house import postgres

    return f"host={postgres.socket_dir(STATE, name='pg')} user=yike dbname=yike"


def _postmaster() -> psutil.Process | None:
    from yike.house import postgres

    found = postgres.status(STATE, name="pg").pid
    return psutil.Process(found) if found else None


def client(house: House, ground: dict[str, list[str]], diary: Diary, stop: threading.Event) -> None:
    """This will open one matter after another until told to stop; never gives a key up."""
    villages, keys = ground["villages"], ground["keys"]
    while not stop.is_set():
        key = str(uuid.uuid4())
        body = {
            "text": "渔船上干活被绞伤了手，船老板不肯赔医药费，怎么办？",
            "region_code": random.choice(villages),
            "name": "林海生",
            "phone": f"139{random.randrange(10**8):08d}",
        }
        with diary.lock:
            diary.sent.add(key)
        secret = random.choice(keys)
        while not _open(house, secret, key, body, diary):
            time.sleep(0.2)
        time.sleep(random.random() * 0.1)


def _open(house: House, secret: str, key: str, body: dict[str, object], diary: Diary) -> bool:
    headers = {
        "Authorization": f"Bearer {secret}",
        "Idempotency-Key": key,
        "Content-Type": "application/json",
    }
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
    try:
        connection.request("POST", "/api/v1/matters", json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 201):
            if answer.status < 500 and answer.status != 429:
                diary.refused.append(f"{answer.status} {text[:200]!r}")
            diary.resent += 1
            return False
        reference = json.loads(text)["reference"]
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        diary.resent += 1
        return False
    finally:
        connection.close()
    with diary.lock:
        known = diary.acknowledged.setdefault(key, reference)
        if known != reference:
            diary.doubled.append(key)
    return True


def standing() -> int:
    """This will count the matters of earlier runs: the state folder is kept between runs."""
    with psycopg.connect(_server_dsn()) as connection:
        row = connection.execute("select count(*) from matters_matter").fetchone()
    return int(row[0]) if row else 0


def verdict(diary: Diary, earlier: int) -> dict[str, int]:
    """This will compare the clients' diary with the tables, as the database's superuser."""
    with psycopg.connect(_server_dsn()) as connection:
        rows = connection.execute(
            "select m.reference, m.holder_org is not null, m.opened_at is not null,"
            " (select count(*) from matters_step s where s.matter_id = m.id and s.ended_at is null)"
            " from matters_matter m"
        ).fetchall()
        untold, left = _echoes(connection)
    found = {row[0] for row in rows}
    return {
        "acknowledged": len(diary.acknowledged),
        "lost": sum(ref not in found for ref in diary.acknowledged.values()),
        "doubled": len(diary.doubled) + max(0, len(rows) - earlier - len(diary.sent)),
        "without_one_holder": sum(not row[1] or row[3] != 1 for row in rows),
        "without_age": sum(not row[2] for row in rows),
        "untold": untold,
        "jobs_left": left,
    }


def _echoes(connection: psycopg.Connection[tuple[int, ...]]) -> tuple[int, int]:
    """Matters of which no office was told, and jobs that are not done though it is their turn."""
    end = time.monotonic() + PATIENCE
    while True:
        rows = connection.execute(
            "select (select count(*) from matters_matter m where not exists (select 1 from"
            " notices_notice n where n.subject = m.id::text and n.template = 'matter.arrived')),"
            " (select count(*) from procrastinate_jobs"
            " where status <> 'todo' or coalesce(scheduled_at, now()) <= now())"
        ).fetchall()
        connection.commit()
        untold, left = rows[0]
        if (untold, left) == (0, 0) or time.monotonic() > end:
            return untold, left
        time.sleep(0.5)


def main() -> None:
    """This will kill as often as asked and print the verdict; exit code 1 when anything is lost."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--clients", type=int, default=4)
    asked.add_argument("--seed", type=int, default=20261121)
    given = asked.parse_args()
    random.seed(given.seed)
    STATE.mkdir(parents=True, exist_ok=True)
    house, diary, stop = House(), Diary(), threading.Event()
    house.up()
    env = serving.environ(YIKE_STATE_DIR=str(STATE))
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.ground"],
        env=env, cwd=serving.ROOT, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    ground, earlier = json.loads(made.stdout.splitlines()[-1]), standing()
    threads = [
        threading.Thread(target=client, args=(house, ground, diary, stop))
        for _ in range(given.clients)
    ]
    for thread in threads:
        thread.start()
    counts, slowest = dict.fromkeys(TARGETS, 0), 0.0
    while sum(counts.values()) < given.kills:
        time.sleep(random.random() * 1.5)
        target = random.choice(TARGETS)
        if house.kill(target):
            counts[target] += 1
            slowest = max(slowest, house.wait())
    stop.set()
    for thread in threads:
        thread.join()
    found = verdict(diary, earlier)
    house.down()
    report = {
        "kills": counts, "sent": len(diary.sent), "sent_again": diary.resent,
        "slowest_return_s": round(slowest, 1), "refused": diary.refused[:3], **found,
    }  # fmt: skip
    print(json.dumps(report, ensure_ascii=False, indent=1))
    bad = ("lost", "doubled", "without_one_holder", "without_age", "untold", "jobs_left")
    sys.exit(1 if any(found[name] for name in bad) else 0)


if __name__ == "__main__":
    main()
