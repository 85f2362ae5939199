"""The county of the matters tests with a supervisor: furnished once a module, every test undone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from yike.rooms.core import clock
from yike.rooms.matters.tests import makers as matters_makers
from yike.rooms.quality.tests import makers


@pytest.fixture(scope="module")
def county(
    databases: Any, django_db_setup: None, django_db_blocker: Any
) -> Iterator[makers.Quality]:
    """The county, committed in this module's database."""
    from django.db import connection

    name, before = f"{os.environ['YIKE_DB_NAME']}_q", connection.settings_dict["NAME"]
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
    with clock.at(matters_makers.MONDAY):
        yield
