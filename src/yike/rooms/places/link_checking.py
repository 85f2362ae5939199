"""Tries whether the targets of codes open. Only where the office allows requests to the outside."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from yike.rooms.core import actor as actors
from yike.rooms.guard import calling
from yike.rooms.guard.acting import acting
from yike.rooms.places import actions, upkeep, upkeep_pages

_SECONDS = 8
#: answers that say the page is there: found, moved, or for those who sign in
_THERE = frozenset({200, 203, 204, 206, 301, 302, 303, 307, 308, 401, 403, 405})


def is_allowed() -> bool:
    """This will say whether the office allows requests to the targets of codes."""
    return bool(settings.YIKE.check_targets)


def check_all() -> int:
    """This will try every target in use, one by one, and write down what was found.

    Returns how many; none where the office does not allow it. No transaction is open while another
    system is asked.
    """
    if not is_allowed():
        return 0
    with acting(actors.system("places.check_links")):
        wanted = upkeep_pages.codes_to_check()
    for code_id, target in wanted:
        _note(code_id, *look(target))
    return len(wanted)


def look(target: str) -> tuple[str, str]:
    """This will try one address and return its state, and what was wrong."""
    hosts = frozenset(one.strip() for one in settings.YIKE.link_hosts.split(",") if one.strip())
    try:
        answer = calling.call(
            url=target, body=b"", headers={"User-Agent": "yike-link-check"}, seconds=_SECONDS,
            method="GET", hosts=hosts,
        )  # fmt: skip
    except (calling.Unreached, calling.Silent) as error:
        return upkeep.BROKEN, str(error)[:180]
    if answer.status in _THERE:
        return upkeep.FINE, ""
    return upkeep.BROKEN, f"对方答复 {answer.status}"


def _note(code_id: UUID, state: str, fault: str) -> None:
    house = actors.system("places.check_links")
    with acting(house):
        actions.note_check(code_id=code_id, state=state, fault=fault, actor=house)
