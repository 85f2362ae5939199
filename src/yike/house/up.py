"""`./yike up`: sets up, starts web, worker and reckoner beside PostgreSQL, and keeps them running.

The supervisor loads no Django and holds no state that matters: it may be killed at any moment, and
the next `up` finds what was left, ends it and starts afresh on the same data.
"""

from __future__ import annotations

import argparse
import fcntl
import http.client
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from yike.house import children, database, firststart, installing, ports, postgres
from yike.house import config as house_config
from yike.house.children import Child
from yike.house.config import Config, ConfigError

WEB_PATIENCE = 60.0
STOP_PATIENCE = 10.0
HEALTH_EVERY = 1.0
#: What reckons one question at a time needs no threads of numerical libraries.
SINGLE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


class CannotStart(Exception):
    """The house cannot open; the sentence says why and what to do."""


class _Stop(Exception):
    """Somebody asked the supervisor to end."""


def main(argv: list[str]) -> int:
    """This will run until Ctrl-C or SIGTERM; returns the exit code."""
    asked = _arguments(argv)
    for name in ("host", "port"):
        if getattr(asked, name):
            os.environ[f"YIKE_{name.upper()}"] = str(getattr(asked, name))
    _on_stop(_ask_to_stop)
    try:
        config = house_config.read()
        with _only_one(config):
            children.end_leftovers(config.state_dir)
            with ports.held(config):
                _keep_house(config)
    except (_Stop, KeyboardInterrupt):
        return 0
    except (
        CannotStart,
        ports.PortTaken,
        ConfigError,
        installing.StepFailed,
        postgres.PostgresError,
        database.DatabaseError,
    ) as refused:
        print(f"\n{refused}", file=sys.stderr, flush=True)
        return 1
    return 0


def stop(config: Config) -> bool:
    """This will end a running `up` and whatever it left behind; False when nothing ran."""
    noted = running(config)
    if noted:
        os.kill(noted, signal.SIGTERM)
        _wait_until_free(config)
    left = children.end_leftovers(config.state_dir)
    server = not config.database_url and postgres.status(config.state_dir).pid is not None
    if server:
        postgres.stop(config.state_dir)
    return bool(noted) or left or server


def running(config: Config) -> int:
    """This will return the process id of the `up` that holds this house, or 0."""
    try:
        with _note(config).open("r+") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return 0
    except BlockingIOError:
        return int(json.loads(_note(config).read_text())["pid"])
    return 0


def _keep_house(config: Config) -> None:
    print("Yike 一刻", flush=True)
    try:
        installing.prepare(config)
        household = _household(config)
        try:
            household[0].start()
            _wait_for_web(config, household[0])
            _greet(config)
            for child in household[1:]:
                child.start()
            _watch(config, household)
        finally:
            _end(household)
            children.end_leftovers(config.state_dir)
    finally:
        _close_database(config)


def _household(config: Config) -> list[Child]:
    """Web, worker, reckoner; once the rest of the demonstration year, and the searches."""
    marked = {children.MARK: children.mark(config.state_dir)}
    if config.public_url == Config.public_url and config.port != Config.port:
        marked["YIKE_PUBLIC_URL"] = f"http://{config.host}:{config.port}"
    house = [
        Child("web", web_command(config), marked),
        Child("worker", [sys.executable, "-m", "yike.house.worker"], marked),
        Child("reckoner", reckoner_command(config), marked | SINGLE),
    ]
    if firststart.demo_is_done(config) and not firststart.year_is_done(config):
        command = [sys.executable, "-m", "yike.house.firststart", "background"]
        house.append(Child("demonstration year", command, marked, once=True))
    # after the web: what a first question would have to compile is compiled beside the open house
    command = [sys.executable, "-m", "yike.house.warming", "--once"]
    return [*house, Child("searches", command, marked | SINGLE, once=True)]


def web_command(config: Config) -> list[str]:
    """This will return the web server's command.

    Kill timeouts because an open event stream would hold a stopping worker for ever.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--no-ws"),
        *("--host", config.host, "--port", str(config.port)),
        *("--workers", str(workers(config)), "--respawn-failed-workers"),
        *("--respawn-interval", "0.5", "--workers-kill-timeout", "3"),
        *("--log-level", "warning", "yike.house.asgi:app"),
    ]


def reckoner_command(config: Config) -> list[str]:
    """This will return the command of the process that keeps networks of roads loaded."""
    return [
        *(sys.executable, "-m", "yike.rooms.reach.reckoning", "serve"),
        str(config.state_dir / "reckoner.sock"),
        *("--networks", str(config.state_dir / "networks")),
        *("--megabytes", str(config.reckoner_megabytes)),
    ]


def workers(config: Config) -> int:
    """This will return the number of web processes: as set, else one a core, two to four."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 2
    return config.web_workers or min(4, max(2, cores))


def _watch(config: Config, household: list[Child]) -> None:
    """Runs until asked to stop: what died is started again."""
    looked = 0.0
    while True:
        time.sleep(0.2)
        if not config.database_url and time.monotonic() - looked > HEALTH_EVERY:
            looked = time.monotonic()
            _revive_database(config)
        for child in household:
            child.revive()


def _revive_database(config: Config) -> None:
    if postgres.status(config.state_dir).pid is not None:
        return
    print("PostgreSQL ended; starting it again. Nothing acknowledged is lost.", flush=True)
    try:
        postgres.ensure(config.state_dir)
    except postgres.PostgresError as failed:
        print(f"PostgreSQL does not start yet: {failed}", file=sys.stderr, flush=True)


def _wait_for_web(config: Config, web: Child) -> None:
    end = time.monotonic() + WEB_PATIENCE
    while not _answers(config):
        if web.died():
            raise CannotStart("The web server ended at once; its words are above.")
        if time.monotonic() > end:
            raise CannotStart(f"The web server does not answer within {WEB_PATIENCE:.0f} s.")
        time.sleep(0.05)


def _answers(config: Config) -> bool:
    """Whether any page comes; a redirect or a refusal is an answer too."""
    connection = http.client.HTTPConnection(_reach(config), config.port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"127.0.0.1:{config.port}"})
        return connection.getresponse().status < 600
    except OSError:
        return False
    finally:
        connection.close()


def _greet(config: Config) -> None:
    print(f"\nYike is open: http://{_reach(config)}:{config.port}/   (Ctrl-C stops it)")
    logins = firststart.logins(config)
    if logins:
        print(f"Demonstration logins:\n{logins}", end="")
    elif firststart.nobody_yet(config):
        print("Nobody has an account yet. ./yike admins 姓名 姓名 姓名 opens the first three:")
        print("the system administrator's, the security administrator's, the auditor's.")
    sys.stdout.flush()


def _end(household: list[Child]) -> None:
    """Asks all to end, waits, then ends by force; a second Ctrl-C shortens the wait."""
    print("\nStopping ...", flush=True)
    with suppress(_Stop, KeyboardInterrupt):
        for child in household:
            child.ask_to_end()
        end = time.monotonic() + STOP_PATIENCE
        while any(not child.ended() for child in household) and time.monotonic() < end:
            time.sleep(0.05)
    for child in household:
        child.end()


def _close_database(config: Config) -> None:
    _on_stop(signal.SIG_IGN)
    if not config.database_url:
        postgres.stop(config.state_dir)
    print("Stopped.", flush=True)


def _reach(config: Config) -> str:
    return "127.0.0.1" if config.host in _EVERYWHERE else config.host


@contextmanager
def _only_one(config: Config) -> Iterator[None]:
    """One supervisor for each house: the lock goes with its process, so it is never stale."""
    config.state_dir.mkdir(parents=True, exist_ok=True)
    handle = _note(config).open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        noted = json.loads(_note(config).read_text() or "{}")
        handle.close()
        raise CannotStart(
            f"Yike is already running here: {noted.get('url', '(starting)')} (./yike stop ends it)."
        ) from None
    with handle:
        handle.truncate(0)
        url = f"http://{_reach(config)}:{config.port}/"
        handle.write(json.dumps({"pid": os.getpid(), "url": url}))
        handle.flush()
        yield


def _note(config: Config) -> Path:
    return config.state_dir / "up.lock"


def _wait_until_free(config: Config) -> None:
    end = time.monotonic() + STOP_PATIENCE + 70.0
    while running(config) and time.monotonic() < end:
        time.sleep(0.1)


def _on_stop(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, handler)


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise _Stop


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./yike up", description="Starts the whole house.")
    parser.add_argument("--port", type=int, help="port of the web server (default: 8900)")
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
