"""The house does not open for a role above row security, or with keys that others can read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import checks as django_checks
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from yike.rooms.guard import checks


@pytest.mark.django_db
def test_the_app_role_passes_through_the_registered_check() -> None:
    found = django_checks.run_checks(tags=["database"], databases=["default"])
    assert [entry for entry in found if entry.id == "guard.E002"] == []


@pytest.mark.django_db
def test_a_role_that_owns_a_table_is_refused() -> None:
    """A temporary table is not in `public`; so the owner of `public` itself is asked about."""
    with connection.cursor() as cursor:
        cursor.execute(checks._ROLE.replace("current_user", "'yike_owner'"))
        name, _, _, owned = cursor.fetchone()
    assert name == "yike_owner"
    assert owned > 10


@pytest.mark.parametrize(("mode", "folder"), [(0o640, 0o700), (0o604, 0o700), (0o600, 0o755)])
def test_keys_open_to_others_stop_the_start(
    settings: Any, tmp_path: Path, mode: int, folder: int
) -> None:
    file = tmp_path / "secrets" / "keys.json"
    file.parent.mkdir()
    file.touch()
    file.chmod(mode)
    file.parent.chmod(folder)
    settings.KEYS_FILE = file
    found = checks.check_keys()
    assert [entry.id for entry in found] == ["guard.E001"]
    assert "chmod" in found[0].msg


def test_private_keys_pass(settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "keys.json"
    file.parent.mkdir(mode=0o700)
    file.touch(mode=0o600)
    settings.KEYS_FILE = file
    assert checks.check_keys() == []


@pytest.mark.django_db
def test_functions_that_act_as_the_owner_look_in_public_first() -> None:
    """Else a temporary table of the same name would be read with the owner's rights."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname, proconfig from pg_proc"
            " where prosecdef and pronamespace = 'public'::regnamespace"
        )
        found = dict(cursor.fetchall())
    assert "people_staffed" in found
    loose = [name for name, told in found.items() if told != ["search_path=public, pg_temp"]]
    assert loose == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "deed",
    [
        "create table public.mine (id int)",
        "alter table people_party disable row level security",
        "drop policy party_told on people_party",
        "alter table people_party owner to yike_app",
        "truncate people_party",
        "set role yike_owner",
        "select pg_read_file('/etc/passwd')",
        "copy people_party to program 'cat'",
    ],
)
def test_the_application_cannot_lift_its_own_limits(deed: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed)
