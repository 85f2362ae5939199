"""The API that other platforms use: hand a demand over, follow it, look up codes."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Status

from yike.doors.kit.problem import problem
from yike.doors.wire import bookings, halls, problems, words
from yike.doors.wire.docs import Described, Docs
from yike.doors.wire.keys import PROBLEMS, Key, PeerKey, actor_of
from yike.doors.wire.shapes import (
    AnsweredIn,
    ItemOut,
    MatterIn,
    MatterOpened,
    MatterOut,
    ReasonIn,
    RegionOut,
    WordsIn,
)
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.regions import queries as regions_queries

Reference = Annotated[
    str, Path(max_length=20, examples=["261121-7KQ4M3X9"], description="提交时返回的 reference。")
]

api = Described(
    title="Yike 一刻",
    version="1",
    description=words.GUIDE,
    auth=PeerKey(),
    docs=Docs(),
    urls_namespace="wire-v1",
)
problems.install(api)
api.add_router("", bookings.router)
api.add_router("", halls.router)


#: what a key must be good for
OPENS, FOLLOWS, ANSWERS = "matters:open", "matters:follow", "matters:answer"


@api.post(
    "/matters",
    response={201: MatterOpened, 200: MatterOpened, **PROBLEMS},
    summary="提交诉求",
    tags=["matters"],
)
def open_matter(request: HttpRequest, body: MatterIn, idempotency_key: Key) -> Status[MatterOpened]:
    """返回时已经派单、定好答复期限、留痕；新建返回 201，重发返回 200。"""
    with acting(actor_of(request, OPENS)) as actor:
        receipt = matters_actions.open_matter(
            demand=words.demand(body), key=idempotency_key, actor=actor
        )
    return Status(200 if receipt.repeated else 201, words.opened(receipt))


@api.post(
    "/consultations",
    response={201: MatterOpened, 200: MatterOpened, **PROBLEMS},
    summary="补录当场答复的诉求",
    tags=["matters"],
)
def record_answered(
    request: HttpRequest, body: AnsweredIn, idempotency_key: Key
) -> Status[MatterOpened]:
    """机构人员在自己的平台上当场答复的，补录到这里；不形成工单，也没有答复期限。

    密钥必须属于该机构。当场答复不了的，请用 `POST /matters` 提交，形成工单。
    """
    with acting(actor_of(request, ANSWERS)) as actor:
        receipt = matters_actions.answer_on_spot(
            demand=words.demand(body),
            answer=body.answer,
            result=body.result,
            minutes=body.minutes,
            key=idempotency_key,
            actor=actor,
        )
    return Status(200 if receipt.repeated else 201, words.opened(receipt))


@api.get(
    "/matters/{reference}",
    response={200: MatterOut, **PROBLEMS},
    summary="查进度和答复",
    tags=["matters"],
)
def follow_matter(request: HttpRequest, reference: Reference) -> MatterOut:
    """返回本平台提交的一件事：状态、现在由谁办、答复期限、经过和答复。"""
    with acting(actor_of(request, FOLLOWS)) as actor:
        return words.matter(matters_queries.receipt_of(actor, reference))


@api.post(
    "/matters/{reference}/messages",
    response={204: None, **PROBLEMS},
    summary="补充说明",
    tags=["matters"],
)
def add_message(request: HttpRequest, reference: Reference, body: WordsIn) -> Status[None]:
    """承办单位和当事人都能看到。"""
    with acting(actor_of(request, FOLLOWS)) as actor:
        matters_actions.send_message(reference=reference, words=body.words, actor=actor)
    return Status(204, None)


@api.post(
    "/matters/{reference}/withdrawal",
    response={204: None, **PROBLEMS},
    summary="撤回诉求",
    tags=["matters"],
)
def withdraw(request: HttpRequest, reference: Reference, body: ReasonIn) -> Status[None]:
    """只能撤回还没有答复的。"""
    with acting(actor_of(request, FOLLOWS)) as actor:
        matters_actions.withdraw(reference=reference, reason=body.reason, actor=actor)
    return Status(204, None)


@api.get(
    "/items", response={200: list[ItemOut], **PROBLEMS}, summary="服务事项目录", tags=["codes"]
)
def items(
    request: HttpRequest,
    kind: Annotated[
        str, Query(pattern=r"^[^\x00]{0,20}$", description="只要这一类，例如 公证。")
    ] = "",
) -> list[ItemOut]:
    """返回现在能办的事项；`verified` 为 false 表示时限还没有经过核对。"""
    with acting(actor_of(request)):
        return [words.item(each) for each in catalogue_queries.items(kind=kind)]


@api.get(
    "/regions/{code}/children",
    response={200: list[RegionOut], **PROBLEMS},
    summary="下一级区划",
    tags=["codes"],
)
def children(
    request: HttpRequest,
    code: Annotated[
        str, Path(pattern=r"^\d{12}$", examples=["330225101000"], description="12 位区划代码。")
    ],
) -> list[RegionOut]:
    """县下面的乡镇（街道），乡镇下面的村（社区）。"""
    with acting(actor_of(request)):
        return [words.region(each) for each in regions_queries.children(code)]


def absent(request: HttpRequest, rest: str = "") -> HttpResponse:
    """This will answer every other address under /api/ in the same shape."""
    return problem(request, 404, "not-found", "没有这个接口。", way_on="见 /api/v1/docs。")
