"""Devices (B15.8): a certificate for a kiosk or window computer, handed over once; revoked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import Clash, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.people import device_certificates, events, roles
from yike.rooms.people.models import Device
from yike.rooms.trail import actions as trail_actions


@dataclass(frozen=True, kw_only=True)
class NewDevice:
    """A fresh device: its PKCS#12 and the password that opens it, both to be handed over once."""

    id: UUID
    name: str
    bundle: bytes
    password: str


@transaction.atomic
def register_device(
    *, name: str, org: UUID | None = None, station: UUID | None = None, actor: Actor
) -> NewDevice:
    """This will register a device and make its certificate, valid for two years.

    Security administrators only: refuses with NotAllowed, or BadInput without a name. The private
    key is kept nowhere: lost, the device is revoked and registered anew.
    """
    _only_security(actor)
    shown = clean.text(name, field="name", most=60, least=2).replace("\n", " ")
    device_id, now = new_id(), clock.now()
    signer = device_certificates.authority(settings.DEVICE_AUTHORITY_FILE, now=now)
    made = device_certificates.issue(signer, device_id=device_id, name=shown, now=now)
    Device.objects.create(
        id=device_id,
        name=shown,
        org=org,
        station=station,
        fingerprint=made.fingerprint,
        serial=made.serial,
        valid_from=made.valid_from,
        valid_until=made.valid_until,
        created_by=actor.ref,
    )
    trail_actions.record(
        events.DeviceRegistered(
            device_id=device_id,
            name=shown,
            fingerprint=made.fingerprint,
            valid_until=made.valid_until,
        ),
        actor=actor,
    )
    return NewDevice(id=device_id, name=shown, bundle=made.bundle, password=made.password)


@transaction.atomic
def revoke_device(*, device_id: UUID, reason: str, actor: Actor) -> None:
    """This will take a device's certificate out of force at once; sessions on it end.

    Refuses with NotAllowed, BadInput (no reason), NotFound or Clash (revoked already).
    """
    _only_security(actor)
    why = clean.text(reason, field="reason", most=200, least=2)
    found = Device.objects.filter(id=device_id).first()
    if found is None:
        raise NotFound("没有找到这台设备。")
    standing = Device.objects.filter(id=device_id, revoked_at=None)
    if not standing.update(revoked_at=clock.now(), revoked_by=actor.ref, revoked_reason=why):
        raise Clash("这台设备的证书已经吊销。")
    trail_actions.record(
        events.DeviceRevoked(device_id=device_id, name=found.name, reason=why), actor=actor
    )


def _only_security(actor: Actor) -> None:
    if actor.kind != "staff" or not actor.has(roles.ADMIN_SECURITY):
        raise NotAllowed("只有安全管理员可以登记和吊销设备。")
