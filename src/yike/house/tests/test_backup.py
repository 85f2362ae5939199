"""A house saved, lost and put back: rows, papers and keys, and nothing half."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from yike.house import backup, database, postgres
from yike.house import config as house_config
from yike.house.config import ROOT, Config


@pytest.fixture(scope="module")
def mould() -> Iterator[Path]:
    """The folder of a furnished house, shut: one row, one paper and one key."""
    state = _folder("yike-mould-")
    made = house_config.read({"YIKE_STATE_DIR": str(state)})
    _tables(made)
    for folder in backup.KEPT:
        (state / folder).mkdir(exist_ok=True)
        (state / folder / "one").write_text(f"{folder} as saved")
    with database.owner(made) as connection:
        database.stamp(connection, "proof", "as saved")
    postgres.stop(state)
    yield state
    shutil.rmtree(state)


@pytest.fixture
def config(mould: Path) -> Iterator[Config]:
    """A furnished house of the test's own."""
    state = _folder("yike-saved-")
    subprocess.run(["cp", "-a", f"{mould}/.", str(state)], check=True)
    postgres.ensure(state)
    yield house_config.read({"YIKE_STATE_DIR": str(state)})
    postgres.stop(state)
    shutil.rmtree(state)


def _folder(prefix: str) -> Path:
    made = Path(tempfile.mkdtemp(prefix=prefix))
    made.chmod(0o755)
    return made


def _tables(config: Config) -> None:
    kept = {k: v for k, v in os.environ.items() if k == "YIKE_PG_BIN" or not k.startswith("YIKE_")}
    subprocess.run(
        [sys.executable, "-m", "yike.house.database"],
        env=kept | {"YIKE_STATE_DIR": str(config.state_dir), "PYTHONPATH": str(ROOT / "src")},
        check=True,
    )


def _spoil(config: Config) -> None:
    with database.owner(config) as connection:
        database.stamp(connection, "proof", "spoilt")
        connection.execute("create table stranger (n int)")
    for folder in ("files", "maps"):
        (config.state_dir / folder / "one").write_text("spoilt")


def _proof(config: Config) -> tuple[str, ...]:
    state = config.state_dir
    return (
        database.stamped(config, "proof"),
        (state / "files" / "one").read_text(),
        (state / "secrets" / "one").read_text(),
        (state / "maps" / "one").read_text(),
    )


SAVED = ("as saved", "files as saved", "secrets as saved", "maps as saved")


def test_saved_house_comes_back_twice_over(config: Config) -> None:
    target = config.state_dir / "saved.tar"
    backup.save(config, target)
    assert target.stat().st_mode & 0o077 == 0
    for _ in range(2):
        _spoil(config)
        backup.restore(config, target, replace=True)
        assert _proof(config) == SAVED
        with database.owner(config) as connection:
            assert connection.execute("select to_regclass('stranger')").fetchone() == (None,)
        backup.save(config, target)
    _tables(config)
    assert database.is_current(config)


def test_restore_into_an_empty_house_keeps_the_rights(config: Config) -> None:
    target = config.state_dir / "saved.tar"
    backup.save(config, target)
    state = _folder("yike-other-")
    other = house_config.read({"YIKE_STATE_DIR": str(state)})
    try:
        backup.restore(other, target, replace=False)
        assert _proof(other) == SAVED
        assert _rights(other) == _rights(config)
        assert _rights(other)
    finally:
        postgres.stop(state)
        shutil.rmtree(state)


def _rights(config: Config) -> list[tuple[str, str]]:
    with database.owner(config) as connection:
        return connection.execute(
            "select table_name, privilege_type from information_schema.role_table_grants "
            "where grantee = 'yike_app' order by 1, 2"
        ).fetchall()


def test_full_house_is_not_overwritten_unasked(config: Config) -> None:
    target = config.state_dir / "saved.tar"
    backup.save(config, target)
    _spoil(config)
    with pytest.raises(backup.BackupError, match="--replace"):
        backup.restore(config, target, replace=False)
    assert _proof(config)[0] == "spoilt"


def test_broken_backup_changes_nothing(config: Config) -> None:
    broken = config.state_dir / "broken.tar"
    broken.write_bytes(b"not a backup")
    with pytest.raises(backup.BackupError, match="cannot be read"):
        backup.restore(config, broken, replace=True)
    assert _proof(config) == SAVED


def test_a_base_map_that_is_not_what_was_saved_is_refused(config: Config) -> None:
    wicked = config.state_dir / "wicked.tar"
    with tarfile.open(wicked, "w") as tar:
        for name in ("database.dump", "maps/0123456789abcdef.pmtiles"):
            tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(backup.BackupError, match="not what was saved"):
        backup.restore(config, wicked, replace=True)
    assert _proof(config) == SAVED


def test_backup_that_climbs_out_is_refused(config: Config) -> None:
    wicked = config.state_dir / "wicked.tar"
    with tarfile.open(wicked, "w") as tar:
        for name in ("database.dump", "files/../../escaped"):
            tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(backup.BackupError, match="is not a backup"):
        backup.restore(config, wicked, replace=True)
    assert _proof(config) == SAVED
