"""The documents of the standard, made of layers and features: shapes only, nothing decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from shapely.geometry import mapping

from yike.rooms.core import clock
from yike.rooms.exchange import crs as crs_
from yike.rooms.exchange.crs import Crs
from yike.rooms.exchange.features import Feature, Found, extent
from yike.rooms.exchange.layers import Layer

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)
TITLE = "公共法律服务地图图层"
WORDS = (
    "公共法律服务站点、智能终端、指引牌和九类机构；带密钥的平台还可以读取未发布的点位、"
    "乡镇和村的边界、服务圈覆盖情况。坐标为 WGS84（CGCS2000 数值相同），不使用偏移坐标。"
)

Json = dict[str, Any]


def address(path: str = "", **asked: str) -> str:
    """This will return the whole address of a resource."""
    base = f"{settings.YIKE.public_url.rstrip('/')}/ogc{path}"
    return f"{base}?{urlencode(asked)}" if asked else base


def landing() -> Json:
    """This will return the landing page."""
    return {
        "title": TITLE,
        "description": WORDS,
        "links": [
            _link(address(), "self", JSON, "本页"),
            _link(address(), "alternate", HTML, "本页（网页）"),
            _link(address("/api"), "service-desc", OPENAPI, "接口说明（OpenAPI 3.0）"),
            _link(address("/api.html"), "service-doc", HTML, "接口说明（网页）"),
            _link(address("/conformance"), "conformance", JSON, "符合的标准条款"),
            _link(address("/collections"), "data", JSON, "图层目录"),
        ],
    }


def collections(told: list[Json]) -> Json:
    """This will return the list of layers."""
    return {
        "links": [_link(address("/collections"), "self", JSON, "本页")],
        "crs": list(crs_.BY_URI),
        "collections": told,
    }


def collection(layer: Layer, features: tuple[Feature, ...]) -> Json:
    """This will describe a layer by what the asker may see of it."""
    own = f"/collections/{layer.id}"
    told: Json = {
        "id": layer.id,
        "title": layer.title,
        "description": layer.words,
        "itemType": "feature",
        "crs": list(crs_.BY_URI),
        "storageCrs": crs_.CRS84.uri,
        "links": [
            _link(address(own), "self", JSON, layer.title),
            _link(address(f"{own}/items"), "items", GEOJSON, f"{layer.title}（GeoJSON）"),
        ],
    }
    box, period = extent(features)
    if box:
        known = {"bbox": [list(box)], "crs": crs_.CRS84.uri}
        told["extent"] = {"spatial": known}
    if period:
        ends = [_instant(end) if end else None for end in period]
        told.setdefault("extent", {})["temporal"] = {"interval": [ends]}
    return told


def items(layer: Layer, found: Found, crs: Crs, asked: Mapping[str, str], after: str) -> Json:
    """This will return one page of features."""
    path = f"/collections/{layer.id}/items"
    own = {**asked, "after": after} if after else dict(asked)
    links = [
        _link(address(path, **own), "self", GEOJSON, "本页"),
        _link(address(f"/collections/{layer.id}"), "collection", JSON, layer.title),
    ]
    if found.next:
        more = address(path, **{**asked, "after": found.next})
        links.append(_link(more, "next", GEOJSON, "下一页"))
    return {
        "type": "FeatureCollection",
        "links": links,
        "timeStamp": _instant(clock.now()),
        "numberMatched": found.matched,
        "numberReturned": len(found.rows),
        "features": [feature(one, crs) for one in found.rows],
    }


def item(layer: Layer, one: Feature, crs: Crs, asked: Mapping[str, str]) -> Json:
    """This will return one feature with its links."""
    own = f"/collections/{layer.id}"
    here = address(f"{own}/items/{quote(one.id, safe='')}", **asked)
    links = [
        _link(here, "self", GEOJSON, "本页"),
        _link(address(own), "collection", JSON, layer.title),
    ]
    return {**feature(one, crs), "links": links}


def feature(one: Feature, crs: Crs) -> Json:
    """This will return a feature as GeoJSON, its coordinates as the system writes them."""
    shape = None if one.shape is None else mapping(crs_.drawn(one.shape, crs))
    return {
        "type": "Feature", "id": one.id, "geometry": shape, "properties": dict(one.properties)
    }  # fmt: skip


def _link(href: str, rel: str, type_: str, title: str) -> Json:
    return {"href": href, "rel": rel, "type": type_, "title": title}


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
