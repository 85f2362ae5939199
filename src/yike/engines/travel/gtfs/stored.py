"""A feed as arrays for the .net file and back, so that any date can be asked later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yike.engines.travel.errors import TimetableError
from yike.engines.travel.gtfs.feed import Calls, Feed, Headways, Lines, Service, Stops, Trips

_PARTS = {"stops": Stops, "lines": Lines, "trips": Trips, "calls": Calls, "headways": Headways}
_WORDS = "words"


def to_arrays(feed: Feed) -> dict[str, NDArray[Any]]:
    """This will return named arrays; the texts lie together in one, as JSON in UTF-8 bytes."""
    words: dict[str, Any] = {
        "zone": feed.zone,
        "notes": feed.notes,
        "services": [_plain(service) for service in feed.services],
    }
    arrays: dict[str, NDArray[Any]] = {}
    for part, kind in _PARTS.items():
        for field in fields(kind):
            value = getattr(getattr(feed, part), field.name)
            kept: dict[str, Any] = arrays if isinstance(value, np.ndarray) else words
            kept[f"{part}_{field.name}"] = value
    text = json.dumps(words, ensure_ascii=False).encode()
    arrays[_WORDS] = np.frombuffer(text, dtype=np.uint8)
    return arrays


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Feed:
    """This will return the feed that `to_arrays` took apart."""
    try:
        words = json.loads(arrays[_WORDS].tobytes())
        parts = {
            part: kind(**{f.name: _value(arrays, words, f"{part}_{f.name}") for f in fields(kind)})
            for part, kind in _PARTS.items()
        }
        services = tuple(_service(told) for told in words["services"])
    except (KeyError, ValueError, TypeError) as error:
        raise TimetableError("路网文件里的时刻表已损坏，请重新生成路网文件。") from error
    return Feed(
        zone=words["zone"],
        notes=tuple(words["notes"]),
        services=services,
        **parts,
    )


def _value(arrays: Mapping[str, NDArray[Any]], words: Mapping[str, Any], name: str) -> Any:
    return arrays[name] if name in arrays else tuple(words[name])


def _plain(service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "weekdays": service.weekdays,
        "since": service.since and service.since.isoformat(),
        "until": service.until and service.until.isoformat(),
        "added": sorted(day.isoformat() for day in service.added),
        "removed": sorted(day.isoformat() for day in service.removed),
    }


def _service(told: Mapping[str, Any]) -> Service:
    return Service(
        id=told["id"],
        weekdays=tuple(told["weekdays"]),
        since=told["since"] and date.fromisoformat(told["since"]),
        until=told["until"] and date.fromisoformat(told["until"]),
        added=frozenset(map(date.fromisoformat, told["added"])),
        removed=frozenset(map(date.fromisoformat, told["removed"])),
    )
