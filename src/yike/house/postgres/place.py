"""Where one cluster lives, and as whom it runs when root starts it."""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from yike.house.config import HouseError

#: Name of the cluster's superuser: known only behind the socket.
SUPERUSER = "yike"

PORT = 5432

#: Where root keeps clusters and binaries that the server's user could not reach in the checkout.
AWAY = Path("/var/lib/yike")

#: Users that root becomes to run the server, which refuses to run as root.
SERVANTS = ("postgres", "nobody")

#: sun_path holds 108 bytes; the socket's own name takes 14 of them.
LONGEST_SOCKET_DIR = 90


class PostgresError(HouseError):
    """The private server cannot be made or started; the sentence says what to do."""


@dataclass(frozen=True)
class Place:
    """Where one cluster lives. All of it belongs to `servant` (uid, gid) when root runs this."""

    data: Path
    servant: tuple[int, int] | None

    @property
    def socket(self) -> Path:
        near = self.data.with_name(self.data.name + ".sock")
        if len(os.fsencode(near)) <= LONGEST_SOCKET_DIR:
            return near
        return Path("/tmp") / f"yikepg-{digest(self.data)}"

    @property
    def log(self) -> Path:
        return self.data.with_name(self.data.name + ".log")

    @property
    def lock(self) -> Path:
        return self.data.with_name(self.data.name + ".lock")

    @property
    def title(self) -> str:
        return f"yike-{digest(self.data)}"

    @property
    def dsn(self) -> dict[str, str | int]:
        return {"host": str(self.socket), "port": PORT, "user": SUPERUSER, "dbname": "postgres"}


def find_place(state_dir: Path, name: str) -> Place:
    """This will return the cluster's home: the state directory, if root's servant may enter it.

    A cluster that exists is found where it was made, whatever the directories' modes are now.
    """
    near = state_dir.resolve() / name
    if os.geteuid() != 0:
        return Place(near, None)
    servant = _servant()
    if _pointer(near).exists():
        return Place(Path(_pointer(near).read_text()), servant)
    if enterable(near.parent):
        return Place(near, servant)
    if (near / "PG_VERSION").exists():
        raise PostgresError(
            f"{near} holds a database, but the user that PostgreSQL runs as may not pass through "
            "the folders above it any more. Give them back: chmod o+x on each."
        )
    return Place(_away(near), servant)


def _pointer(near: Path) -> Path:
    """Says where the cluster lies that could not lie here: goes when the state directory goes."""
    return near.with_name(f"{near.name}.away")


def _away(near: Path) -> Path:
    """A place of its own below AWAY, noted in the state directory; the first to note it wins."""
    near.parent.mkdir(parents=True, exist_ok=True)
    fresh = near.with_name(f"{near.name}.away.{os.getpid()}")
    fresh.write_text(str(AWAY / secrets.token_hex(6) / near.name))
    with suppress(FileExistsError):
        os.link(fresh, _pointer(near))
    fresh.unlink()
    return Path(_pointer(near).read_text())


def make_place(state_dir: Path, name: str) -> Place:
    """This will return the place, with the folders above it made and passable."""
    state_dir.mkdir(parents=True, exist_ok=True)
    place = find_place(state_dir, name)
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


def enterable(folder: Path) -> bool:
    """This will say whether everybody may pass through this folder and all above it."""
    chain = [step for step in (folder, *folder.parents) if step.exists()]
    return all(step.stat().st_mode & 0o001 for step in chain)


def digest(path: Path) -> str:
    """This will return twelve signs that stand for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """This will let one in at a time; the lock goes with the process, so it is never stale."""
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


def give(path: Path, place: Place) -> None:
    """This will hand a path to the servant, if there is one."""
    if place.servant:
        os.chown(path, *place.servant)
