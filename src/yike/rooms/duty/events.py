"""What can happen in duty."""

from __future__ import annotations
