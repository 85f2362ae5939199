"""A database of its own for each module: the county is furnished once, every test rolled back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from yike.rooms.core import clock
from yike.rooms.matters.tests import makers


@pytest.fixture(scope="module")
def county(
    databases: Any, django_db_setup: None, django_db_blocker: Any
) -> Iterator[makers.County]:
    """The county, committed in this module's database."""
    from django.db import connection

    name, before = f"{os.environ['YIKE_DB_NAME']}_m", connection.settings_dict["NAME"]
    databases.copy(name)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        made = makers.furnish()
        connection.close()
    yield made
    with django_db_blocker.unblock():
        connection.close()
    connection.settings_dict["NAME"] = before
    databases.drop(name)


@pytest.fixture
def monday() -> Iterator[None]:
    """Ten in the morning of a working Monday."""
    with clock.at(makers.MONDAY):
        yield
