"""What can happen in quality."""

from __future__ import annotations
