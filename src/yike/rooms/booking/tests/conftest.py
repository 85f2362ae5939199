"""The office, furnished once for the worker; every test is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from yike.house.testing import Furnished, connected
from yike.rooms.booking.tests import makers
from yike.rooms.core import clock


@pytest.fixture(scope="module")
def desk(furnished: Furnished, django_db_blocker: Any) -> Iterator[makers.Desk]:
    """The notary's office, committed in a database of its own."""
    name, made = furnished.once("notary", makers.furnish)
    with connected(name, django_db_blocker):
        yield made


@pytest.fixture
def monday() -> Iterator[None]:
    """Ten in the morning of a working Monday."""
    with clock.at(makers.MONDAY):
        yield
