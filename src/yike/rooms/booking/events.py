"""What can happen in booking."""

from __future__ import annotations
