"""The description and the door agree: schemathesis sends what the schema allows, and what not."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as openapi_checks

from yike.doors.wire.tests.conftest import Platform
from yike.rooms.core.refs import new_id
from yike.rooms.guard import limits

CALLS = (
    ("POST", "/api/v1/matters"),
    ("POST", "/api/v1/consultations"),
    ("GET", "/api/v1/matters/{reference}"),
    ("POST", "/api/v1/matters/{reference}/messages"),
    ("POST", "/api/v1/matters/{reference}/withdrawal"),
    ("GET", "/api/v1/slots"),
    ("POST", "/api/v1/bookings"),
    ("GET", "/api/v1/bookings/{reference}"),
    ("POST", "/api/v1/bookings/{reference}/move"),
    ("POST", "/api/v1/bookings/{reference}/cancellation"),
    ("GET", "/api/v1/windows"),
    ("GET", "/api/v1/items"),
    ("GET", "/api/v1/regions/{code}/children"),
)
#: A village must exist and words must say something: the schema cannot tell, so 422 may follow.
NOT_ASKED: list[Any] = [openapi_checks.positive_data_acceptance]


def test_every_call_is_tried(platform: Platform) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    found: set[Any] = set()
    for one in schema.get_all_operations():
        assert isinstance(one, Ok)
        found.add((one.ok().method.upper(), one.ok().path))
    assert found == set(CALLS)


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_the_door_keeps_its_description(
    mode: str, method: str, path: str, platform: Platform
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    kind = schemathesis.GenerationMode(mode)

    @given(case=schema[path][method].as_strategy(generation_mode=kind))
    @settings(
        max_examples=30, derandomize=True, deadline=None, database=None,
        phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def tried(case: Case[Any]) -> None:
        for address in ("", "127.0.0.1"):  # wrong keys are tried by the dozen, which is slowed down
            limits.forget(what="api-key", who=address)
        headers = {"Authorization": f"Bearer {platform.key}"}
        if mode == "positive" and method == "POST" and "{" not in path:
            headers["Idempotency-Key"] = str(new_id())
        case.call_and_validate(headers=headers, excluded_checks=NOT_ASKED)

    tried()
