"""A hall's queue machine asks which windows are open and who stands there; reads only."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from yike.doors.wire.keys import PROBLEMS, actor_of
from yike.rooms.core import clock
from yike.rooms.duty import queries as duty_queries
from yike.rooms.duty.faces import OnDuty
from yike.rooms.duty.queries import HallWindow
from yike.rooms.guard.acting import acting

router = Router(tags=["halls"])


class StandsOut(BaseModel):
    """一个正在值班的人。"""

    name: str = Field(description="姓名，与“今日值班”公布的一致。")
    part: str = Field(description="main 值班，backup 备班。")
    from_at: datetime = Field(description="从什么时候。")
    until_at: datetime = Field(description="到什么时候。")


class WindowOut(BaseModel):
    """一个窗口现在的情况。"""

    id: UUID = Field(description="窗口编号，不变。")
    code: str = Field(description="窗口号，例如 W1。")
    name: str = Field(description="窗口名称。")
    queue_code: str = Field(description="叫号系统里的业务代码；没有登记时为空。")
    services: list[str] = Field(description="办理的服务，S01 至 S10。")
    institution_name: str = Field(description="派驻机构；没有登记时为空。")
    open_now: bool = Field(description="现在开不开放：在开放时间里，没有暂停、撤销。")
    status: str = Field(description="open 开放，paused 暂停。")
    status_reason: str = Field(description="暂停的原因。")
    hours: str = Field(description="开放时间。")
    on_duty: list[StandsOut] = Field(description="按已公布的值班表，现在谁在岗；替班的是替班人。")


@router.get("/windows", response={200: list[WindowOut], **PROBLEMS}, summary="大厅窗口和在岗人员")
def windows(
    request: HttpRequest,
    station: Annotated[
        str,
        Query(
            min_length=1,
            max_length=40,
            pattern=r"^[^\x00-\x1f\x7f]*$",
            examples=["XS-01"],
            description="站点编码，见阵地登记表。",
        ),
    ],
) -> list[WindowOut]:
    """叫号机按 queue_code 对应自己的业务，只向 open_now 为 true 的窗口叫号。建议每分钟查一次。

    只读，任何有效密钥都可以查；叫了几号、谁在等，留在大厅自己的系统里。
    """
    with acting(actor_of(request)):
        return [_window(one) for one in duty_queries.hall(station)]


def _window(one: HallWindow) -> WindowOut:
    row = one.space
    return WindowOut(
        id=row.id, code=row.code, name=row.name, queue_code=row.queue_code,
        services=list(row.services), institution_name=row.institution_name, open_now=row.open_now,
        status=row.status, status_reason=row.status_reason, hours=row.hours_sentence,
        on_duty=[_stands(each) for each in one.on_duty],
    )  # fmt: skip


def _stands(one: OnDuty) -> StandsOut:
    return StandsOut(
        name=one.name, part=one.part, from_at=one.from_at.astimezone(clock.CIVIL),
        until_at=one.until_at.astimezone(clock.CIVIL),
    )  # fmt: skip
