"""The page for programmers: the OpenAPI description as plain tables, with examples to copy.

Drawn here rather than by a script of 1.4 MB: it works under the house's CSP, on paper, and for
whoever listens to it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema

from yike.doors.kit.pages import show

#: kind of a value → its name
_KINDS = {"string": "文字", "integer": "整数", "boolean": "true 或 false", "date-time": "时间",
          "null": "null", "uuid": "编号（UUID）", "date": "日期"}  # fmt: skip
#: pattern → what it means
_PATTERNS = {
    r"^\d{12}$": "12 位数字",
    r"^[^\x00-\x1f\x7f]*$": "文字",
    r"^[^\x00]{0,20}$": "文字，最多 20 字",
    r"^[\x21-\x7e]+$": "字母、数字、符号",
}
#: where a parameter stands → its name
_PLACES = {"path": "地址中", "query": "问号后", "header": "请求头"}
_DONE = {"200": "成功", "201": "已受理", "204": "已办好，没有内容返回"}
_ERRORS = {
    "400": "不是有效的 JSON",
    "401": "没有带密钥，或者密钥无效、已停用",
    "403": "密钥没有这个权限",
    "404": "没有找到，或者不是贵平台提交的",
    "405": "方法不对",
    "409": "现在不能这样办，例如已经答复的不能撤回、时段刚被约满；"
    "同一个 Idempotency-Key 配了不同内容",
    "413": "请求太大",
    "415": "Content-Type 不是 application/json",
    "422": "字段不正确，errors 里逐个写明",
    "429": "请求太多，按 Retry-After 等一等",
}


@dataclass(frozen=True)
class FieldDoc:
    """One field or parameter."""

    name: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True)
class Piece:
    """Words, or something to be typed as it stands."""

    words: str
    code: bool


@dataclass(frozen=True)
class AnswerDoc:
    """One answer: status, what it means, and the name of its shape."""

    status: str
    words: str
    shape: str

    @property
    def anchor(self) -> str:
        """Where the shape is described on the page."""
        return self.shape.removesuffix(" []")


@dataclass(frozen=True)
class CallDoc:
    """One address with a method."""

    id: str
    method: str
    path: str
    summary: str
    words: tuple[Piece, ...]
    params: tuple[FieldDoc, ...]
    body: tuple[FieldDoc, ...]
    answers: tuple[AnswerDoc, ...]
    example: str


@dataclass(frozen=True)
class ShapeDoc:
    """One object that comes back."""

    name: str
    words: str
    fields: tuple[FieldDoc, ...]


@dataclass(frozen=True)
class DocsFace:
    """The whole page."""

    title: str
    version: str
    lead: str
    guide: tuple[tuple[Piece, ...], ...]
    calls: tuple[CallDoc, ...]
    errors: tuple[AnswerDoc, ...]
    shapes: tuple[ShapeDoc, ...]
    openapi: str


class Docs(DocsBase):
    """The page at /api/v1/docs."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """This will show the description that openapi.json gives to machines."""
        schema = json.loads(json.dumps(api.get_openapi_schema(path_params=kwargs), default=str))
        return show(request, "wire/docs.html", face(schema, self.get_openapi_url(api, kwargs)))


class Described(NinjaAPI):
    """An API whose description names the media type of its errors, as they are sent."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """This will return the description; errors are application/problem+json."""
        schema = super().get_openapi_schema(**kwargs)
        for methods in schema["paths"].values():
            for call in methods.values():
                for answer in call["responses"].values():
                    _name_errors(answer)
        return schema


def _name_errors(answer: dict[str, Any]) -> None:
    content = answer.get("content", {})
    told = content.get("application/json", {})
    if str(told.get("schema", {}).get("$ref", "")).endswith("/Problem"):
        answer["content"] = {"application/problem+json": told}


def face(schema: dict[str, Any], openapi: str) -> DocsFace:
    """This will return the page's face of an OpenAPI 3.1 description."""
    shapes = schema["components"]["schemas"]
    lead, *told = schema["info"]["description"].strip().split("\n* ")
    return DocsFace(
        title=schema["info"]["title"],
        version=schema["info"]["version"],
        lead=lead.strip(),
        guide=tuple(pieces(words) for words in told),
        calls=tuple(
            _call(path, method, call, shapes)
            for path, methods in schema["paths"].items()
            for method, call in methods.items()
        ),
        errors=tuple(AnswerDoc(status, words, "Problem") for status, words in _ERRORS.items()),
        shapes=tuple(
            ShapeDoc(name, shape.get("description", ""), _fields(shape))
            for name, shape in shapes.items()
            if not name.endswith("In")
        ),
        openapi=openapi,
    )


def pieces(words: str) -> tuple[Piece, ...]:
    """This will part words at their backticks; every second part stands in code."""
    parts = enumerate(words.strip().replace("\n", "").replace("  ", "").split("`"))
    return tuple(Piece(part, no % 2 == 1) for no, part in parts if part)


def body_example(shape: dict[str, Any]) -> dict[str, Any]:
    """This will return a body made of the examples of a shape's fields: it can be sent as it is."""
    return {
        name: field["examples"][0]
        for name, field in shape.get("properties", {}).items()
        if field.get("examples")
    }


def _call(path: str, method: str, call: dict[str, Any], shapes: dict[str, Any]) -> CallDoc:
    sent = _sent(call, shapes)
    return CallDoc(
        id=call["operationId"],
        method=method.upper(),
        path=path,
        summary=call.get("summary", ""),
        words=pieces(call.get("description", "")),
        params=tuple(_param(one) for one in call.get("parameters", ())),
        body=_fields(sent),
        answers=tuple(
            _answer(status, one)
            for status, one in call["responses"].items()
            if status not in _ERRORS
        ),
        example=_curl(method, path, call, sent),
    )


def _sent(call: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    content = call.get("requestBody", {}).get("content", {})
    found = content.get("application/json", {}).get("schema", {})
    return dict(shapes[found["$ref"].rsplit("/", 1)[1]]) if "$ref" in found else {}


def _param(one: dict[str, Any]) -> FieldDoc:
    told = one["schema"]
    words = told.get("description", "") or one.get("description", "")
    kind = f"{_PLACES.get(one['in'], one['in'])}，{_kind(told)}"
    return FieldDoc(one["name"], kind, one.get("required", False), words)


def _answer(status: str, one: dict[str, Any]) -> AnswerDoc:
    content: dict[str, Any] = next(iter(one.get("content", {}).values()), {})
    schema = content.get("schema", {})
    ref = schema.get("$ref") or schema.get("items", {}).get("$ref", "")
    many = " []" if schema.get("type") == "array" else ""
    return AnswerDoc(status, _DONE.get(status, ""), ref.rsplit("/", 1)[-1] + many)


def _fields(shape: dict[str, Any]) -> tuple[FieldDoc, ...]:
    needed = shape.get("required", ())
    return tuple(
        FieldDoc(name, _kind(told), name in needed, told.get("description", ""))
        for name, told in shape.get("properties", {}).items()
    )


def _kind(told: dict[str, Any]) -> str:
    """What may be written there, in a few words."""
    if "anyOf" in told:
        return " 或 ".join(_kind(one) for one in told["anyOf"])
    if "$ref" in told:
        return str(told["$ref"]).rsplit("/", 1)[1]
    if "enum" in told:
        return " | ".join(json.dumps(one) for one in told["enum"])
    kind = str(told.get("format") or told.get("type", ""))
    if kind == "array":
        return f"列表，每项：{_kind(told.get('items', {}))}"
    if told.get("pattern") in _PATTERNS:
        return _PATTERNS[told["pattern"]] + _length(told)
    return _KINDS.get(kind, kind) + _length(told)


def _length(told: dict[str, Any]) -> str:
    least, most = told.get("minLength", 0), told.get("maxLength")
    if "maximum" in told:
        return f"，{told.get('minimum', 0)} 到 {told['maximum']}"
    if not most:
        return ""
    return f"，{least} 到 {most} 字" if least > 1 else f"，最多 {most} 字"


def _curl(method: str, path: str, call: dict[str, Any], sent: dict[str, Any]) -> str:
    """An example to copy: only the key is to be filled in."""
    base = settings.YIKE.public_url.rstrip("/")
    for one in call.get("parameters", ()):
        if one["in"] == "path":
            value = (one["schema"].get("examples") or [one["name"]])[0]
            path = path.replace("{" + one["name"] + "}", str(value))
    lines = [f"curl -X {method.upper()} {base}{path}", "-H 'Authorization: Bearer KEY'"]
    if any(one["name"] == "Idempotency-Key" for one in call.get("parameters", ())):
        lines.append("-H 'Idempotency-Key: GD-20261121-0001'")
    if sent:
        lines.append("-H 'Content-Type: application/json'")
        lines.append(f"-d '{json.dumps(body_example(sent), ensure_ascii=False, indent=2)}'")
    return " \\\n  ".join(lines)
