"""The product's database: its roles, its tables, its rights, and what was done to it already.

The owner of the tables makes and changes them; the application connects as `yike_app`, which owns
nothing, so that row security binds it. `python -m yike.house.database` runs `prepare`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from yike.house import postgres
from yike.house.config import Config, HouseError

OWNER, APP, NAME = "yike_owner", "yike_app", "yike"
OLDEST = 15
RIGHTS = Path(__file__).resolve().parents[1] / "rooms" / "guard" / "rights.sql"
#: One number for the whole house: two starts at once take turns.
_TURN = 0x59494B45

Connection = psycopg.Connection[tuple[Any, ...]]


class DatabaseError(HouseError):
    """The database cannot serve as it is; the sentence says what its administrator should do."""


def prepare(config: Config) -> None:
    """This will make roles, database and tables, or bring them up to this version; idempotent.

    Runs in a process of its own with YIKE_DB_ROLE=owner, because Django connects once for all.
    Refuses with DatabaseError a server older than 15 and an application role that could see
    past row security.
    """
    if config.database_url:
        _check_office(config)
    else:
        make_private(config)
    with owner(config) as connection:
        connection.execute("select pg_advisory_lock(%s)", (_TURN,))
        if _stamped(connection, "tables") != fingerprint():
            _migrate()
            connection.execute(RIGHTS.read_bytes())
            _hide_stamps(connection)
            stamp(connection, "tables", fingerprint())
    _check_app(config)


def is_current(config: Config) -> bool:
    """This will say whether the tables are those of this version; cheap, without Django."""
    return stamped(config, "tables") == fingerprint()


def stamped(config: Config, name: str) -> str:
    """This will return the version under which a step was finished; "" when it never was."""
    try:
        with owner(config) as connection:
            return _stamped(connection, name)
    except psycopg.OperationalError:
        return ""


def stamp(connection: Connection, name: str, version: str) -> None:
    """This will note that a step is finished; to be called last."""
    connection.execute(
        "insert into house_stamp (name, version) values (%s, %s) on conflict (name) do update "
        "set version = excluded.version, stamped_at = now()",
        (name, version),
    )


@contextmanager
def owner(config: Config) -> Iterator[Connection]:
    """This will connect as the owner of the tables, each statement for itself."""
    with psycopg.connect(owner_conninfo(config), autocommit=True) as connection:
        yield connection


def owner_conninfo(config: Config) -> str:
    """This will return where the owner connects: the office's server, or the private one."""
    if config.database_url:
        return config.database_url
    host = postgres.socket_dir(config.state_dir)
    return psycopg.conninfo.make_conninfo(
        "", host=str(host), port=postgres.PORT, user=OWNER, dbname=NAME
    )


def fingerprint() -> str:
    """This will return a digest of everything that shapes the tables."""
    digest = hashlib.sha256()
    source = Path(__file__).resolve().parents[1]
    for pattern in ("migrations/*.py", "rows*.sql", "facts*.sql", "rights.sql"):
        for file in sorted((source / "rooms").glob(f"*/{pattern}")):
            digest.update(str(file.relative_to(source)).encode() + file.read_bytes())
    for package in ("django", "procrastinate"):
        digest.update(metadata.version(package).encode())
    return digest.hexdigest()[:16]


def _stamped(connection: Connection, name: str) -> str:
    if connection.execute("select to_regclass('house_stamp')").fetchone() == (None,):
        connection.execute(
            "create table if not exists house_stamp (name text primary key, "
            "version text not null, stamped_at timestamptz not null default now())"
        )
    row = connection.execute("select version from house_stamp where name = %s", (name,)).fetchone()
    return str(row[0]) if row else ""


def _hide_stamps(connection: Connection) -> None:
    connection.execute(f"revoke all on house_stamp from {APP}")


def _migrate() -> None:
    import django
    from django.core.management import call_command

    if os.environ.get("YIKE_DB_ROLE") != "owner":
        raise DatabaseError("Tables are made by their owner: set YIKE_DB_ROLE=owner.")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def make_private(config: Config) -> None:
    """This will start the private server and make its roles and its database, still empty."""
    server = postgres.ensure(config.state_dir)
    known = psycopg.conninfo.make_conninfo("", **server.owner_dsn)
    with psycopg.connect(known, autocommit=True) as connection:
        for role in (OWNER, APP):
            if not _exists(connection, "select 1 from pg_roles where rolname = %s", role):
                connection.execute(_sql("create role {} login", role))
        if not _exists(connection, "select 1 from pg_database where datname = %s", NAME):
            connection.execute(_sql("create database {} owner {}", NAME, OWNER))
        connection.execute(_sql("revoke all on database {} from public", NAME))
        connection.execute(_sql("grant connect on database {} to {}", NAME, APP))


def _check_office(config: Config) -> None:
    """An office's own server: new enough, and with an application role that owns nothing."""
    try:
        connection = psycopg.connect(config.database_url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as failed:
        raise DatabaseError(f"DATABASE_URL cannot be reached: {failed}".strip()) from failed
    with connection:
        if connection.info.server_version < OLDEST * 10_000:
            found = connection.info.parameter_status("server_version")
            raise DatabaseError(f"Yike needs PostgreSQL {OLDEST} or newer; this one is {found}.")
        named = _exists(connection, "select 1 from pg_roles where rolname = %s", APP)
        if not (named and (config.app_database_url or _may_become_app(connection))):
            _make_app(connection)


def _may_become_app(connection: Connection) -> bool:
    try:
        connection.execute(_sql("set role {}", APP))
    except psycopg.errors.InsufficientPrivilege:
        return False
    connection.execute("reset role")
    return True


def _make_app(connection: Connection) -> None:
    me = connection.info.user
    try:
        if not _exists(connection, "select 1 from pg_roles where rolname = %s", APP):
            connection.execute(_sql("create role {} nologin", APP))
        connection.execute(_sql("grant {} to {}", APP, me))
    except psycopg.errors.InsufficientPrivilege as refused:
        raise DatabaseError(
            f"The role {me} may not make the role {APP}, under which the application works. "
            f"Ask the administrator of the database to run:\n"
            f'  create role {APP} nologin;\n  grant {APP} to "{me}";'
        ) from refused


def _check_app(config: Config) -> None:
    """Looks as the application will: a role that could pass by row security is refused."""
    if config.database_url and config.app_database_url:
        with owner(config) as connection:
            _let_in(connection, config.app_database_url)
    with psycopg.connect(app_conninfo(config), autocommit=True) as connection:
        row = connection.execute(
            "select current_user, rolsuper or rolbypassrls, "
            "exists (select 1 from pg_tables where tableowner = current_user) "
            "from pg_roles where rolname = current_user"
        ).fetchone()
    if row is None or row[1] or row[2]:
        raise DatabaseError(
            f"The application would work as {row and row[0]}, which owns tables or passes by row "
            f"security. Give YIKE_APP_DATABASE_URL a plain role: create role NAME login in role "
            f"{APP};"
        )


def _let_in(connection: Connection, app_url: str) -> None:
    """The application's own login gets the rights of yike_app, if it has not got them yet."""
    login = str(psycopg.conninfo.conninfo_to_dict(app_url).get("user", ""))
    asked = f"select case when pg_has_role(%s, '{APP}', 'usage') then 1 end"
    if login == APP or _exists(connection, asked, login):
        return
    try:
        connection.execute(_sql("grant {} to {}", APP, login))
    except psycopg.Error as refused:
        raise DatabaseError(
            f"The role {login} of YIKE_APP_DATABASE_URL has no rights yet. Ask the administrator "
            f'of the database to run:\n  grant {APP} to "{login}";'
        ) from refused


def app_conninfo(config: Config) -> str:
    """This will return where the application connects, as settings.py does."""
    if config.app_database_url:
        return config.app_database_url
    if config.database_url:
        return psycopg.conninfo.make_conninfo(config.database_url, options=f"-c role={APP}")
    return psycopg.conninfo.make_conninfo(owner_conninfo(config), user=APP)


def _exists(connection: Connection, question: str, name: str) -> bool:
    row = connection.execute(question.encode(), (name,)).fetchone()
    return row is not None and row[0] is not None


def _sql(template: str, *names: str) -> sql.Composed:
    return sql.SQL(template).format(*map(sql.Identifier, names))


if __name__ == "__main__":
    import sys

    from yike.house import config as house_config

    os.environ["YIKE_DB_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yike.house.settings")
    try:
        prepare(house_config.read())
    except (DatabaseError, postgres.PostgresError, house_config.ConfigError) as refused:
        sys.exit(str(refused))
