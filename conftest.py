"""Fixtures for every test of the house."""

from yike.house.testing import committed, databases, django_db_setup

__all__ = ["committed", "databases", "django_db_setup"]
