"""Every no of the wire in one shape: application/problem+json, RFC 9457."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from yike.doors.kit.problem import problem
from yike.rooms.core.refusal import BadInput, Refusal, TooMany
from yike.rooms.guard.editions import Moved
from yike.rooms.people import actions as people_actions

_log = logging.getLogger("yike.wire")


def install(api: NinjaAPI) -> None:
    """This will turn every exception of the API into a problem."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _malformed)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    api.add_exception_handler(Http404, _absent)
    api.add_exception_handler(Moved, _moved)
    api.add_exception_handler(Exception, _failed)


def _refused(request: HttpRequest, no: Any) -> HttpResponse:
    errors = [{"field": no.field, "detail": no.sentence}] if no.field else []
    headers = {"Retry-After": str(no.retry_after)} if isinstance(no, TooMany) else None
    code = BadInput.code if isinstance(no, BadInput) else no.code
    return problem(
        request, no.status, code, no.sentence, way_on=no.way_on, errors=errors, headers=headers
    )


def _invalid(request: HttpRequest, fault: Any) -> HttpResponse:
    errors = [
        {"field": ".".join(str(part) for part in each["loc"][2:] or each["loc"][1:]),
         "detail": str(each["msg"])}
        for each in fault.errors
    ]  # fmt: skip
    named = "、".join(sorted({error["field"] for error in errors if error["field"]}))
    detail = f"以下字段不正确：{named}" if named else "请求内容不正确"
    return problem(
        request, 422, "bad-input", detail, way_on="请对照 /api/v1/docs 修改后重发。", errors=errors
    )


def _unknown(request: HttpRequest, _: Any) -> HttpResponse:
    return problem(
        request, 401, "unknown-key", "缺少密钥，或密钥无效、已停用。",
        way_on="请在 Authorization 头中写 Bearer 和密钥；密钥由县级平台安全管理员发放。",
        headers={"WWW-Authenticate": 'Bearer realm="yike"'},
    )  # fmt: skip


def _malformed(request: HttpRequest, fault: Any) -> HttpResponse:
    return problem(
        request, fault.status_code, "malformed", "请求不是有效的 JSON。",
        way_on="请检查编码和括号：UTF-8，顶层是一个对象。",
    )  # fmt: skip


def _too_large(request: HttpRequest, _: Any) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024
    return problem(request, 413, "malformed", f"请求超过 {most} KB。", way_on="请缩短文字后重发。")


def _absent(request: HttpRequest, _: Any) -> HttpResponse:
    return problem(request, 404, "not-found", "没有找到，或您无权查看。")


def _moved(request: HttpRequest, _: Any) -> HttpResponse:
    """Some key has changed since this one was read: `shaped` asks again."""
    request.key_moved = True  # type: ignore[attr-defined]
    return problem(
        request, 503, "busy", "平台密钥正在变更。", way_on="请稍后用同一个 Idempotency-Key 重发。",
        headers={"Retry-After": "1"},
    )  # fmt: skip


def _failed(request: HttpRequest, fault: Any) -> HttpResponse:
    _log.error("wire request failed", exc_info=fault)
    return problem(
        request, 500, "failed", "系统出现故障，不能确定这次请求是否已经办成。",
        way_on="请用同一个 Idempotency-Key 重发，不会重复受理。",
    )  # fmt: skip


def shaped(
    view: Callable[..., HttpResponse],
    *,
    asks: frozenset[str] = frozenset(),
    posts: bool = False,
    reads: bool = False,
) -> Callable[..., Any]:
    """This will refuse a wrong method, content type or question before the view, in the one shape.

    `asks`: the names that may stand after the question mark; a misspelt one is not passed over.
    `posts`: takes a body, in JSON. `reads`: a page of the door itself, only to be read; the API's
    own views know their methods.
    """

    @wraps(view)
    def within(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and posts and request.content_type != "application/json":
            return problem(
                request, 415, "wrong-type", "请求的内容类型必须是 application/json。",
                way_on="请加上 Content-Type: application/json。",
            )  # fmt: skip
        if reads and request.method not in ("GET", "HEAD"):
            return _wrong_method(request, "GET, HEAD")
        if not reads and (unknown := sorted(set(request.GET) - asks)):
            return _unknown_question(request, unknown)
        found = view(request, *args, **kwargs)
        if getattr(request, "key_moved", False):  # some key has changed: read again, once
            people_actions.forget_keys(actor=request.actor)  # type: ignore[attr-defined]
            found = view(request, *args, **kwargs)
        if found.status_code == 405:
            return _wrong_method(request, found.headers["Allow"])
        return found

    within.csrf_exempt = True  # type: ignore[attr-defined]  # nothing here trusts a cookie
    return within


def _wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    return problem(
        request, 405, "wrong-method", f"这个接口只接受 {allowed}。",
        way_on="见 /api/v1/docs。", headers={"Allow": allowed},
    )  # fmt: skip


def _unknown_question(request: HttpRequest, unknown: list[str]) -> HttpResponse:
    errors = [{"field": name, "detail": "没有这个查询参数"} for name in unknown]
    detail = f"没有这样的查询参数：{'、'.join(unknown)}"
    way_on = "请对照 /api/v1/docs 修改后重发。"
    return problem(request, 422, "bad-input", detail, way_on=way_on, errors=errors)
