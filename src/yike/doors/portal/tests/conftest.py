"""A furnished county for the door's tests, made once, on tables that commit as they do in life."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from yike.house.testing import Furnished, connected
from yike.rooms.matters.tests import makers


@pytest.fixture
def county(furnished: Furnished, django_db_blocker: Any) -> Iterator[makers.County]:
    """The county's offices and people; each test brings its own demands."""
    name, made = furnished.once("portal", makers.furnish)
    with connected(name, django_db_blocker):
        yield made
