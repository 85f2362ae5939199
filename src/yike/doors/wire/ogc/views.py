"""The addresses of /ogc: who asks, one read inward, a document outward."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from yike.doors.kit.pages import show
from yike.doors.kit.problem import problem
from yike.doors.wire.ogc import answers, asking, openapi
from yike.doors.wire.ogc.asking import Wrong
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound, Refusal, TooMany
from yike.rooms.exchange import features as features_
from yike.rooms.exchange import layers
from yike.rooms.guard import limits
from yike.rooms.guard.acting import acting
from yike.rooms.guard.editions import Moved
from yike.rooms.people import actions as people_actions

#: questions a minute from one address without a key
PER_MINUTE = 600
_GUIDE = "见 /ogc/api.html。"
#: read by pages of other hosts too: nothing here trusts a cookie
_OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}

View = Callable[..., HttpResponse]


def _answered(view: View) -> View:
    """This will let one in, run the view as that actor, and give every no its one shape."""

    @csrf_exempt
    @wraps(view)
    def within(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return problem(
                request, 405, "wrong-method", "这里只接受 GET、HEAD。", way_on=_GUIDE,
                headers={"Allow": "GET, HEAD"},
            )  # fmt: skip
        try:
            return _run(view, request, *args, **kwargs)
        except Moved:  # some key has changed since it was read: read again, once
            people_actions.forget_keys(actor=request.actor)  # type: ignore[attr-defined]
            return _run(view, request, *args, **kwargs)

    return cast(View, within)


def _run(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        actor = _actor(request)
        if actor is None:
            return problem(
                request, 401, "unknown-key", "密钥无效或已停用。",
                way_on="不带密钥可以读取公开图层；密钥由县级平台安全管理员发放。",
                headers={"WWW-Authenticate": 'Bearer realm="yike"'},
            )  # fmt: skip
        with acting(actor):
            found = view(request, actor, *args, **kwargs)
    except Wrong as no:
        errors = [{"field": no.field, "detail": no.sentence}]
        return problem(request, 400, "bad-input", no.sentence, way_on=_GUIDE, errors=errors)
    except NotFound as no:
        return problem(request, 404, "not-found", no.sentence, way_on=_GUIDE)
    except Refusal as no:
        headers = {"Retry-After": str(no.retry_after)} if isinstance(no, TooMany) else None
        return problem(request, no.status, no.code, no.sentence, way_on=no.way_on, headers=headers)
    for name, value in _OPEN.items():
        found.headers[name] = value
    found.headers["Vary"] = "Accept, Authorization"
    return found


def _actor(request: HttpRequest) -> Actor | None:
    """The platform of a key; the visitor without one; None for a key that opens nothing."""
    visitor = cast(Actor, request.actor)  # type: ignore[attr-defined]
    told = request.headers.get("Authorization", "")
    if not told:
        limits.allow(what="ogc", who=visitor.address, per_seconds=60, at_most=PER_MINUTE, ahead=20)
        return visitor
    kind, _, key = told.partition(" ")
    key = key.strip() if kind.lower() == "bearer" else ""
    return people_actions.admit_peer(api_key=key, actor=visitor)


def _county() -> str:
    return f"{settings.YIKE.county}000000"


@_answered
def landing(request: HttpRequest, actor: Actor) -> HttpResponse:
    """This will show where everything is; as a page to whoever asks for one."""
    asking.once(request.GET, ())
    if _wants_page(request):
        return _page(request, actor)
    return _json(answers.landing())


@_answered
def conformance(request: HttpRequest, actor: Actor) -> HttpResponse:
    """This will name the classes of the standard that are kept."""
    asking.once(request.GET, ())
    return _json({"conformsTo": list(answers.CONFORMS)})


@_answered
def api(request: HttpRequest, actor: Actor) -> HttpResponse:
    """This will describe the API by OpenAPI 3.0."""
    asking.once(request.GET, ())
    return _json(openapi.described(layers.layers_for(actor)), answers.OPENAPI)


@_answered
def api_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """This will describe the API to people."""
    asking.once(request.GET, ())
    return _page(request, actor)


@_answered
def collections(request: HttpRequest, actor: Actor) -> HttpResponse:
    """This will list the layers that the asker may read."""
    asking.once(request.GET, ())
    told = [
        answers.collection(one, layers.features_of(actor, one.id, county=_county()))
        for one in layers.layers_for(actor)
    ]
    return _json(answers.collections(told))


@_answered
def collection(request: HttpRequest, actor: Actor, layer_id: str) -> HttpResponse:
    """This will describe one layer."""
    layer = layers.layer_for(actor, layer_id)
    asking.once(request.GET, ())
    found = layers.features_of(actor, layer_id, county=_county())
    return _json(answers.collection(layer, found))


@_answered
def items(request: HttpRequest, actor: Actor, layer_id: str) -> HttpResponse:
    """This will return one page of a layer's features."""
    layer = layers.layer_for(actor, layer_id)
    told = asking.listed(request.GET, layer)
    rows = layers.features_of(actor, layer_id, county=_county())
    found = features_.select(rows, told.asked)
    body = answers.items(layer, found, told.crs, asking.rest(request.GET), told.asked.after)
    return _json(body, answers.GEOJSON, crs=told.crs.uri)


@_answered
def item(request: HttpRequest, actor: Actor, layer_id: str, feature_id: str) -> HttpResponse:
    """This will return one feature."""
    layer = layers.layer_for(actor, layer_id)
    asking.once(request.GET, ("crs",))
    crs = asking.system(request.GET.get("crs"), "crs")
    rows = layers.features_of(actor, layer_id, county=_county())
    one = next((row for row in rows if row.id == feature_id), None)
    if one is None:
        raise NotFound("没有这个要素，或您无权查看")
    body = answers.item(layer, one, crs, asking.rest(request.GET))
    return _json(body, answers.GEOJSON, crs=crs.uri)


@_answered
def absent(request: HttpRequest, actor: Actor, rest: str = "") -> HttpResponse:
    """This will answer every other address below /ogc."""
    raise NotFound("没有这个地址")


def _page(request: HttpRequest, actor: Actor) -> HttpResponse:
    more: dict[str, Any] = {
        "base": answers.address(),
        "conforms": answers.CONFORMS,
        "words": answers.WORDS,
    }
    return show(request, "wire/ogc.html", layers.layers_for(actor), **more)


def _wants_page(request: HttpRequest) -> bool:
    """Browsers name text/html; programs name JSON, anything, or nothing."""
    told = request.headers.get("Accept", "")
    return "text/html" in told and "json" not in told


def _json(body: Any, kind: str = answers.JSON, *, crs: str = "") -> HttpResponse:
    found = HttpResponse(json.dumps(body, ensure_ascii=False), content_type=kind)
    if crs:
        found.headers["Content-Crs"] = f"<{crs}>"
    return found
