"""Where an outgoing notice goes: an e-mail address or a telephone, sealed until it is sent."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from yike.engines.seal import open_, seal
from yike.rooms.core.actor import Actor
from yike.rooms.guard import keyring
from yike.rooms.notices import models
from yike.rooms.notices.models import Notice
from yike.rooms.people import actions as people_actions

PURPOSE = "notices.address"
_CALENDAR = "notices.calendar"
#: what is said when there is no right address
WRONG = {models.EMAIL: "邮箱地址不正确", models.SMS: "不是能收短信的手机号"}
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


def keep(row: Notice, address: str) -> bool:
    """This will seal a right address into the row; False for a wrong one."""
    if not _fits(row.channel, address):
        return False
    row.address = seal(keyring.ring(), PURPOSE, address.encode(), row.id.bytes)
    return True


def ask(row: Notice, actor: Actor) -> bool:
    """This will fetch the address a party left, and leave an entry that the house looked."""
    if row.to_party is None:
        return False
    field = "email" if row.channel == models.EMAIL else "phone"
    address = people_actions.address_for_notice(party_id=row.to_party, field=field, actor=actor)
    return keep(row, address)


def opened(row: Notice) -> str:
    """This will open the sealed address. Fails with ValueError when there is none."""
    if row.address is None:
        raise ValueError("a notice without an address cannot be sent")
    return open_(keyring.ring(), PURPOSE, bytes(row.address), row.id.bytes).decode()


def keep_calendar(row: Notice, calendar: bytes) -> None:
    """This will seal a calendar file into the row of a letter."""
    row.calendar = seal(keyring.ring(), _CALENDAR, calendar, row.id.bytes) if calendar else None


def calendar_of(row: Notice) -> bytes:
    """This will open the calendar file of a letter; b"" for none."""
    if row.calendar is None:
        return b""
    return open_(keyring.ring(), _CALENDAR, bytes(row.calendar), row.id.bytes)


def _fits(channel: str, address: str) -> bool:
    if channel == models.SMS:
        return bool(_MOBILE.fullmatch(address))
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True
