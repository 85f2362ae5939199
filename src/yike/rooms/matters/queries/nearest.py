"""Who gives a service next to the people of a village; where to go now is asked of `guide`."""

from __future__ import annotations

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput
from yike.rooms.duty import queries as duty_queries
from yike.rooms.matters import names
from yike.rooms.matters.faces.nearest import NextDuty, NextHelp
from yike.rooms.providers import kinds


def next_help(region_code: str, service: str) -> NextHelp:
    """This will answer for any village and any of the ten services who is next on duty (A2.11).

    Refuses an unknown service or place (BadInput).
    """
    if service not in kinds.SERVICES:
        raise BadInput("没有这种服务", field="service")
    known = names.places([region_code])
    if region_code not in known:
        raise BadInput("区划里没有这个村（社区）", field="region_code")
    return NextHelp(
        region_name=known[region_code],
        service_name=kinds.SERVICES[service],
        next=_next(region_code, service),
    )


def _next(region_code: str, service: str) -> NextDuty | None:
    found = duty_queries.next_slot(service, region_code)
    if found is None:
        return None
    return NextDuty(
        post_name=found.post_name, institution_name=found.institution_name, name=found.name,
        from_at=found.from_at, until_at=found.until_at, now=found.from_at <= clock.now(),
        phone=found.phone,
    )  # fmt: skip
