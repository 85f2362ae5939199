"""Marks by which inputs and results are known again. Pure."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from typing import Any


def of_words(told: Any) -> str:
    """This will return SHA-256 (hex) of plain JSON, however its keys are ordered."""
    return hashlib.sha256(_words(told)).hexdigest()


def of_result(minutes: bytes, tables: Any) -> str:
    """This will return SHA-256 (hex) over the packed minutes, unpacked, and the tables."""
    return hashlib.sha256(zlib.decompress(minutes) + _words(tables)).hexdigest()


def pack(told: Any) -> bytes:
    """This will return plain JSON compressed; `unpack` reads it."""
    return zlib.compress(_words(told), 6)


def unpack(data: bytes | memoryview) -> Any:
    """This will read what `pack` wrote."""
    return json.loads(zlib.decompress(data))


def in_text(data: bytes) -> str:
    """This will return bytes as text that JSON can carry."""
    return base64.b64encode(data).decode("ascii")


def of_text(text: str) -> bytes:
    """This will read what `in_text` wrote."""
    return base64.b64decode(text)


def _words(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
