"""What can happen in plans."""

from __future__ import annotations
