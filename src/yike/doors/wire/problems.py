"""Every no of the wire in one shape: application/problem+json, RFC 9457."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from yike.rooms.core.refusal import BadInput, Refusal, TooMany

_log = logging.getLogger("yike.wire")
_TITLES = {
    "bad-input": "内容不正确",
    "clash": "与已有记录冲突",
    "malformed": "请求格式不正确",
    "not-allowed": "现在不能这样做",
    "not-found": "没有找到",
    "refused": "不能办理",
    "too-many": "请求过于频繁",
    "unknown-key": "密钥无效",
    "failed": "系统故障",
}


def problem(
    request: HttpRequest,
    status: int,
    code: str,
    detail: str,
    *,
    way_on: str = "",
    errors: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """This will return one error; `code` is stable and meant for programs."""
    body: dict[str, Any] = {
        "type": f"/api/problems/{code}",
        "title": _TITLES.get(code, detail),
        "status": status,
        "detail": detail,
        "way_on": way_on,
        "request_id": getattr(request, "request_id", ""),
        "errors": errors or [],
    }
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, "application/problem+json", status=status, headers=headers)


def install(api: NinjaAPI) -> None:
    """This will turn every exception of the API into a problem."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _malformed)
    api.add_exception_handler(Http404, _absent)
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
        request,
        fault.status_code,
        "malformed",
        "请求不是有效的 JSON。",
        way_on="请检查编码和括号。",
    )


def _absent(request: HttpRequest, _: Any) -> HttpResponse:
    return problem(request, 404, "not-found", "没有找到，或您无权查看。")


def _failed(request: HttpRequest, fault: Any) -> HttpResponse:
    _log.error("wire request failed", exc_info=fault)
    return problem(
        request, 500, "failed", "系统出现故障，这次请求没有留下任何记录。",
        way_on="请用同一个 Idempotency-Key 重发，不会重复受理。",
    )  # fmt: skip
