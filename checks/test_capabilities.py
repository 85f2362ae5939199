"""docs/capabilities.md is honest: 306 ids, known states, named tests exist, addresses resolve."""

from __future__ import annotations

import re

from django.urls import Resolver404, resolve

from checks import source

STATES = {"works", "partly", "not yet"}


def _rows() -> list[tuple[str, str, str, str]]:
    text = (source.ROOT / "docs/capabilities.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    return [
        (cells[1], cells[3], cells[4], cells[5])
        for cells in rows
        if len(cells) == 7 and re.fullmatch(r"[AB]\d+\.\d+", cells[1])
    ]


def test_all_306_ids_stand_once() -> None:
    ids = [row[0] for row in _rows()]
    assert len(ids) == len(set(ids)) == 306
    assert {row[1] for row in _rows()} <= STATES


def test_what_works_names_a_door_and_a_test_that_exists() -> None:
    faults = []
    for ref, state, door, proof in _rows():
        if state == "works":
            tests = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", proof)
            faults += [f"{ref}: names no door"] * (not door.strip())
            faults += [f"{ref}: names no test"] * (not tests)
            faults += [f"{ref}: {path}::{name}" for path, name in tests if not _holds(path, name)]
    assert faults == []


def test_every_address_named_resolves() -> None:
    faults = []
    for ref, _, door, _ in _rows():
        for address in re.findall(r"`(/[^` ]*)`", door):
            try:
                resolve(address)
            except Resolver404:
                faults.append(f"{ref}: {address}")
    assert faults == []


def _holds(path: str, name: str) -> bool:
    file = source.ROOT / path
    return file.exists() and (not name or f"def {name}(" in file.read_text(encoding="utf-8"))
