"""Which promise holds: for what, for which kind and urgency, and at which level it is carried.

A promise of a level has the level behind its code (help.finish.town). Whoever sets one makes it
count for all orders begun from then on; without one the common promise holds.
"""

from __future__ import annotations

from uuid import UUID

from yike.rooms.clocks import queries as clocks_queries
from yike.rooms.matters import codes
from yike.rooms.matters.models import Matter
from yike.rooms.providers import queries as providers_queries
from yike.rooms.regions import codes as region_codes

LEVELS = {"county": "县级", "town": "镇级", "village": "村级"}
PURPOSES = {
    "sign": "签收",
    "first": "首次联系",
    "next": "下一步办理",
    "finish": "办结",
    "callback": "回电",
}
#: demand type → promise of the answer (NORMS 1.5)
_FINISH = {
    "1": "consult.finish",
    "2": "help.finish",
    "3": "complaint.finish",
    "4": "report.finish",
    "5": "suggestion.finish",
}
#: channel → promise of the first word (NORMS 1.4); others: within a working day
_FIRST = {"04": "message.answer", "05": "online.answer", "09": "letter.answer"}


def sign_code(matter: Matter) -> str:
    """This will return the promise to sign for it, or of another county to say if it takes it."""
    if matter.offered_org is not None:
        return _of("transfer.ack", matter.holder_org)
    return _of("urgent.sign" if _urgent(matter) else "sign.1wd", matter.holder_org)


def first_code(matter: Matter) -> str:
    """This will return the promise of the first word to the citizen, by channel and urgency."""
    common = _FIRST.get(matter.channel, "first.reply")
    return _of("urgent.first" if _urgent(matter) else common, matter.holder_org)


def next_code(matter: Matter) -> str:
    """This will return the promise of the next step of the office."""
    return _of("urgent.next" if _urgent(matter) else "next.step", matter.holder_org)


def finish_code(matter: Matter) -> str:
    """This will return the promise made to the citizen; no transfer changes it afterwards."""
    common = _FINISH.get(matter.demand_type, "consult.finish")
    return _of("urgent.finish" if _urgent(matter) else common, matter.holder_org)


def base_of(code: str) -> tuple[str, str]:
    """This will return the common code of a promise and its level; "" for every level."""
    base, _, last = code.rpartition(".")
    return (base, last) if base and last in LEVELS else (code, "")


def table() -> tuple[tuple[str, str, str], ...]:
    """This will return which common promise is chosen: purpose, for what, code."""
    types = ((codes.DEMAND_TYPES[one], code) for one, code in _FINISH.items())
    channels = ((codes.CHANNELS[one], code) for one, code in _FIRST.items())
    return (
        ("sign", "普通、较急", "sign.1wd"),
        ("sign", "紧急", "urgent.sign"),
        ("sign", "跨县移送待确认", "transfer.ack"),
        *(("first", name, code) for name, code in channels),
        ("first", "其他渠道", "first.reply"),
        ("first", "紧急", "urgent.first"),
        ("next", "普通、较急", "next.step"),
        ("next", "紧急", "urgent.next"),
        *(("finish", name, code) for name, code in types),
        ("finish", "表扬、其他", "consult.finish"),
        ("finish", "紧急", "urgent.finish"),
        ("callback", "热线转接失败、约定回电", "call.back"),
    )


def _urgent(matter: Matter) -> bool:
    return matter.urgency == codes.URGENT


def _of(common: str, org: UUID | None) -> str:
    """The promise of the level, when the county set one: mostly nobody did, and none is asked."""
    special = {level: f"{common}.{level}" for level in LEVELS}
    if org is None or not clocks_queries.first_in_force(special.values()):
        return common
    level = _level(providers_queries.regions_of([org]).get(org, ""))
    return clocks_queries.first_in_force((special.get(level, common), common)) or common


def _level(region_code: str) -> str:
    level = region_codes.level_of(region_code) if region_code else ""
    return level if level in LEVELS else "county"
