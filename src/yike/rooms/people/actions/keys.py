"""Rotation of the sealing keys: a fresh key, identities sealed anew, old keys forgotten."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import Clash, NotAllowed
from yike.rooms.guard import keyring
from yike.rooms.people import events, keysurvey, sealing
from yike.rooms.people.models import Secret
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def rotate_keys(*, actor: Actor) -> int:
    """This will make a fresh key the current one and return its version; old ones stay readable.

    The house only. The key file changes at once, even if the transaction fails: a spare key is no
    harm, a sealed row without its key would be.
    """
    _only_house(actor)
    fresh = keyring.ring().rotated()
    keyring.replace(fresh)
    trail_actions.record(events.KeysRotated(version=fresh.current), actor=actor)
    return fresh.current


@transaction.atomic
def reseal_secrets(*, actor: Actor) -> int:
    """This will seal second factors under the current key; returns how many. House only."""
    _only_house(actor)
    found = Secret.objects.select_for_update().exclude(totp=None).order_by("account_id")
    old = [secret for secret in found if sealing.is_old(secret.totp or b"")]
    for secret in old:
        shared = sealing.open_totp(secret.account_id, secret.totp or b"")
        secret.totp = sealing.seal_totp(secret.account_id, shared)
    Secret.objects.bulk_update(old, ["totp"])
    return len(old)


@transaction.atomic
def drop_keys(*, versions: Collection[int], actor: Actor) -> tuple[int, ...]:
    """This will forget old keys that nothing is sealed under any more. The house only.

    Refuses with Clash, naming what is still sealed under one of them: rows of any table, or files.
    """
    _only_house(actor)
    ring = keyring.ring()
    wanted = sorted((set(versions) & set(ring.keys)) - {ring.current})
    for use in keysurvey.survey():
        if use.version in wanted:
            raise Clash(f"第 {use.version} 版密钥还在使用：{use.where} 有 {use.count} 处。")
    for version in wanted:
        ring = ring.without(version)
    if wanted:
        trail_actions.record(events.KeysDropped(versions=tuple(wanted)), actor=actor)
        keyring.replace(ring)
    return tuple(wanted)


def _only_house(actor: Actor) -> None:
    if actor.kind != "system":
        raise NotAllowed("只有系统任务可以更换密钥。")
