"""Every address × every cast member has an expected status, in checks/gates.yaml."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from checks import noting, source
from checks import scene as scenes

TABLE = source.ROOT / "checks" / "gates.yaml"
WAY_OUT = (
    "add a row to checks/gates.yaml: `name: {args: {…}, get: …, post: …}`, one status for each of "
    f"{', '.join(scenes.ROLES)}. `YIKE_WRITE_GATES=1 pytest checks/test_gates.py` writes what "
    "happens now; read every number before you commit it"
)


@cache
def _table() -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return read


def _keys(node: yaml.Node, path: str = "") -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield f"{path}/{key.value}"
            yield from _keys(value, f"{path}/{key.value}")


def _named() -> set[str]:
    return {name for name, _ in _walk(get_resolver(settings.ROOT_URLCONF), "")}


def _walk(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from _walk(found, inner)
        else:
            yield f"{space}{found.name or found.pattern}", found


def _name(row: str) -> str:
    return row.split(" ", maxsplit=1)[0]


def test_every_address_stands_in_the_table() -> None:
    known = {_name(row) for row in _table()}
    assert sorted(_named() - known) == [], WAY_OUT
    assert sorted(known - _named()) == [], "no such address any more: take its row out"


def test_nothing_is_said_twice() -> None:
    root = yaml.compose(TABLE.read_text(encoding="utf-8"))
    assert root is not None
    said = list(_keys(root))
    assert sorted({one for one in said if said.count(one) > 1}) == [], "YAML keeps only the last"


def test_every_row_has_a_number_for_everybody() -> None:
    short = [
        f"{row} {method}"
        for row, told in _table().items()
        for method in ("get", "post")
        if len(str(told[method]).split()) != len(scenes.ROLES)
    ]
    assert short == [], WAY_OUT


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("row", sorted(_table()))
def test_who_gets_what(row: str, method: str, scene: scenes.Scene) -> None:
    found = answers(scene, row, method)
    if os.environ.get("YIKE_WRITE_GATES"):
        _note(row, method, found)
        return
    expected = dict(zip(scenes.ROLES, str(_table()[row][method]).split(), strict=True))
    wrong = {
        role: f"{found[role]}, expected {expected[role]}"
        for role in scenes.ROLES
        if found[role] != expected[role]
    }
    assert wrong == {}, f"{method} {row}: a gate has moved. If it should, change checks/gates.yaml"


def answers(scene: scenes.Scene, row: str, method: str) -> dict[str, str]:
    """This will return the status that each of the cast gets, each deed undone afterwards."""
    path, sent = _path(scene, row), _table()[row].get("sent", {})
    found = {}
    for role in scenes.ROLES:
        with scenes.undone():
            browser = scene.browser(role)
            made = browser.get(path) if method == "get" else _post(browser, path, sent)
            found[role] = str(made.status_code)
            if made.streaming:
                b"".join(made)  # a paper half read stays open
            made.close()
    return found


def _post(browser: Client, path: str, sent: dict[str, Any]) -> Any:
    if path.startswith("/api/"):
        return browser.post(path, sent, content_type="application/json")
    return browser.post(path, sent)


def _path(scene: scenes.Scene, row: str) -> str:
    told = _table()[row]
    if "path" in told:
        return str(told["path"]).format(**scene.references, **scene.ids)
    args = {
        name: str(value).format(**scene.references, **scene.ids)
        for name, value in told.get("args", {}).items()
    }
    return reverse(_name(row), kwargs=args)


def _note(row: str, method: str, found: dict[str, str]) -> None:
    def change(before: str) -> str:
        told = yaml.safe_load(before)
        told[row][method] = " ".join(found[role] for role in scenes.ROLES)
        return shaped(before, told)

    noting.note(TABLE, change)


def shaped(before: str, told: dict[str, dict[str, Any]]) -> str:
    """This will return the table in its one shape, the roles' names above the numbers."""
    head = before.split("\n\n", 1)[0]
    lines = [head, ""]
    for row in sorted(told):
        facts = {k: v for k, v in told[row].items() if k not in ("get", "post")}
        lines.append(f'"{row}":')
        lines += [
            f"  {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()
        ]
        lines += [f"  {method}:{'' if method == 'post' else ' '} {told[row][method]}"
                  for method in ("get", "post")]  # fmt: skip
    return "\n".join(lines) + "\n"
