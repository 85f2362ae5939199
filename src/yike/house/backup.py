"""One file that holds a house: the database (pg_dump), sealed papers, networks, base maps, keys.

The file is as secret as the house itself. Papers are sealed in it as they are on disk; whoever has
the file has the keys as well.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from yike.house import database, postgres
from yike.house.config import Config, HouseError

#: Folders of the state directory that belong to the house itself.
KEPT = ("files", "maps", "networks", "secrets")
#: Archives of tiles lie there under the first digits of their SHA-256.
_TILES = "maps/*.pmtiles"
_DUMP = "database.dump"


class BackupError(HouseError):
    """The house cannot be saved or restored; the sentence says why and what to do."""


def save(config: Config, target: Path) -> None:
    """This will write the whole house into `target` (tar, mode 0600), appearing there whole.

    The dump is one snapshot. Papers written after it are saved too and then belong to no row; a
    paper is written before its row, so every row of the dump has its paper.
    """
    part = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / _DUMP
        where = database.owner_conninfo(config)
        _run("pg_dump", "--format=custom", "--compress=6", "--file", str(dump), "--dbname", where)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w") as tar:
                tar.add(dump, _DUMP)
                for name in KEPT:
                    if (config.state_dir / name).exists():
                        tar.add(config.state_dir / name, name)
            os.fsync(raw.fileno())
    part.replace(target)


def restore(config: Config, source: Path, *, replace: bool) -> None:
    """This will make the house what it was when `source` was saved.

    Refuses with BackupError a file that is not a backup, and a house that is not empty unless
    `replace`. The database is restored in one transaction: it is the old or the new, never half.
    """
    with tempfile.TemporaryDirectory(dir=_state(config)) as folder:
        unpacked = Path(folder)
        _unpack(source, unpacked)
        _check_maps(unpacked)
        if not config.database_url:
            database.make_private(config)
        if not replace and not _is_empty(config):
            raise BackupError(
                "This house is not empty. Save it first (./yike backup FILE); then "
                f"./yike restore {source} --replace overwrites it."
            )
        _fill_database(config, unpacked / _DUMP)
        for name in KEPT:
            _swap(unpacked / name, config.state_dir / name)


def _state(config: Config) -> Path:
    config.state_dir.mkdir(parents=True, exist_ok=True)
    return config.state_dir


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source) as tar:
            members = tar.getmembers()
            if _DUMP not in tar.getnames() or not all(map(_belongs, members)):
                raise BackupError(f"{source} is not a backup made by ./yike backup.")
            tar.extractall(folder, members=members, **_careful())  # noqa: S202 - checked
    except (OSError, tarfile.TarError) as failed:
        raise BackupError(f"{source} cannot be read as a backup: {failed}") from failed


def _check_maps(unpacked: Path) -> None:
    """Before anything is replaced: each base map is what its name says."""
    for tiles in unpacked.glob(_TILES):
        with tiles.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
        if not found.startswith(tiles.stem):
            raise BackupError(
                f"The base map {tiles.name} in the backup is not what was saved. Take another "
                "backup; nothing was replaced."
            )


def _belongs(member: tarfile.TarInfo) -> bool:
    """Plain files and folders of the house only: nothing that points or climbs out of it."""
    parts = Path(member.name).parts
    inside = member.name == _DUMP or (parts[:1] and parts[0] in KEPT and ".." not in parts)
    return bool(inside and (member.isfile() or member.isdir()))


def _careful() -> dict[str, Any]:
    """Python's own filter, where it has one (3.11.4 on; Debian 12 has 3.11.2)."""
    return {"filter": "data"} if hasattr(tarfile, "data_filter") else {}


def _is_empty(config: Config) -> bool:
    with database.owner(config) as connection:
        row = connection.execute(
            "select count(*) from pg_tables where schemaname = 'public'"
        ).fetchone()
    return row is not None and row[0] == 0


def _fill_database(config: Config, dump: Path) -> None:
    """Empties the schema and fills it in one transaction, as the owner."""
    where = database.owner_conninfo(config)
    script = dump.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--file", str(dump.with_suffix(".raw")), str(dump))
    _plain(dump.with_suffix(".raw"), script)
    opening = script.with_name("opening.sql")
    opening.write_text("drop schema if exists public cascade;\ncreate schema public;\n")
    quiet = ("--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output", os.devnull)
    files = ("--file", str(opening), "--file", str(script))
    _run("psql", *quiet, "--single-transaction", "--dbname", where, *files)


def _plain(raw: Path, script: Path) -> None:
    """Leaves out the one setting that servers before 17 do not know; it stands at the top."""
    with raw.open("rb") as read, script.open("wb") as written:
        for _ in range(40):
            line = read.readline()
            if not line.startswith(b"SET transaction_timeout"):
                written.write(line)
        shutil.copyfileobj(read, written)


def _swap(fresh: Path, place: Path) -> None:
    """Puts a folder in its place; what was there is kept beside it until the new one stands."""
    if not fresh.exists():
        return
    old = place.with_name(f"{place.name}.before-restore")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _run(tool: str, *words: str) -> None:
    done = subprocess.run(
        [str(postgres.program(tool)), *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{tool} failed: {_last_lines(done.stderr)}")


def _last_lines(said: str) -> str:
    return "\n".join(said.strip().splitlines()[-5:])
