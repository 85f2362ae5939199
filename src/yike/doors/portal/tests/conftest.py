"""A furnished county for the door's tests, made once, on tables that commit as they do in life."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from yike.house.testing import Databases
from yike.rooms.matters.tests import makers


@pytest.fixture(scope="session")
def furnished(databases: Databases, django_db_blocker: Any) -> Iterator[tuple[str, makers.County]]:
    """The name of the furnished database, and who is in it."""
    name = f"{os.environ['YIKE_DB_NAME']}_portal"
    databases.copy(name)
    with _connected(name, django_db_blocker):
        made = makers.furnish()
    yield name, made
    databases.drop(name)


@pytest.fixture
def county(
    furnished: tuple[str, makers.County], django_db_setup: None, django_db_blocker: Any
) -> Iterator[makers.County]:
    """The county's offices and people; each test brings its own demands."""
    name, made = furnished
    with _connected(name, django_db_blocker):
        yield made


@contextmanager
def _connected(name: str, blocker: Any) -> Iterator[None]:
    from django.db import connection

    with blocker.unblock():
        connection.close()
        before = connection.settings_dict["NAME"]
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
