"""The words of proxies. Pure."""

from __future__ import annotations

KINDS = {"point": "代办点", "grid": "网格员"}
