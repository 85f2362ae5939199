"""Fixtures for every test of the house."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from yike.house.testing import committed, databases, django_db_setup, furnished

__all__ = [
    "anchored_apart",
    "committed",
    "counted_apart",
    "databases",
    "django_db_setup",
    "furnished",
]

# How long an example takes says something of the machine, not of the rule: nothing fails for it.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True)
def anchored_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the anchors of another: each has its own folder, as each has its own rows."""
    from django.conf import settings as house

    monkeypatch.setattr(house, "ANCHORS_DIR", tmp_path / "anchors")


@pytest.fixture(autouse=True)
def counted_apart(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test uses up the allowance of another: deeds are counted outside a test's transaction.

    On two processors one process runs more tests within the hour than some allowances hold.
    """
    from yike.rooms.guard import limits

    real, test = limits.hashed, request.node.nodeid
    monkeypatch.setattr(limits, "hashed", lambda who: real(f"{test}/{who}"))
