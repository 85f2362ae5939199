"""Devices, keys and exports through the desk's door."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import pkcs12
from django.test import Client

from yike.doors.desk.tests.soup import soup
from yike.rooms.core.actor import Actor
from yike.rooms.guard.acting import acting
from yike.rooms.matters.tests import makers
from yike.rooms.people import queries as people_queries
from yike.rooms.people import roles

Sit = Callable[[Actor], Client]


def _security(county: makers.County) -> Actor:
    return replace(county.admin, roles=frozenset({roles.ADMIN_SECURITY}))


@pytest.fixture(autouse=True)
def _authority(settings: Any, tmp_path: Path) -> None:
    settings.DEVICE_AUTHORITY_FILE = tmp_path / "secrets" / "devices.pem"


def test_a_device_is_registered_its_file_opens_once_and_it_is_revoked(
    county: makers.County, sit: Sit
) -> None:
    security = _security(county)
    desk = sit(security)
    told = {"name": "石浦 1 号窗口", "org": str(county.shipu_office), "station": ""}
    page = soup(desk.post("/desk/people/devices", told))
    (link,) = [one for one in page.all("a") if "download" in one.attrs]
    assert link.attrs["download"] == "石浦 1 号窗口.p12"
    bundle = base64.b64decode(link.attrs["href"].partition(",")[2])
    password = page.one("span", class_="key").words
    assert pkcs12.load_key_and_certificates(bundle, password.encode())[1] is not None
    assert password not in desk.get("/desk/people/devices").content.decode()
    with acting(security):
        (row,) = people_queries.devices(actor=security)
    revoke = f"/desk/people/devices/{row.id}/revoke"
    assert desk.post(revoke, {"reason": ""}).status_code == 422
    assert desk.post(revoke, {"reason": "电脑报废"}).status_code == 302
    assert "电脑报废" in desk.get("/desk/people/devices").content.decode()
    pem = desk.get("/desk/people/devices/authority.pem").content
    assert pem.startswith(b"-----BEGIN CERTIFICATE")
    system = sit(replace(county.admin, roles=frozenset({roles.ADMIN_SYSTEM})))
    assert not soup(system.get("/desk/people/devices")).all("aside")
    assert system.post("/desk/people/devices", told).status_code == 422


def test_a_key_is_bound_to_networks(county: makers.County, sit: Sit) -> None:
    security = _security(county)
    desk = sit(security)
    told = {
        "name": "市 12345", "org": "", "region_code": "330225000000", "per_minute": "60",
        "networks": "10.2.0.0/16，240e:3a1::/32", "until": "", "scopes": ["matters:open"],
    }  # fmt: skip
    wrong = desk.post("/desk/people/keys", told | {"networks": "办公网"})
    assert wrong.status_code == 422
    assert soup(wrong).one("input", name="networks").attrs["value"] == "办公网"
    assert desk.post("/desk/people/keys", told).status_code == 200
    with acting(security):
        (row,) = people_queries.api_keys(actor=security)
    assert row.networks == ("10.2.0.0/16", "240e:3a1::/32")


def test_security_confirms_what_is_still_needed(county: makers.County, sit: Sit) -> None:
    """The county's grants were given 400 days ago: all are due, one by one they are not."""
    security = _security(county)
    desk = sit(security)
    due = soup(desk.get("/desk/people/grants?only=due"))
    forms = [form.attrs["action"] for form in due.all("form") if "confirm" in str(form.attrs)]
    own = len([one for one in due.all("span") if one.words == "由另一位复核"])
    assert len(forms) == len(due.all("tr")) - 1 - own
    assert own == 1
    assert desk.post(forms[0]).status_code == 302
    left = soup(desk.get("/desk/people/grants?only=due"))
    assert len(left.all("tr")) == len(due.all("tr")) - 1
    everything = desk.get("/desk/people/grants").content.decode()
    assert security.label in everything
    system = sit(replace(county.admin, roles=frozenset({roles.ADMIN_SYSTEM})))
    assert "仍需要</button>" not in system.get("/desk/people/grants").content.decode()
    assert system.post(forms[0]).status_code == 403
