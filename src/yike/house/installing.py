"""From installed packages to a house that can open: server, tables, static files, first rows.

Every step is skipped when its stamp says that this version was finished, and stamped last, so a
start that was killed half-way is repeated from there.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from yike.house import database, firststart, postgres
from yike.house.config import ROOT, Config, HouseError

SOURCE = ROOT / "src"


class StepFailed(HouseError):
    """A step of the set-up failed; the sentence holds what it said."""


def prepare(config: Config) -> None:
    """This will bring the house to where it can open, showing each step that takes time.

    Refuses with StepFailed, PostgresError or DatabaseError; run again, it goes on where it was.
    """
    if not config.database_url:
        with step("PostgreSQL", quiet_below=1.0):
            postgres.ensure(config.state_dir)
    if not database.is_current(config):
        with step("Tables and roles"):
            run("yike.house.database", YIKE_DB_ROLE="owner")
    with _meanwhile(config) as static:
        if not firststart.reference_is_done(config):
            with step("Reference data"):
                run("yike.house.firststart", "reference")
        if not firststart.demo_is_done(config):
            _demo()
        if static is not None:
            with step("Static files"):
                static.result()


@contextmanager
def _meanwhile(config: Config) -> Iterator[Future[None] | None]:
    """Collects static files beside the rows: they wait for the processor, rows for the database."""
    if static_is_current(config):
        yield None
        return
    with ThreadPoolExecutor(max_workers=1) as aside:
        yield aside.submit(_collect, config)


def _collect(config: Config) -> None:
    run("yike.house.manage", "collectstatic", "--noinput", "-v0")
    _stamp(config).write_text(static_fingerprint())


def _demo() -> None:
    """The house opens without its demonstration too; the next start tries again."""
    failed = ""
    with step("Demonstration county"):
        try:
            run("yike.house.firststart", "foreground")
        except StepFailed as fault:
            failed = str(fault)
    if failed:
        print(f"{failed}\nThe demonstration county is not loaded; the next start tries again.")


def static_is_current(config: Config) -> bool:
    """This will say whether the collected static files are those of this checkout."""
    if not (config.state_dir / "static" / "staticfiles.json").exists():
        return False
    stamp = _stamp(config)
    return stamp.exists() and stamp.read_text() == static_fingerprint()


def static_fingerprint() -> str:
    """This will return a digest of every file that collectstatic would read or be led by."""
    digest = hashlib.sha256()
    led_by = [ROOT / "package-lock.json", SOURCE / "yike/house/static.py"]
    ours = [
        file
        for place in ("static/**/*", "parts/*", "bundle.py")
        for file in SOURCE.glob(f"yike/**/{place}")
        if file.is_file()
    ]
    for file in [*led_by, *sorted(ours)]:
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def _stamp(config: Config) -> Path:
    return config.state_dir / "static.made"


@contextmanager
def step(what: str, *, quiet_below: float = 0.0) -> Iterator[None]:
    """This will show a step and how long it took; a quick one may stay unsaid."""
    began = time.monotonic()
    if not quiet_below:
        print(f"  {what:<24}", end="", flush=True)
    yield
    took = time.monotonic() - began
    if not quiet_below:
        print(f"{took:6.1f} s", flush=True)
    elif took >= quiet_below:
        print(f"  {what:<24}{took:6.1f} s", flush=True)


def run(module: str, *words: str, **environ: str) -> None:
    """This will run one of the house's modules to its end, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=os.environ | environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StepFailed(done.stdout[-4000:].strip())
