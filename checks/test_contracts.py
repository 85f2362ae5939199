"""Contracts that no single room can hold alone: imports, events, tables, migrations, lock files."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from checks import source
from yike.house import switchboard
from yike.rooms.core.actor import system
from yike.rooms.core.event import Event
from yike.rooms.guard.acting import acting
from yike.rooms.trail import wiring


def test_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environ = {"PYTHONPATH": str(source.ROOT / "src"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        command, cwd=source.ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def _events() -> set[type[Event]]:
    for path in source.room_modules("events"):
        dotted = ".".join(path.relative_to(source.ROOT / "src").with_suffix("").parts)
        importlib.import_module(dotted.removesuffix(".__init__"))
    found: set[type[Event]] = set()
    queue = list(Event.__subclasses__())
    while queue:
        event = queue.pop()
        queue.extend(event.__subclasses__())
        base = bool(event.__subclasses__())  # never recorded itself
        if not base and ".tests." not in event.__module__ and event.__module__.startswith("yike."):
            found.add(event)
    return found


def test_every_event_is_wired_or_listed_as_unheard() -> None:
    events, wired, unheard = _events(), wiring.wired(), set(switchboard.UNHEARD)
    lost = sorted(event.kind() for event in events - wired - unheard)
    assert lost == [], "wire it in house/switchboard.py or list it in house/unheard.py"
    both = sorted(event.kind() for event in wired & unheard)
    assert both == [], "it is heard: take it off UNHEARD"


def test_every_event_has_a_sentence_whose_places_exist() -> None:
    for event in _events():
        names = set(getattr(event, "__dataclass_fields__", {}))
        places = set(re.findall(r"{(\w+)", event.SENTENCE))
        assert event.SENTENCE, f"{event.kind()} needs a SENTENCE"
        assert places <= names, f"{event.kind()}: {sorted(places - names)} are no fields"


def test_event_modules_import_no_django() -> None:
    for path in source.room_modules("events") + source.room_modules("flow"):
        text = path.read_text(encoding="utf-8")
        assert "import django" not in text, source.where(path, 1)
        assert "from django" not in text, source.where(path, 1)


OPEN = re.compile(r"^-- open: (\w+): .+$", re.MULTILINE)


def _open_tables() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in source.ROOMS.glob("*/rows*.sql")]
    return {name for text in texts for name in OPEN.findall(text)}


@pytest.mark.django_db
def test_every_table_has_row_security_or_is_open_with_a_reason() -> None:
    with acting(system("check")), connection.cursor() as cursor:
        cursor.execute(
            "select relname, relrowsecurity from pg_class"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"
        )
        tables = dict(cursor.fetchall())
    closed = {name for name, secured in tables.items() if secured}
    listed = _open_tables()
    assert sorted(set(tables) - closed - listed) == [], "add policies or `-- open:` in rows.sql"
    assert sorted(listed & closed) == [], "it has row security: take it off the open list"
    assert sorted(listed - set(tables)) == [], "there is no such table"


@pytest.mark.django_db
def test_the_application_owns_nothing() -> None:
    with acting(system("check")), connection.cursor() as cursor:
        cursor.execute(
            "select usename, usesuper, usebypassrls from pg_user where usename = current_user"
        )
        assert cursor.fetchone() == ("yike_app", False, False)
        cursor.execute("select count(*) from pg_class where relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_migrations_match_the_models() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


LOCKS = [
    "package-lock.json",
    *[f"requirements/{kind}.lock" for kind in ("run", "dev", "uv", "node")],
]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_name_no_registry(name: str) -> None:
    text = (source.ROOT / name).read_text(encoding="utf-8")
    hosts = re.findall(r"https?://([\w.-]+)", text)
    assert [host for host in hosts if "registry" in host or "pypi" in host] == []
    assert "/tmp/" not in text
