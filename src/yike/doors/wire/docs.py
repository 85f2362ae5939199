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


@dataclass(frozen=True)
class FieldDoc:
    """One field or parameter."""

    name: str
    kind: str
    required: bool
    words: str


@dataclass(frozen=True)
class AnswerDoc:
    """One answer: status, what it means, and the name of its shape."""

    status: str
    words: str
    shape: str


@dataclass(frozen=True)
class CallDoc:
    """One address with a method."""

    id: str
    method: str
    path: str
    summary: str
    words: str
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
    guide: tuple[str, ...]
    calls: tuple[CallDoc, ...]
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
    told = schema["info"]["description"].replace("\n* ", "\n\n* ").split("\n\n")
    return DocsFace(
        title=schema["info"]["title"],
        version=schema["info"]["version"],
        guide=tuple(words.removeprefix("* ").strip() for words in told if words.strip()),
        calls=tuple(
            _call(path, method, call, shapes)
            for path, methods in schema["paths"].items()
            for method, call in methods.items()
        ),
        shapes=tuple(
            ShapeDoc(name, shape.get("description", ""), _fields(shape))
            for name, shape in shapes.items()
        ),
        openapi=openapi,
    )


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
        words=call.get("description", ""),
        params=tuple(_param(one) for one in call.get("parameters", ())),
        body=_fields(sent),
        answers=tuple(_answer(status, one) for status, one in call["responses"].items()),
        example=_curl(method, path, call, sent),
    )


def _sent(call: dict[str, Any], shapes: dict[str, Any]) -> dict[str, Any]:
    content = call.get("requestBody", {}).get("content", {})
    found = content.get("application/json", {}).get("schema", {})
    return dict(shapes[found["$ref"].rsplit("/", 1)[1]]) if "$ref" in found else {}


def _param(one: dict[str, Any]) -> FieldDoc:
    told = one["schema"]
    words = told.get("description", "") or one.get("description", "")
    return FieldDoc(one["name"], f"{one['in']}, {_kind(told)}", one.get("required", False), words)


def _answer(status: str, one: dict[str, Any]) -> AnswerDoc:
    content: dict[str, Any] = next(iter(one.get("content", {}).values()), {})
    schema = content.get("schema", {})
    ref = schema.get("$ref") or schema.get("items", {}).get("$ref", "")
    many = " []" if schema.get("type") == "array" else ""
    return AnswerDoc(status, one.get("description", ""), ref.rsplit("/", 1)[-1] + many)


def _fields(shape: dict[str, Any]) -> tuple[FieldDoc, ...]:
    needed = shape.get("required", ())
    return tuple(
        FieldDoc(name, _kind(told), name in needed, told.get("description", ""))
        for name, told in shape.get("properties", {}).items()
    )


def _kind(told: dict[str, Any]) -> str:
    """What may be written there, in a few words."""
    if "anyOf" in told:
        return " | ".join(_kind(one) for one in told["anyOf"])
    if "$ref" in told:
        return str(told["$ref"]).rsplit("/", 1)[1]
    if "enum" in told:
        return " | ".join(json.dumps(one) for one in told["enum"])
    kind = str(told.get("format") or told.get("type", "any"))
    if kind == "array":
        kind = f"{_kind(told.get('items', {}))} []"
    if "pattern" in told:
        kind += f" {told['pattern']}"
    if "maxLength" in told:
        kind += f", {told.get('minLength', 0)}-{told['maxLength']}"
    return kind


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
