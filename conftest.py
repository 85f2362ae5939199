"""Fixtures for every test of the house."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from yike.house.testing import committed, databases, django_db_setup, furnished

__all__ = ["anchored_apart", "committed", "databases", "django_db_setup", "furnished"]

# How long an example takes says something of the machine, not of the rule: nothing fails for it.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture(autouse=True)
def anchored_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the anchors of another: each has its own folder, as each has its own rows."""
    from django.conf import settings as house

    monkeypatch.setattr(house, "ANCHORS_DIR", tmp_path / "anchors")
