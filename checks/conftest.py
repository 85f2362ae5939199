"""The furnished county of the checks, made once for all workers of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from checks import furnishing
from checks import scene as scenes
from yike.house.testing import Databases, connected


@pytest.fixture(scope="session")
def _furnished(
    databases: Databases, django_db_setup: None, django_db_blocker: Any
) -> Iterator[scenes.Scene]:
    name = f"{os.environ['YIKE_DB_NAME']}_scene"

    def build(made: str) -> bytes:
        with connected(made, django_db_blocker):
            return furnishing.build(made).packed()

    with databases.shared("scene", build) as (mould, packed):
        databases.copy(name, of=mould)
        yield scenes.Scene.unpacked(packed, name)
        databases.drop(name)


@pytest.fixture
def scene(_furnished: scenes.Scene, django_db_blocker: Any) -> Iterator[scenes.Scene]:
    """The county; what a check does in it is rolled back by `scenes.undone`."""
    with connected(_furnished.database, django_db_blocker):
        yield _furnished
