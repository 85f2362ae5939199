"""Between the shapes of the wire and the faces of the rooms: renames, nothing decided."""

from __future__ import annotations

from datetime import datetime

from yike.doors.wire.shapes import (
    AnswerOut,
    ItemOut,
    MatterIn,
    MatterOpened,
    MatterOut,
    PointOut,
    RegionOut,
    StepOut,
)
from yike.rooms.catalogue.queries import ItemRow
from yike.rooms.core import clock
from yike.rooms.matters.demand import Demand
from yike.rooms.matters.faces import CitizenPage, Receipt
from yike.rooms.matters.reporting import waits_for
from yike.rooms.regions.queries import RegionRow

GUIDE = """
把群众的法律诉求交给本县办理，并跟进到办结。

* 每个请求都带 `Authorization: Bearer <密钥>`；密钥由县级平台安全管理员发放。
* 提交诉求、补录和预约必须带 `Idempotency-Key`：断线后用同一个值重发，拿回的是同一件事，
  并注明 `repeated: true`；同一个值配不同内容会被拒绝。
* 出错时返回 `application/problem+json`（RFC 9457）：
  程序看 `type`，它不会变；人看 `detail` 和 `way_on`。
* 请求太多时返回 429，`Retry-After` 写明多少秒后再试。
* 替群众预约时间：先看 `GET /slots`，再 `POST /bookings`；密钥要有预约的权限。
* 登记了回告地址的平台，进度和答复会主动推送（Standard Webhooks 签名），不用反复来问。
* 时间一律是带时区的 ISO 8601，例如 `2026-11-21T14:20:00+08:00`。
* 国家秘密不得从这里提交：会被拒收，不留存。
"""


def demand(body: MatterIn) -> Demand:
    """This will return the demand that a body describes."""
    told = body.model_dump(include=set(MatterIn.model_fields))
    return Demand(**{**told, "points": tuple(body.points)})


def opened(receipt: Receipt) -> MatterOpened:
    """This will return a receipt in the shape of the wire."""
    return MatterOpened(
        reference=receipt.reference,
        order_no=receipt.order_no,
        state=receipt.state,
        state_name=receipt.state_name,
        holder=receipt.holder_name,
        due_at=_civil(receipt.due_at),
        promise=receipt.promise_name,
        repeated=receipt.repeated,
    )


def matter(page: CitizenPage) -> MatterOut:
    """This will return the public side of a matter in the shape of the wire."""
    reply = page.reply
    return MatterOut(
        reference=page.reference,
        order_no=page.order_no,
        state=page.state,
        state_name=page.state_name,
        ended=page.ended,
        holder=page.holder_name,
        opened_at=page.opened_at.astimezone(clock.CIVIL),
        due_at=_civil(page.due_at),
        late=page.late,
        waits_for=waits_for(page.turn),
        points=[PointOut(no=each.no, words=each.words, answer=each.answer) for each in page.points],
        steps=[
            StepOut(at=each.at.astimezone(clock.CIVIL), who=each.who, sentence=each.sentence)
            for each in page.timeline
        ],
        answer=AnswerOut(
            at=reply.at.astimezone(clock.CIVIL), result=reply.result_name, words=reply.words
        )
        if reply
        else None,
    )


def item(face: ItemRow) -> ItemOut:
    """This will return a service item in the shape of the wire."""
    return ItemOut(
        code=face.code, name=face.name, kind=face.kind, mode=face.mode, verified=face.verified
    )


def region(face: RegionRow) -> RegionOut:
    """This will return a place in the shape of the wire."""
    return RegionOut(code=face.code, name=face.name, level=face.level)


def _civil(moment: datetime | None) -> datetime | None:
    """Instants cross the wire in one form, however they were read."""
    return moment.astimezone(clock.CIVIL) if moment else None
