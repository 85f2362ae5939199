"""Where from: lists of networks for staff, administrators and other platforms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from yike.rooms.core.actor import visitor
from yike.rooms.core.refusal import BadInput
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, checks, networks
from yike.rooms.people.tests import makers
from yike.rooms.people.tests.makers import HOUSE, PASSWORD, XIANGSHAN, guest

LISTED = "10.2.0.0/16, 240e:3a1::/32"


@pytest.mark.parametrize(
    ("address", "is_in"),
    [
        ("10.2.255.1", True),
        ("10.3.0.1", False),
        ("::ffff:10.2.0.1", True),
        ("240e:3a1:5::9", True),
        ("240f::1", False),
        ("", False),
        ("unix:", False),
    ],
)
def test_inside(address: str, is_in: bool) -> None:
    assert networks.inside(address, LISTED) is is_in
    assert networks.inside(address, "")


def test_a_list_that_cannot_be_read_stops_the_start(settings: Any) -> None:
    assert checks.check_networks() == []
    settings.YIKE = replace(settings.YIKE, staff_networks="10.2.0.0/33")
    assert [found.id for found in checks.check_networks()] == ["people.E001"]


def test_a_second_factor_role_that_does_not_exist_stops_the_start(settings: Any) -> None:
    assert checks.check_second_factor_roles() == []
    settings.YIKE = replace(settings.YIKE, second_factor_roles="admin_system,boss")
    assert [found.id for found in checks.check_second_factor_roles()] == ["people.E002"]


def _try(address: str) -> actions.SignIn:
    who = guest(address)
    with acting(who):
        return actions.sign_in(username="known", password=PASSWORD, actor=who)


@pytest.mark.django_db
class TestStaff:
    def test_from_inside_only_and_leaving_ends_the_session(self, settings: Any) -> None:
        settings.YIKE = replace(settings.YIKE, staff_networks=LISTED)
        made = makers.account("known")
        outside = _try("8.8.8.8")
        assert (outside.outcome, outside.session_id) == ("wrong", None)
        assert "网络" in outside.sentence
        inside = _try("10.2.0.7")
        assert inside.session_id is not None
        for address, stays in (("10.2.0.8", True), ("8.8.8.8", False)):
            who = guest(address)
            with acting(who):
                found = actions.come_in(account_id=made, session_id=inside.session_id, actor=who)
            assert (found is not None) is stays

    def test_a_stranger_does_not_learn_it(self, settings: Any) -> None:
        settings.YIKE = replace(settings.YIKE, staff_networks=LISTED)
        who = guest("8.8.8.8")
        with acting(who):
            found = actions.sign_in(username="nobody", password=PASSWORD, actor=who)
        assert found.sentence == "用户名或密码不正确。"

    @pytest.mark.parametrize(("role", "opens"), [("admin_security", False), ("director", True)])
    def test_administrators_from_narrower_ones(self, settings: Any, role: str, opens: bool) -> None:
        settings.YIKE = replace(settings.YIKE, admin_networks="10.2.9.0/24", second_factor_roles="")
        region = XIANGSHAN if role == "director" else ""
        makers.staff(role, region_code=region, name="known")
        assert _try("10.2.0.7").signed_in is opens
        assert _try("10.2.9.7").signed_in


@pytest.mark.django_db
class TestPeers:
    def test_a_key_opens_from_its_networks_only(self) -> None:
        with acting(HOUSE):
            made = actions.make_api_key(
                name="某平台", region_code=XIANGSHAN, networks=["10.2.0.0/16"], actor=HOUSE
            )
        for address, opens in (("10.2.1.1", True), (uuid4().hex, False)):
            who = visitor("wire", address=address)
            with acting(who):
                found = actions.admit_peer(api_key=made.key, actor=who)
            assert (found is not None) is opens

    def test_a_wrong_network_is_named(self) -> None:
        with acting(HOUSE), pytest.raises(BadInput) as no:
            actions.make_api_key(
                name="某平台", region_code=XIANGSHAN, networks=["here"], actor=HOUSE
            )
        assert no.value.field == "networks"
