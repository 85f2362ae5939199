"""Starts what is measured: a durable PostgreSQL of its own, and web servers on free ports."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from yike.house import postgres, up
from yike.house.config import Config

STATE = Path(os.environ.get("YIKE_BENCH_STATE", ROOT / ".yike" / "bench"))


def database() -> postgres.Server:
    """This will start the benchmark's own PostgreSQL, with normal durability."""
    STATE.mkdir(parents=True, exist_ok=True)
    return postgres.ensure(STATE, name="pg")


def stop() -> None:
    """This will stop the benchmark's PostgreSQL."""
    postgres.stop(STATE, name="pg")


def environ(**more: str) -> dict[str, str]:
    """This will return the environment of a Yike process on the benchmark's database."""
    base = {key: value for key, value in os.environ.items() if not key.startswith("YIKE_")}
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return base | {"YIKE_STATE_DIR": str(STATE), "YIKE_DEMO": "false", "PYTHONPATH": paths} | more


def free_port() -> int:
    """This will return a loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


#: The web servers of this run: port → process.
_pids: dict[int, int] = {}
_TICKS = os.sysconf("SC_CLK_TCK")


def web_time(port: int) -> float:
    """This will return the processor seconds that a web server has used up to now."""
    return _used(_pids[port])


def database_time() -> float:
    """This will return the processor seconds that the benchmark's PostgreSQL has used."""
    pid = postgres.status(STATE, name="pg").pid
    return _used(pid) if pid else 0.0


def _used(pid: int) -> float:
    """A process with its ended children, and those that live with theirs (Linux)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        living = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, stat[11:15])) / _TICKS + sum(_used(int(child)) for child in living)


@contextmanager
def web(python: Path, target: str, env: Mapping[str, str]) -> Iterator[int]:
    """This will serve an ASGI application as `./yike up` does, and yield its port."""
    port, workers = free_port(), up.workers(Config())
    command = [str(python), "-m", "granian", "--interface", "asgi", "--no-ws"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)]
    command += ["--log-level", "warning", "--workers-kill-timeout", "3", target]
    child = subprocess.Popen(command, env=dict(env), cwd=ROOT)
    _pids[port] = child.pid
    try:
        _wait(port)
        yield port
    finally:
        child.terminate()
        child.wait(15)


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the web server did not come up")
