"""Another platform's list by OGC API – Features: page after page from one host, within limits.

Writes nothing and decides nothing; called by a job, outside any transaction.
"""

from __future__ import annotations

import json
import tempfile
from typing import Any, BinaryIO, cast
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from django.conf import settings

from yike.rooms.exchange import point_files
from yike.rooms.guard import calling

#: more than a county's points, and less than what would hold a worker up
MOST_PAGES, MOST_BYTES, SECONDS = 50, 20_000_000, 30
_PAGE = "1000"
_HEADERS = {"Accept": "application/geo+json, application/json", "User-Agent": "yike"}


class NotFetched(Exception):
    """The list could not be fetched; the sentence is for people."""


def hosts() -> frozenset[str]:
    """This will return the private hosts that the administrator lets be called."""
    listed = str(settings.YIKE.link_hosts).lower().split(",")
    return frozenset(one.strip() for one in listed if one.strip())


def items_of(url: str) -> str:
    """This will return the address of a collection's items, with a page size where none is told."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    path = path if path.endswith("/items") else f"{path}/items"
    asked = dict(parse_qsl(parts.query)) or {}
    query = urlencode({"limit": _PAGE} | asked)
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def fetched(url: str) -> bytes:
    """This will return every feature of a collection as one GeoJSON file. Refuses NotFetched."""
    where, seen, found, size = items_of(url), set[str](), list[Any](), 0
    while where:
        if len(seen) >= MOST_PAGES:
            raise NotFetched(f"对方的清单超过 {MOST_PAGES} 页，没有取完，请对方每页多给一些。")
        seen.add(where)
        page, length = _page(where, MOST_BYTES - size)
        size += length
        found += _features(page)
        if len(found) > point_files.MAX_LINES:
            raise NotFetched(f"对方的清单超过 {point_files.MAX_LINES} 个点，请缩小范围。")
        where = _next(page, where, url)
        if where in seen:
            raise NotFetched("对方的“下一页”指回了已经取过的一页，请对方检查。")
    return json.dumps({"type": "FeatureCollection", "features": found}).encode()


def _page(url: str, most: int) -> tuple[dict[str, Any], int]:
    with tempfile.TemporaryFile() as kept:
        stream = cast(BinaryIO, kept)
        try:
            answer = calling.fetch(
                url=url, headers=_HEADERS, seconds=SECONDS, hosts=hosts(), into=stream, most=most
            )
        except calling.TooMuch:
            raise NotFetched(f"对方的清单超过 {MOST_BYTES // 1_000_000} MB，没有取完。") from None
        except (calling.Unreached, calling.Silent) as no:
            raise NotFetched(f"连不上或没有答完：{str(no)[:120]}") from None
        if 300 <= answer.status < 400:
            raise NotFetched("对方把地址转到了别处，不跟随；请登记转到的地址。")
        if answer.status != 200:
            raise NotFetched(f"对方回答 {answer.status}。")
        length = stream.tell()
        stream.seek(0)
        try:
            told = json.load(stream)
        except (ValueError, RecursionError):
            raise NotFetched("对方的回答不是 GeoJSON。") from None
    if not isinstance(told, dict):
        raise NotFetched("对方的回答不是 GeoJSON。")
    return told, length


def _features(page: dict[str, Any]) -> list[Any]:
    rows = page.get("features")
    if page.get("type") != "FeatureCollection" or not isinstance(rows, list):
        raise NotFetched("对方的回答不是要素集（FeatureCollection），请登记图层的 items 地址。")
    return [
        {"type": "Feature", "properties": one.get("properties"), "geometry": one.get("geometry")}
        for one in rows
        if isinstance(one, dict)
    ]


def _next(page: dict[str, Any], here: str, start: str) -> str:
    """The next page, "" after the last. Refuses one on another host than the registered."""
    links = page.get("links")
    told = [one for one in links if isinstance(one, dict)] if isinstance(links, list) else []
    href = next((one.get("href") for one in told if one.get("rel") == "next"), None)
    if not isinstance(href, str) or not href:
        return ""
    try:
        where = urljoin(here, href)
        if _origin(where) != _origin(start) or calling.unfit(where, hosts()):
            raise NotFetched("对方的“下一页”不在登记的主机上，没有去取。")
    except ValueError:
        raise NotFetched("对方的“下一页”地址写得不对。") from None
    return where


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port
