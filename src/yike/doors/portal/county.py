"""Whose portal this is."""

from __future__ import annotations

from django.conf import settings


def county() -> str:
    """This will return the twelve digits of the county."""
    return f"{settings.YIKE.county}000000"
