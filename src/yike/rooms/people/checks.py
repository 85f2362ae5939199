"""What must be true of people's settings before the house opens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

from yike.rooms.people import networks, roles


def announce() -> None:
    """This will register the checks with Django."""
    checks.register(check_networks, checks.Tags.security)
    checks.register(check_second_factor_roles, checks.Tags.security)
    checks.register(check_devices, checks.Tags.security)


def check_networks(**_: Any) -> list[checks.CheckMessage]:
    """This will refuse a list of networks that cannot be read: it would let in nobody, or all."""
    found: list[checks.CheckMessage] = []
    for name in ("staff_networks", "admin_networks"):
        try:
            networks.read_networks(getattr(settings.YIKE, name))
        except ValueError as error:
            found.append(checks.Error(f"{name}: {error}", id="people.E001"))
    return found


def check_second_factor_roles(**_: Any) -> list[checks.CheckMessage]:
    """This will refuse a role that does not exist: nobody would have to use a second factor."""
    named = {part.strip() for part in settings.YIKE.second_factor_roles.split(",")} - {""}
    unknown = ", ".join(sorted(named - set(roles.ROLES)))
    text = f"second_factor_roles: no such role: {unknown}. Known: {', '.join(roles.ROLES)}"
    return [checks.Error(text, id="people.E002")] if unknown else []


def check_devices(**_: Any) -> list[checks.CheckMessage]:
    """This will refuse to bind roles to devices that nobody could prove: all would be shut out."""
    named = {part.strip() for part in settings.YIKE.device_roles.split(",")} - {""}
    if unknown := ", ".join(sorted(named - set(roles.ROLES))):
        text = f"device_roles: no such role: {unknown}. Known: {', '.join(roles.ROLES)}"
        return [checks.Error(text, id="people.E003")]
    if named and (settings.YIKE.proxies < 1 or not settings.YIKE.device_header):
        text = "device_roles needs proxies >= 1 and device_header: see deploy/README.md."
        return [checks.Error(text, id="people.E004")]
    return []
