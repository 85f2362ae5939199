"""The county of the matters tests with a supervisor; every test is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from yike.house.testing import Furnished, connected
from yike.rooms.core import clock
from yike.rooms.matters.tests import makers as matters_makers
from yike.rooms.quality.tests import makers


@pytest.fixture(scope="module")
def county(furnished: Furnished, django_db_blocker: Any) -> Iterator[makers.Quality]:
    """The county, committed in a database of its own."""
    name, made = furnished.once("watched", makers.furnish)
    with connected(name, django_db_blocker):
        yield made


@pytest.fixture
def monday() -> Iterator[None]:
    """Ten in the morning of a working Monday."""
    with clock.at(matters_makers.MONDAY):
        yield
