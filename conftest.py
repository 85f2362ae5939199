"""Fixtures for every test of the house."""

from hypothesis import HealthCheck, settings

from yike.house.testing import committed, databases, django_db_setup

__all__ = ["committed", "databases", "django_db_setup"]

# How long an example takes says something of the machine, not of the rule: nothing fails for it.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
