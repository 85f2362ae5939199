"""A furnished county with two platforms' keys, on tables that commit as they do in life."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from yike.house.testing import Furnished, connected
from yike.rooms.core import clock
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.people import actions as people_actions


@dataclass
class Platform:
    """Another platform with its key, and how it calls."""

    key: str
    web: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def get(self, path: str, **headers: str) -> Any:
        """This will read an address."""
        return self.web.get(f"/api/v1{path}", headers=self._headers(headers))

    def post(self, path: str, body: Any, **headers: str) -> Any:
        """This will send JSON, or bytes as they are."""
        sent = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        kind = headers.pop("content_type", "application/json")
        return self.web.post(
            f"/api/v1{path}", sent, content_type=kind, headers=self._headers(headers)
        )

    def open(self, key: str = "", **told: Any) -> Any:
        """This will hand a demand over."""
        return self.post("/matters", demand(**told), idempotency_key=key or uuid4().hex)

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        own = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return own | {name.replace("_", "-"): value for name, value in more.items()}


def demand(**told: Any) -> dict[str, Any]:
    """This will return a body that is accepted; None takes a field out."""
    usual = {
        "text": "老板拖欠我三个月工资，一共一万八千元。",
        "region_code": makers.JINPING,
        "name": "张三丰",
        "phone": makers.PHONE,
    }
    return {name: value for name, value in {**usual, **told}.items() if value is not None}


def problem(found: HttpResponse, status: int) -> dict[str, Any]:
    """This will return the problem of an answer that must be one, whole and well-formed."""
    assert found.status_code == status, found.content.decode()
    assert found.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = json.loads(found.content)
    assert told["status"] == status
    assert told["type"].startswith("/api/problems/")
    assert told["title"]
    assert told["detail"]
    assert told["request_id"]
    return told


@pytest.fixture
def county(furnished: Furnished, django_db_blocker: Any) -> Iterator[makers.County]:
    """The county's offices and people; each test brings its own demands."""
    name, made = furnished.once("wire", makers.furnish)
    with connected(name, django_db_blocker), clock.at(makers.MONDAY):
        yield made


@pytest.fixture
def platform(county: makers.County) -> Platform:
    """A platform of the county."""
    return make_platform()


def make_platform(**told: Any) -> Platform:
    """This will make a platform with a key of its own."""
    usual = {"name": "另一平台", "region_code": makers.COUNTY, "per_minute": 6000}
    with acting(makers.SYSTEM):
        made = people_actions.make_api_key(**{**usual, **told}, actor=makers.SYSTEM)
    return Platform(made.key)
