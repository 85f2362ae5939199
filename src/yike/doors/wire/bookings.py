"""Times to come, for other platforms: what is free, booked for somebody, moved, given back."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Status
from pydantic import AwareDatetime, BeforeValidator

from yike.doors.wire.booking_shapes import (
    BookingIn,
    BookingOut,
    MoveIn,
    SlotOut,
    booked,
    slot,
    told,
)
from yike.doors.wire.keys import PROBLEMS, Key, actor_of
from yike.doors.wire.shapes import Problem, ReasonIn
from yike.rooms.booking import actions as booking_actions
from yike.rooms.booking import queries as booking_queries
from yike.rooms.guard.acting import acting
from yike.rooms.regions import codes

#: what a key must be good for
MAKES = booking_actions.PEER_SCOPE
#: times shown at once
_MOST = 200
_NO: Any = PROBLEMS | {409: Problem}
Kinds = Literal["notary", "appraisal", "legal_aid", "mediation", "adviser", "video", "consult"]
Reference = Annotated[
    str, Path(max_length=20, examples=["261121-7KQ4M3X9"], description="预约时返回的 reference。")
]
router = Router(tags=["bookings"])


def _written(value: object) -> object:
    """A bare number would be taken for seconds since 1970; the description says date-time."""
    if isinstance(value, str) and not re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:", value):
        raise ValueError("写成带时区的 ISO 8601，例如 2026-11-21T14:20:00+08:00")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_written)]


@router.get("/slots", response={200: list[SlotOut], **PROBLEMS}, summary="还能约的时间")
def slots(
    request: HttpRequest,
    kind: Annotated[
        Kinds,
        Query(
            description="notary 公证，appraisal 司法鉴定，legal_aid 法律援助，mediation 人民调解，"
            "adviser 村居法律顾问村日，video 视频咨询，consult 当面咨询。",
        ),
    ],
    region_code: Annotated[
        str,
        Query(pattern=r"^[1-9]\d{11}$", examples=["330225000000"], description="12 位区划代码。"),
    ],
    since: Annotated[Moment | None, Query(description="从什么时候起。")] = None,
    until: Annotated[Moment | None, Query(description="到什么时候为止（不含）。")] = None,
    place: Annotated[UUID | None, Query(description="只要这个地点，见 place_id。")] = None,
) -> list[SlotOut]:
    """按时间先后返回全县还有空的时段，一次最多 200 个；再往后的，用最后一个的 from_at 作 since。

    看到的时候有空，不等于约得上：以 `POST /bookings` 的结果为准。
    """
    with acting(actor_of(request)):
        county = codes.at_level(region_code, "county") or region_code
        found = booking_queries.free_slots(kind, county, since, until, place)
        return [slot(one) for one in found[:_MOST]]


@router.post(
    "/bookings", response={201: BookingOut, 200: BookingOut, **_NO}, summary="预约一个时间"
)
def book(request: HttpRequest, body: BookingIn, idempotency_key: Key) -> Status[BookingOut]:
    """替群众预约。新约上返回 201；同一个 Idempotency-Key 重发返回 200 和原来的预约。

    刚被别人约满时返回 409，`way_on` 写明接下来还有空的时间。
    """
    with acting(actor_of(request, MAKES)) as actor:
        receipt = booking_actions.book(
            slot_id=body.slot_id,
            told=told(body),
            item_code=body.item_code,
            matter_reference=body.matter_reference,
            once=idempotency_key,
            actor=actor,
        )
        face = booking_queries.booking_page(actor, receipt.reference)
    return Status(200 if receipt.repeated else 201, booked(face, repeated=receipt.repeated))


@router.get("/bookings/{reference}", response={200: BookingOut, **PROBLEMS}, summary="查一个预约")
def follow_booking(request: HttpRequest, reference: Reference) -> BookingOut:
    """返回贵平台约的一个时间：状态、地点、要带的材料。"""
    with acting(actor_of(request, MAKES)) as actor:
        return booked(booking_queries.booking_page(actor, reference))


@router.post("/bookings/{reference}/move", response={200: BookingOut, **_NO}, summary="改期")
def move_booking(request: HttpRequest, reference: Reference, body: MoveIn) -> BookingOut:
    """改到同一类的另一个时段，编号和到场码不变。新时段满了就什么也不改，返回 409。"""
    with acting(actor_of(request, MAKES)) as actor:
        booking_actions.move(
            reference=reference, slot_id=body.slot_id, reason=body.reason, actor=actor
        )
        return booked(booking_queries.booking_page(actor, reference))


@router.post(
    "/bookings/{reference}/cancellation", response={204: None, **PROBLEMS}, summary="取消预约"
)
def cancel_booking(request: HttpRequest, reference: Reference, body: ReasonIn) -> Status[None]:
    """时间让给别人；已经开始的不能取消。"""
    with acting(actor_of(request, MAKES)) as actor:
        booking_actions.cancel(reference=reference, reason=body.reason, actor=actor)
    return Status(204, None)
