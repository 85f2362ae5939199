"""The API that other platforms use: hand a demand over, follow it, look up codes."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import Header, Path, Query, Status

from yike.doors.kit.problem import problem
from yike.doors.wire import problems, words
from yike.doors.wire.docs import Described, Docs
from yike.doors.wire.keys import PeerKey
from yike.doors.wire.shapes import (
    AnsweredIn,
    ItemOut,
    MatterIn,
    MatterOpened,
    MatterOut,
    Problem,
    ReasonIn,
    RegionOut,
    WordsIn,
)
from yike.rooms.catalogue import queries as catalogue_queries
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed
from yike.rooms.guard.acting import acting
from yike.rooms.matters import actions as matters_actions
from yike.rooms.matters import queries as matters_queries
from yike.rooms.people.actions.api_keys import SCOPES
from yike.rooms.regions import queries as regions_queries

PROBLEMS: Any = dict.fromkeys((400, 401, 403, 404, 405, 413, 415, 422, 429), Problem)
Reference = Annotated[str, Path(max_length=20, examples=["261121-7KQ4M3X9"])]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=64,
        pattern=r"^[\x21-\x7e]+$",
        description="Your own number of this request. Sent again, it brings the same matter.",
    ),
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


#: what a key must be good for
OPENS, FOLLOWS, ANSWERS = "matters:open", "matters:follow", "matters:answer"


def _actor(request: HttpRequest, scope: str = "") -> Actor:
    """The platform, whose key must be good for this."""
    found = cast(Actor, request.auth)  # type: ignore[attr-defined]
    if scope and not found.has(scope):
        raise NotAllowed(
            f"这个密钥没有“{SCOPES[scope]}”的权限。", way_on="请联系县级平台安全管理员。"
        )
    return found


@api.post(
    "/matters",
    response={201: MatterOpened, 200: MatterOpened, **PROBLEMS},
    summary="Hand over a demand",
    tags=["matters"],
)
def open_matter(request: HttpRequest, body: MatterIn, idempotency_key: Key) -> Status[MatterOpened]:
    """Opens one matter: routed, promised and trailed when the answer arrives."""
    with acting(_actor(request, OPENS)) as actor:
        receipt = matters_actions.open_matter(
            demand=words.demand(body), key=idempotency_key, actor=actor
        )
    return Status(200 if receipt.repeated else 201, words.opened(receipt))


@api.post(
    "/consultations",
    response={201: MatterOpened, 200: MatterOpened, **PROBLEMS},
    summary="Record a demand answered on the spot",
    tags=["matters"],
)
def record_answered(
    request: HttpRequest, body: AnsweredIn, idempotency_key: Key
) -> Status[MatterOpened]:
    """Records what an institution's staff answered at once, on a platform of their own.

    No order and no promise arise. The key must name the institution; what cannot be answered at
    once goes to `POST /matters` and becomes an order.
    """
    with acting(_actor(request, ANSWERS)) as actor:
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
    summary="Follow a matter",
    tags=["matters"],
)
def follow_matter(request: HttpRequest, reference: Reference) -> MatterOut:
    """Returns state, holder, promise, steps and answer of a matter this platform brought."""
    with acting(_actor(request, FOLLOWS)) as actor:
        return words.matter(matters_queries.receipt_of(actor, reference))


@api.post(
    "/matters/{reference}/messages",
    response={204: None, **PROBLEMS},
    summary="Add words to a matter",
    tags=["matters"],
)
def add_message(request: HttpRequest, reference: Reference, body: WordsIn) -> Status[None]:
    """Adds a message that the handling office and the citizen can read."""
    with acting(_actor(request, FOLLOWS)) as actor:
        matters_actions.send_message(reference=reference, words=body.words, actor=actor)
    return Status(204, None)


@api.post(
    "/matters/{reference}/withdrawal",
    response={204: None, **PROBLEMS},
    summary="Withdraw a matter",
    tags=["matters"],
)
def withdraw(request: HttpRequest, reference: Reference, body: ReasonIn) -> Status[None]:
    """Withdraws a matter that is not answered yet."""
    with acting(_actor(request, FOLLOWS)) as actor:
        matters_actions.withdraw(reference=reference, reason=body.reason, actor=actor)
    return Status(204, None)


@api.get(
    "/items", response={200: list[ItemOut], **PROBLEMS}, summary="Service items", tags=["codes"]
)
def items(
    request: HttpRequest, kind: Annotated[str, Query(pattern=r"^[^\x00]{0,20}$")] = ""
) -> list[ItemOut]:
    """Returns the service items on offer; `verified` false means the limit is not yet checked."""
    with acting(_actor(request)):
        return [words.item(each) for each in catalogue_queries.items(kind=kind)]


@api.get(
    "/regions/{code}/children",
    response={200: list[RegionOut], **PROBLEMS},
    summary="Towns of a county, villages of a town",
    tags=["codes"],
)
def children(
    request: HttpRequest, code: Annotated[str, Path(pattern=r"^\d{12}$")]
) -> list[RegionOut]:
    """Returns the regions one level below."""
    with acting(_actor(request)):
        return [words.region(each) for each in regions_queries.children(code)]


def absent(request: HttpRequest, rest: str = "") -> HttpResponse:
    """This will answer every other address under /api/ in the same shape."""
    return problem(request, 404, "not-found", "没有这个接口。", way_on="见 /api/v1/docs。")
