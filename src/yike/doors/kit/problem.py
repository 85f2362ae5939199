"""The one shape in which machines hear a no: application/problem+json, RFC 9457."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

_TITLES = {
    "bad-input": "内容不正确",
    "clash": "与已有记录冲突",
    "malformed": "请求格式不正确",
    "not-allowed": "现在不能这样做",
    "not-found": "没有找到",
    "refused": "不能办理",
    "too-large": "内容太大",
    "too-many": "请求过于频繁",
    "unknown-key": "密钥无效",
    "wrong-method": "请求方法不对",
    "wrong-type": "内容类型不对",
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
