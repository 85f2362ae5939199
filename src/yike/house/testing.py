"""The pytest plugin of the house: real PostgreSQL, the app role, a database per worker.

A template database is migrated once for each content of migrations and rows.sql; every worker gets
its copy. Tests run in a transaction that is rolled back; those marked `commits` get a copy of their
own, in which transactions really commit. What many tests begin with is furnished once for each
worker (`furnished`), and each of them rolls back what it does there (`undone`).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest

ROOT = Path(__file__).resolve().parents[3]
STATE = Path(os.environ.get("YIKE_TEST_STATE", ROOT / ".yike" / "test"))
os.environ.setdefault("YIKE_DB_SERVER", "pg")
os.environ["YIKE_STATE_DIR"] = str(STATE)
os.environ.setdefault("YIKE_DEMO", "false")
os.environ["YIKE_DB_NAME"] = f"yike_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in ("*/migrations/*.py", "*/rows*.sql", "*/rights.sql"):
        for file in sorted((ROOT / "src/yike/rooms").glob(pattern)):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


class Databases:
    """Makes and drops databases on the throwaway server."""

    def __init__(self) -> None:
        import psycopg
        from psycopg import conninfo

        from yike.house import postgres

        (STATE / "static").mkdir(parents=True, exist_ok=True)
        self.server = postgres.ensure(STATE, name="pg", throwaway=True, outlives=_shared())
        self.connection = psycopg.connect(
            conninfo.make_conninfo("", **self.server.owner_dsn), autocommit=True
        )

    def template(self) -> str:
        """This will return the name of a migrated template, making it if needed."""
        name = f"yike_t_{_fingerprint()}"
        with _alone("template"):
            if not self._exists(name):
                self._roles()
                self._run(f'drop database if exists "{name}_new"')
                self._run(f'create database "{name}_new" owner yike_owner')
                _migrate(f"{name}_new")
                self._run(f'alter database "{name}_new" rename to "{name}"')
        return name

    def copy(self, name: str, of: str = "") -> None:
        """This will make a fresh copy of the template, or of another database nobody is in."""
        template = of or self.template()
        with _alone("template"):
            self._run(f'drop database if exists "{name}" with (force)')
            self._run(f'create database "{name}" template "{template}" owner yike_owner')

    @contextmanager
    def shared(self, word: str, build: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
        """This will give every worker of this run the database that the first of them made.

        With the bytes that `build(database)` returned. Nobody may stay connected to it: copy it.
        The last to leave removes it.
        """
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
        name, told = f"yike_{word}_{run}", STATE / f"{word}_{run}.made"
        users = told.with_suffix(".users")
        with _alone(word):
            if not told.exists():
                self.copy(name)
                told.write_bytes(build(name))
            users.write_text(users.read_text() + "." if users.exists() else ".")
        try:
            yield name, told.read_bytes()
        finally:
            with _alone(word):
                users.write_text(users.read_text()[1:])
                if not users.read_text():
                    self.drop(name)
                    told.unlink()
                    users.unlink()

    def dsn_of(self, name: str) -> str:
        """This will return how the tables' owner reaches a database: for what tests must break."""
        from psycopg import conninfo

        return conninfo.make_conninfo("", **self.server.owner_dsn | {"dbname": name})

    def drop(self, name: str) -> None:
        """This will remove a database and end its connections."""
        self._run(f'drop database if exists "{name}" with (force)')

    def _exists(self, name: str) -> bool:
        row = self.connection.execute("select 1 from pg_database where datname = %s", (name,))
        return row.fetchone() is not None

    def _roles(self) -> None:
        for role in ("yike_owner", "yike_app"):
            found = self.connection.execute("select 1 from pg_roles where rolname = %s", (role,))
            if not found.fetchone():
                self._run(f"create role {role} login")

    def _run(self, sql: str) -> None:
        self.connection.execute(sql)


@contextmanager
def _alone(word: str) -> Iterator[None]:
    """One worker at a time makes what others copy."""
    with (STATE / f"{word}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


Made = TypeVar("Made")


@contextmanager
def connected(name: str, blocker: Any) -> Iterator[None]:
    """This will point Django at another database of the server, and back.

    A transaction that is open meanwhile stays as it is; threads begun inside come here too.
    """
    from django.db import connections

    before, told = connections["default"], connections.settings["default"]
    usual, told["NAME"] = told["NAME"], name
    connections["default"] = own = before.copy()
    own.settings_dict["NAME"] = name
    try:
        with blocker.unblock():
            yield
    finally:
        own.close()
        connections["default"], told["NAME"] = before, usual


@contextmanager
def undone(name: str, blocker: Any) -> Iterator[None]:
    """This will point Django at another database, and roll back whatever was done there."""
    from django.db import transaction

    with connected(name, blocker):
        everything = transaction.atomic()
        everything._from_testcase = True  # type: ignore[attr-defined]
        with everything:
            yield
            transaction.set_rollback(True)


class Furnished:
    """Furnished databases, each made once for this worker, whoever asks first."""

    def __init__(self, databases: Databases, blocker: Any) -> None:
        self.databases, self.blocker = databases, blocker
        self.made: dict[str, tuple[str, Any]] = {}

    def once(self, word: str, build: Callable[[], Made], *, on: str = "") -> tuple[str, Made]:
        """This will return the database of a word and what `build` returned when it was made.

        `on` names a database to begin with, in place of the empty one.
        """
        if word not in self.made:
            name = f"{os.environ['YIKE_DB_NAME']}_{word}"
            self.databases.copy(name, of=on)
            with connected(name, self.blocker):
                self.made[word] = name, build()
        return self.made[word]

    def drop(self) -> None:
        """This will remove them all."""
        for name, _ in self.made.values():
            self.databases.drop(name)


def _shared() -> bool:
    """Several test runs may share one server (xdist workers always do): it then outlives each."""
    return "PYTEST_XDIST_WORKER" in os.environ or "YIKE_TEST_STATE" in os.environ


def _migrate(name: str) -> None:
    environ = os.environ | {
        "YIKE_DB_ROLE": "owner",
        "YIKE_DB_NAME": name,
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "yike.house.manage", "migrate", "-v0"],
        env=environ, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"migrate failed on the test template:\n{done.stderr[-3000:]}")
    import psycopg

    from yike.house import postgres

    sock = postgres.socket_dir(STATE, name="pg")
    rights = (ROOT / "src/yike/rooms/guard/rights.sql").read_text(encoding="utf-8")
    with psycopg.connect(host=str(sock), user="yike_owner", dbname=name) as owner:
        owner.execute(rights)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """The server on which this run's databases live."""
    found = Databases()
    yield found
    found.connection.close()


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases) -> Iterator[None]:
    """This will give each worker a migrated copy of its own."""
    from django.db import connection

    name = os.environ["YIKE_DB_NAME"]
    databases.copy(name)
    connection.settings_dict["NAME"] = name
    yield
    connection.close()
    databases.drop(name)


@pytest.fixture(scope="session", autouse=True)
def one_chain() -> Iterator[None]:
    """Django's test client builds the middleware anew for every browser; here once for a worker.

    Building it reads every static file, which took a third of a request. Where a test has settings
    of its own, its browser builds it as ever.
    """
    from django.conf import Settings, settings
    from django.test.client import ClientHandler

    real, built = ClientHandler.load_middleware, {}

    def load(self: Any, is_async: bool = False) -> None:
        if not isinstance(vars(settings)["_wrapped"], Settings):
            real(self, is_async=is_async)
            return
        if is_async not in built:
            before = set(vars(self))
            real(self, is_async=is_async)
            built[is_async] = {k: v for k, v in vars(self).items() if k not in before}
        vars(self).update(built[is_async])

    ClientHandler.load_middleware = load  # type: ignore[method-assign]
    yield
    ClientHandler.load_middleware = real  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def furnished(
    databases: Databases, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Furnished]:
    """The furnished databases of this worker."""
    found = Furnished(databases, django_db_blocker)
    yield found
    found.drop()


@pytest.fixture
def committed(databases: Databases, django_db_blocker: Any) -> Iterator[str]:
    """This will give one test a database of its own, where transactions really commit."""
    name = f"{os.environ['YIKE_DB_NAME']}_c"
    databases.copy(name)
    try:
        with connected(name, django_db_blocker):
            yield name
    finally:
        databases.drop(name)
