"""The OpenAPI 3.0 description, layer by layer: what may be asked, and what comes back."""

from __future__ import annotations

from typing import Any

from yike.doors.wire.ogc import answers, asking
from yike.rooms.exchange import crs as crs_
from yike.rooms.exchange.layers import Field, Layer

Json = dict[str, Any]
_STRING: Json = {"type": "string"}


def described(told: tuple[Layer, ...]) -> Json:
    """This will return the description for somebody who may read these layers."""
    paths: Json = {
        "/": _get("landing", "首页", "LandingPage"),
        "/conformance": _get("conformance", "符合的标准条款", "Conformance"),
        "/collections": _get("collections", "图层目录", "Collections"),
    }
    for layer in told:
        paths |= _paths(layer)
    return {
        "openapi": "3.0.3",
        "info": {"title": answers.TITLE, "version": "1.0", "description": answers.WORDS},
        "servers": [{"url": answers.address()}],
        "paths": paths,
        "components": {
            "schemas": _SHAPES,
            "responses": _RESPONSES,
            "parameters": _PARAMETERS,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"key": []}],
    }


def _paths(layer: Layer) -> Json:
    own = f"/collections/{layer.id}"
    name = layer.id.replace("-", "_")
    listed = [_ref("parameters", key.replace("-", "_")) for key in asking.LISTED]
    told = {**_get(f"{name}_items", layer.title, "Features", answers.GEOJSON)["get"]}
    told["parameters"] = [*listed, *(_field(one) for one in layer.asked)]
    one = {**_get(f"{name}_item", f"{layer.title}：一个要素", "Feature", answers.GEOJSON)["get"]}
    one["parameters"] = [_ref("parameters", "featureId"), _ref("parameters", "crs")]
    return {
        own: _get(name, f"{layer.title}：说明", "Collection"),
        f"{own}/items": {"get": {**told, "description": layer.words}},
        f"{own}/items/{{featureId}}": {"get": one},
    }


def _get(name: str, summary: str, shape: str, kind: str = answers.JSON) -> Json:
    content = {kind: {"schema": _ref("schemas", shape)}}
    good: Json = {"description": "成功", "content": content}
    if kind == answers.GEOJSON:
        good["headers"] = {
            "Content-Crs": {"description": "坐标系，写在尖括号里", "schema": _STRING}
        }
    no = {code: _ref("responses", f"No{code}") for code in ("400", "401", "404", "429")}
    found = {"operationId": name, "summary": summary, "responses": {"200": good, **no}}
    return {"get": found}


def _field(one: Field) -> Json:
    return {
        "name": one.name, "in": "query", "required": False,
        "description": f"只要这一项等于给定值的：{one.title}",
        "schema": {"type": one.type}, "style": "form", "explode": False,
    }  # fmt: skip


def _ref(where: str, name: str) -> Json:
    return {"$ref": f"#/components/{where}/{name}"}


def _list(shape: Json) -> Json:
    return {"type": "array", "items": shape}


def _object(required: tuple[str, ...], **shapes: Json) -> Json:
    return {"type": "object", "required": list(required), "properties": shapes}


def _query(name: str, words: str, schema: Json) -> Json:
    return {
        "name": name, "in": "query", "required": False, "description": words, "schema": schema,
        "style": "form", "explode": False,
    }  # fmt: skip


_URI: Json = {"type": "string", "format": "uri"}
_CRS: Json = {"type": "string", "format": "uri", "enum": list(crs_.BY_URI),
              "default": crs_.CRS84.uri}  # fmt: skip
_PARAMETERS: Json = {
    "bbox": _query(
        "bbox", "范围：左下角、右上角的坐标（可带高程，不用它），坐标系见 bbox-crs",
        {"type": "array", "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
         "items": {"type": "number"}},
    ),
    "bbox_crs": _query("bbox-crs", "bbox 的坐标系", _CRS),
    "crs": _query("crs", "返回的坐标系", _CRS),
    "datetime": _query("datetime", "时刻，或“开始/结束”，RFC 3339，.. 表示不限", _STRING),
    "limit": _query(
        "limit", "一页最多几个",
        {"type": "integer", "minimum": 1, "maximum": asking.MOST, "default": asking.USUAL},
    ),
    "after": _query("after", "从哪个编号之后开始；请用 next 链接，不要自己拼", _STRING),
    "featureId": {"name": "featureId", "in": "path", "required": True,
                  "description": "要素编号，不变", "schema": _STRING},
}  # fmt: skip
_PROBLEM: Json = {"application/problem+json": {"schema": _ref("schemas", "Problem")}}
_RESPONSES: Json = {
    "No400": {"description": "查询参数不认识或不正确", "content": _PROBLEM},
    "No401": {"description": "密钥无效或已停用", "content": _PROBLEM},
    "No404": {"description": "没有，或无权查看", "content": _PROBLEM},
    "No429": {"description": "请求太多，按 Retry-After 等一等", "content": _PROBLEM},
}
_LINKS = _list(_ref("schemas", "Link"))
_FEATURE = ("type", "id", "geometry", "properties")
_NUMBERED: Json = {"type": "integer", "minimum": 0}
_SHAPES: Json = {
    "Link": _object(("href", "rel", "type"), href=_URI, rel=_STRING, type=_STRING, title=_STRING),
    "LandingPage": _object(("links",), title=_STRING, description=_STRING, links=_LINKS),
    "Conformance": _object(("conformsTo",), conformsTo=_list(_URI)),
    "Collections": _object(
        ("links", "collections"), links=_LINKS, crs=_list(_URI),
        collections=_list(_ref("schemas", "Collection")),
    ),
    "Collection": _object(
        ("id", "links"), id=_STRING, title=_STRING, description=_STRING, links=_LINKS,
        itemType=_STRING, crs=_list(_URI), storageCrs=_URI, extent=_ref("schemas", "Extent"),
    ),
    "Extent": _object(
        (),
        spatial=_object(
            (), bbox=_list({"type": "array", "minItems": 4, "maxItems": 4,
                            "items": {"type": "number"}}), crs=_URI,
        ),
        temporal=_object(
            (), interval=_list({"type": "array", "minItems": 2, "maxItems": 2, "items": {
                "type": "string", "format": "date-time", "nullable": True}}),
        ),
    ),
    "Geometry": {
        "type": "object", "nullable": True, "required": ["type", "coordinates"],
        "properties": {"type": {"type": "string", "enum": [
            "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"]},
            "coordinates": {"type": "array", "items": {}}},
    },
    "Feature": _object(
        _FEATURE, type={"type": "string", "enum": ["Feature"]}, id=_STRING,
        geometry=_ref("schemas", "Geometry"), properties={"type": "object"}, links=_LINKS,
    ),
    "Features": _object(
        ("type", "features", "links", "numberMatched", "numberReturned", "timeStamp"),
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=_list(_ref("schemas", "Feature")), links=_LINKS, numberMatched=_NUMBERED,
        numberReturned=_NUMBERED, timeStamp={"type": "string", "format": "date-time"},
    ),
    "Problem": _object(
        ("type", "title", "status", "detail"), type=_STRING, title=_STRING,
        status={"type": "integer"}, detail=_STRING, way_on=_STRING, request_id=_STRING,
        errors=_list(_object((), field=_STRING, detail=_STRING)),
    ),
}  # fmt: skip
