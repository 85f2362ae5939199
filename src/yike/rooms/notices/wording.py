"""Words of a notice: fills places, hides identity. Pure.

Templates are written by an office: a place is a plain name, never a path into an object.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_ID = re.compile(r"(?<![0-9])([0-9]{6})[0-9]{8}[0-9]{3}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9])[0-9]{4}([0-9]{4})(?![0-9])")


def fill(words: str, facts: Mapping[str, Any]) -> str:
    """This will put the facts into their places; an unknown place becomes a dash."""
    return _PLACE.sub(lambda found: str(facts.get(found[1], "—")), words)


def places_of(words: str) -> set[str]:
    """This will return the names of the places in some words."""
    return set(_PLACE.findall(words))


def masked(value: Any) -> Any:
    """This will return a plain value with identity and mobile numbers in it hidden."""
    if isinstance(value, str):
        return _MOBILE.sub(r"\1****\2", _ID.sub(r"\1************", value))
    if isinstance(value, bool | int | float) or value is None:
        return masked(str(value)) if _MOBILE.search(str(value)) else value
    if isinstance(value, Mapping):
        return {str(key): masked(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked(one) for one in value]
    return masked(str(value))


def one_line(words: str, most: int) -> str:
    """This will return words fit for a header: one line, no control signs."""
    return re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+", " ", words).strip()[:most]
