"""Devices: certificates of the house, roles bound to them, and headers that prove nothing."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.people import actions, checks, device_certificates, queries
from yike.rooms.people.tests import makers
from yike.rooms.people.tests.makers import PASSWORD, XIANGSHAN, guest


@pytest.fixture(autouse=True)
def _authority(settings: Any, tmp_path: Path) -> None:
    settings.DEVICE_AUTHORITY_FILE = tmp_path / "secrets" / "devices.pem"


@pytest.fixture
def security(db: None) -> Actor:
    return makers.staff("admin_security")


def _register(security: Actor, name: str = "石浦 1 号窗口") -> tuple[actions.NewDevice, str]:
    with acting(security):
        made = actions.register_device(name=name, actor=security)
        (row,) = [one for one in queries.devices(actor=security) if one.id == made.id]
    return made, row.fingerprint


def test_the_certificate_is_the_authoritys_and_only_for_a_client(
    security: Actor, settings: Any
) -> None:
    made, fingerprint = _register(security)
    key, leaf, chain = pkcs12.load_key_and_certificates(made.bundle, made.password.encode())
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    assert leaf is not None
    assert leaf.public_key() == key.public_key()
    leaf.verify_directly_issued_by(chain[0])
    assert device_certificates.fingerprint(leaf) == fingerprint
    usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [use.dotted_string for use in usage] == ["1.3.6.1.5.5.7.3.2"]
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    with pytest.raises(ValueError, match="assword"):
        pkcs12.load_key_and_certificates(made.bundle, b"guess")
    file = settings.DEVICE_AUTHORITY_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with acting(security):
        shown = queries.device_authority(actor=security)
    assert b"PRIVATE" not in shown
    assert x509.load_pem_x509_certificate(shown) == chain[0]


def test_two_devices_share_the_authority_and_nothing_else(security: Actor) -> None:
    one, two = _register(security), _register(security, "石浦 2 号窗口")
    chains = [
        pkcs12.load_key_and_certificates(made.bundle, made.password.encode())[2]
        for made, _ in (one, two)
    ]
    assert chains[0] == chains[1]
    assert one[1] != two[1]
    assert one[0].password != two[0].password


def test_what_a_proxy_may_tell(security: Actor) -> None:
    made, fingerprint = _register(security)
    leaf = pkcs12.load_key_and_certificates(made.bundle, made.password.encode())[1]
    assert leaf is not None
    pairs = ":".join(fingerprint[n : n + 2] for n in range(0, 64, 2)).upper()
    pem = leaf.public_bytes(Encoding.PEM).decode()
    for told in (fingerprint, pairs, f"sha256:{fingerprint}", pem):
        assert device_certificates.fingerprint_told(told) == fingerprint
    for told in ("", "yes", fingerprint[:40], f"{fingerprint}00", "-----BEGIN CERTIFICATE-----"):
        assert device_certificates.fingerprint_told(told) == ""


@pytest.mark.django_db
class TestBoundRoles:
    @pytest.fixture(autouse=True)
    def _bound(self, settings: Any) -> None:
        settings.YIKE = replace(
            settings.YIKE, device_roles="director", device_header="X-Client-Cert", proxies=1
        )

    def _try(self, certificate: str) -> actions.SignIn:
        who = replace(guest(), certificate=certificate)
        with acting(who):
            return actions.sign_in(username="known", password=PASSWORD, actor=who)

    def _comes_in(self, found: actions.SignIn, certificate: str) -> bool:
        assert found.account_id
        assert found.session_id
        who = replace(guest(), certificate=certificate)
        with acting(who):
            return (
                actions.come_in(account_id=found.account_id, session_id=found.session_id, actor=who)
                is not None
            )

    def test_sign_in_and_every_request_need_the_device(self, security: Actor) -> None:
        makers.staff("director", region_code=XIANGSHAN, name="known")
        _, fingerprint = _register(security)
        for certificate in ("", "0" * 64):
            refused = self._try(certificate)
            assert (refused.outcome, refused.session_id) == ("wrong", None)
            assert "设备" in refused.sentence
        found = self._try(fingerprint)
        assert found.signed_in
        assert self._comes_in(found, fingerprint)
        assert not self._comes_in(found, "")
        assert not self._comes_in(found, "0" * 64)

    def test_a_revoked_or_expired_one_counts_no_more(self, security: Actor) -> None:
        makers.staff("director", region_code=XIANGSHAN, name="known")
        made, fingerprint = _register(security)
        found = self._try(fingerprint)
        with clock.at(clock.now() + timedelta(days=731)):
            assert not self._try(fingerprint).signed_in
        with acting(security):
            actions.revoke_device(device_id=made.id, reason="电脑被盗", actor=security)
        assert not self._comes_in(found, fingerprint)
        with acting(security), pytest.raises(Clash):
            actions.revoke_device(device_id=made.id, reason="再来一次", actor=security)

    def test_roles_that_are_not_named_work_anywhere(self, security: Actor) -> None:
        makers.staff("officer", region_code=XIANGSHAN, org=uuid4(), name="known")
        assert self._try("").signed_in

    def test_a_stranger_does_not_learn_it(self) -> None:
        who = guest()
        with acting(who):
            found = actions.sign_in(username="nobody", password=PASSWORD, actor=who)
        assert found.sentence == "用户名或密码不正确。"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["admin_system", "director", "auditor"])
def test_only_security_makes_and_revokes(role: str, security: Actor) -> None:
    made, _ = _register(security)
    other = makers.staff(role, region_code=XIANGSHAN if role == "director" else "")
    with acting(other):
        with pytest.raises(NotAllowed):
            actions.register_device(name="某台电脑", actor=other)
        with pytest.raises(NotAllowed):
            actions.revoke_device(device_id=made.id, reason="不要了", actor=other)
        with pytest.raises(NotAllowed):
            queries.device_authority(actor=other)


def test_a_device_needs_a_name(security: Actor) -> None:
    with acting(security), pytest.raises(BadInput) as no:
        actions.register_device(name=" ", actor=security)
    assert no.value.field == "name"


def test_roles_bound_to_devices_nobody_could_prove_stop_the_start(settings: Any) -> None:
    assert checks.check_devices() == []
    settings.YIKE = replace(settings.YIKE, device_roles="boss")
    assert [found.id for found in checks.check_devices()] == ["people.E003"]
    settings.YIKE = replace(settings.YIKE, device_roles="director", proxies=0, device_header="X")
    assert [found.id for found in checks.check_devices()] == ["people.E004"]
    settings.YIKE = replace(settings.YIKE, proxies=1)
    assert checks.check_devices() == []
