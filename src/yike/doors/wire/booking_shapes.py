"""The shapes of times and bookings on the wire, and their making: renames, nothing decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from yike.doors.wire.shapes import Code, Line, Strict
from yike.rooms.booking.faces import BookingFace, SlotFace, Told
from yike.rooms.core import clock

Hour = Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$")]


class SlotOut(BaseModel):
    """一个还有空的时段。"""

    id: UUID = Field(description="时段编号，预约时用。")
    kind: str = Field(description="预约类别代码。")
    kind_name: str = Field(description="预约类别。")
    place_id: UUID = Field(description="地点（不用到场的是机构）。")
    place_name: str = Field(description="地点名称。")
    person: str = Field(description="谁接待；没有排定时为空。")
    from_at: datetime = Field(description="开始。")
    until_at: datetime = Field(description="结束。")
    free: int = Field(description="还有几个名额。")


class BookingIn(Strict):
    """替群众预约。"""

    slot_id: UUID = Field(
        description="时段编号，见“还能约的时间”。",
        examples=["01a20000-0000-7000-8000-000000000000"],
    )
    name: str = Field(
        min_length=1, max_length=60, description="姓名。",
        examples=["张三丰"],
    )  # fmt: skip
    phone: str = Field(
        max_length=24, description="电话；到场前提醒，凭它和编号查预约。", examples=["13857400001"]
    )
    note: str = Field(default="", max_length=200, description="想先告诉接待人的，例如坐轮椅。")
    email: Line = Field(default="", description="电子邮箱；填了就把时间发去，可以加进日历。")
    contact_way: Literal["", "sms", "message"] = Field(
        default="",
        description="怎样提醒：空 都可以，sms 只发短信，message 不要联系。",
    )
    safe_from: Hour = Field(default="", description="只在这段时间提醒，从几点，例如 09:00。")
    safe_until: Hour = Field(default="", description="到几点。")
    item_code: Code = Field(default="", description="来办的服务事项代码。")
    matter_reference: Code = Field(default="", description="有关的诉求编号。")
    agreed: Code = Field(default="", description="当事人同意的本平台告知书版本；没有看过的不填。")


class MoveIn(Strict):
    """改到哪个时段。"""

    slot_id: UUID = Field(
        description="新的时段编号。", examples=["01a20000-0000-7000-8000-000000000001"]
    )
    reason: str = Field(default="", max_length=200, description="改期的原因。")


class BookingOut(BaseModel):
    """一个预约。"""

    reference: str = Field(description="预约编号。")
    code: str = Field(description="到场码，四位数字。")
    state: str = Field(description="状态代码。")
    state_name: str = Field(description="状态名称。")
    kind: str = Field(description="预约类别代码。")
    kind_name: str = Field(description="预约类别。")
    office: str = Field(description="办理机构。")
    place_name: str = Field(description="地点。")
    place_address: str = Field(description="地址。")
    phone: str = Field(description="办理机构的电话。")
    day: date = Field(description="日期。")
    from_at: datetime | None = Field(description="开始。")
    until_at: datetime | None = Field(description="结束。")
    papers: list[str] = Field(description="要带的材料。")
    can: list[str] = Field(description="现在可以做的：move 改期，cancel 取消。")
    adrift: str = Field(description="时段被停用的原因；不为空时请改期。")
    repeated: bool = Field(description="true 表示这个 Idempotency-Key 以前已经约过。")


def slot(face: SlotFace) -> SlotOut:
    """This will return a free time in the shape of the wire."""
    return SlotOut(
        id=face.id,
        kind=face.kind,
        kind_name=face.kind_name,
        place_id=face.place_id or face.org,
        place_name=face.place_name,
        person=face.person,
        from_at=face.from_at.astimezone(clock.CIVIL),
        until_at=face.until_at.astimezone(clock.CIVIL),
        free=face.free,
    )


def booked(face: BookingFace, *, repeated: bool = False) -> BookingOut:
    """This will return a booking in the shape of the wire; nothing of the person."""
    return BookingOut(
        reference=face.reference,
        code=face.code,
        state=face.state,
        state_name=face.state_name,
        kind=face.kind,
        kind_name=face.kind_name,
        office=face.org_name,
        place_name=face.place_name,
        place_address=face.place_address,
        phone=face.phone,
        day=face.day,
        from_at=face.from_at.astimezone(clock.CIVIL) if face.from_at else None,
        until_at=face.until_at.astimezone(clock.CIVIL) if face.until_at else None,
        papers=list(face.papers),
        can=[verb for verb in ("move", "cancel") if verb in face.can],
        adrift=face.adrift,
        repeated=repeated,
    )


def told(body: BookingIn) -> Told:
    """This will return who books, as the room takes it."""
    names = ("name", "phone", "note", "email", "contact_way", "safe_from", "safe_until", "agreed")
    return Told(**body.model_dump(include=set(names)))
