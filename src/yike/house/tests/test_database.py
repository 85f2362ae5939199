"""An office's own PostgreSQL: taken when it is fit, refused with the SQL that makes it fit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from yike.house import config as house_config
from yike.house import database, postgres
from yike.house.config import ROOT, Config


class Office:
    """A server with nothing on it but what its administrator made."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.server = postgres.ensure(state, throwaway=True)
        self.host = quote(str(self.server.owner_dsn["host"]), safe="")

    def run(self, *statements: str) -> None:
        with psycopg.connect(**self.server.owner_dsn, autocommit=True) as administrator:  # type: ignore[arg-type]
            for statement in statements:
                administrator.execute(statement)

    def url(self, user: str) -> str:
        return f"postgresql://{user}@{self.host}/office?application_name=yike"

    def prepare(self, user: str, **environ: str) -> subprocess.CompletedProcess[str]:
        kept = {
            k: v
            for k, v in os.environ.items()
            if k == "YIKE_PG_BIN" or not k.startswith(("YIKE_", "DJANGO"))
        }
        return subprocess.run(
            [sys.executable, "-m", "yike.house.database"],
            env=kept | self.environ(user) | {"PYTHONPATH": str(ROOT / "src")} | environ,
            capture_output=True,
            text=True,
            check=False,
        )

    def environ(self, user: str) -> dict[str, str]:
        return {"YIKE_STATE_DIR": str(self.state / "house"), "DATABASE_URL": self.url(user)}

    def config(self, user: str, **environ: str) -> Config:
        return house_config.read(self.environ(user) | environ)


@pytest.fixture
def office() -> Iterator[Office]:
    state = Path(tempfile.mkdtemp(prefix="yike-office-"))
    state.chmod(0o755)
    yield Office(state)
    postgres.stop(state)
    shutil.rmtree(state)


def test_owner_who_may_make_roles_is_enough(office: Office) -> None:
    office.run("create role clerk login createrole", "create database office owner clerk")
    for _ in range(2):
        done = office.prepare("clerk")
        assert done.returncode == 0, done.stderr
    config = office.config("clerk")
    assert database.is_current(config)
    with psycopg.connect(database.app_conninfo(config)) as app:
        assert app.execute("select current_user").fetchone() == ("yike_app",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("drop table trail_entry")


def test_owner_who_may_not_make_roles_is_told_which_sql_helps(office: Office) -> None:
    office.run("create role clerk login", "create database office owner clerk")
    refused = office.prepare("clerk")
    assert refused.returncode == 1
    told = refused.stderr.split("to run:\n")[1]
    office.run(*[line.strip() for line in told.strip().splitlines()])
    done = office.prepare("clerk")
    assert done.returncode == 0, done.stderr


def test_application_login_of_its_own_is_let_in(office: Office) -> None:
    office.run(
        "create role clerk login",
        "create role yike_app nologin",
        "create role counter login in role yike_app",
        "create database office owner clerk",
    )
    done = office.prepare("clerk", YIKE_APP_DATABASE_URL=office.url("counter"))
    assert done.returncode == 0, done.stderr
    with psycopg.connect(office.url("counter")) as app:
        assert app.execute("select count(*) from trail_entry").fetchone() == (0,)


def test_application_login_past_row_security_is_refused(office: Office) -> None:
    office.run("create role clerk login createrole", "create database office owner clerk")
    office.run("create role counter login bypassrls")
    refused = office.prepare("clerk", YIKE_APP_DATABASE_URL=office.url("counter"))
    assert refused.returncode == 1
    assert "passes by row security" in refused.stderr or "has no rights yet" in refused.stderr
    office.run("grant yike_app to counter")
    refused = office.prepare("clerk", YIKE_APP_DATABASE_URL=office.url("counter"))
    assert refused.returncode == 1
    assert "passes by row security" in refused.stderr


def test_server_that_does_not_answer_is_named(office: Office) -> None:
    office.run("create role clerk login")
    refused = office.prepare("clerk")
    assert refused.returncode == 1
    assert "DATABASE_URL cannot be reached" in refused.stderr
    assert "Traceback" not in refused.stderr
