"""A database of its own for each module: the office is furnished once, every test rolled back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from yike.rooms.booking.tests import makers
from yike.rooms.core import clock


@pytest.fixture(scope="module")
def desk(databases: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[makers.Desk]:
    """The notary's office, committed in this module's database."""
    from django.db import connection

    name, before = f"{os.environ['YIKE_DB_NAME']}_b", connection.settings_dict["NAME"]
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
