"""The questions the reckoner understands, and what it does before the first one."""

from __future__ import annotations

import importlib
import json
import zipfile
from pathlib import Path
from typing import Any

from yike.engines.coordinates.errors import CoordinateError
from yike.engines.coverage.errors import CoverageError
from yike.engines.travel.errors import TravelError
from yike.rooms.reach.reckoning.shelf import Shelf

WORDS = {
    "trips": "yike.rooms.reach.reckoning.trips",
    "area": "yike.rooms.reach.reckoning.areas",
    "what_if": "yike.rooms.reach.reckoning.varying",
    "hours": "yike.rooms.reach.reckoning.clockwise",
}


def answer(asked: dict[str, Any], shelf: Shelf) -> dict[str, Any]:
    """This will do what the word says; what an engine refuses is said as `refused`."""
    name = WORDS.get(str(asked.get("word")))
    if name is None:
        return {"fault": "测算服务不认识这个问题。"}
    try:
        told: dict[str, Any] = importlib.import_module(name).run(asked, shelf)
    except (TravelError, CoverageError, CoordinateError) as no:
        return {"refused": str(no)}
    finally:
        shelf.trim()
    return told


def warm(folder: Path, shelf: Shelf) -> set[str]:
    """This will load the newest file of each mode and search in it once; returns the words known.

    One of them draws an area too: what a first question would have to compile is compiled here.
    """
    known = set()
    for at, path in enumerate(_newest(folder)):
        middle = _middle(path)
        told = {"networks": {"any": {"path": str(path)}}, "point": middle, "stations": [middle]}
        answer({"word": "trips", "farthest": 1000.0, "at": None} | told, shelf)
        known.add("trips")
        if not at:
            area = {"path": str(path), "point": middle, "minutes": [5], "places": [middle]}
            answer({"word": "area", "farthest": 1000.0} | area, shelf)
            known.add("area")
    return known


def _newest(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.net"), key=lambda one: one.stat().st_mtime, reverse=True)
    found: dict[str, Path] = {}
    for path in files:
        if not path.name.startswith("new-"):
            found.setdefault(_head(path).get("mode", ""), path)
    return list(found.values())


def _head(path: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(path) as archive:
            head: dict[str, Any] = json.loads(archive.read("head.json"))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}
    return head


def _middle(path: Path) -> list[float]:
    """A place on the network: its node in the middle of the file."""
    import numpy as np

    with zipfile.ZipFile(path) as archive:
        place = []
        for name in ("lon.npy", "lat.npy"):
            with archive.open(name) as stream:
                column = np.lib.format.read_array(stream, allow_pickle=False)
            place.append(float(column[len(column) // 2]))
    return place
