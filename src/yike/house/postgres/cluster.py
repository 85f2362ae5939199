"""A new cluster, made beside its place and moved there whole."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from yike.house.postgres.place import SUPERUSER, Place, PostgresError, give
from yike.house.postgres.programs import version_of


def make_cluster(place: Place, bins: Path) -> None:
    """This will make the cluster beside its place and move it there whole, unless it stands."""
    major, _ = version_of(bins)
    _own_socket_dir(place)
    made_by = place.data / "PG_VERSION"
    if made_by.exists():
        _check_major(int(made_by.read_text()), major, place)
        return
    part = place.data.with_name(place.data.name + ".new")
    if part.exists():
        shutil.rmtree(part)
    part.mkdir(mode=0o700)
    give(part, place)
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


def _check_major(cluster: int, programs: int, place: Place) -> None:
    if cluster != programs:
        raise PostgresError(
            f"The database in {place.data} was made by PostgreSQL {cluster}, but the programs "
            f"installed now are PostgreSQL {programs}. Go back to the earlier release, run "
            "`./yike backup FILE`, come back, move that folder away, and `./yike restore FILE`."
        )


def _own_socket_dir(place: Place) -> None:
    folder = place.socket
    wanted = place.servant[0] if place.servant else os.geteuid()
    if not folder.exists():
        folder.mkdir(mode=0o700)
        give(folder, place)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != wanted or found.st_mode & 0o077:
        raise PostgresError(f"{folder} belongs to somebody else. Remove it, then start again.")


def _run(command: list[str], place: Place) -> None:
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
