"""Asks 天地图 where an address lies: one call to its service, only with the office's own key.

Off unless the administrator set `tianditu_server_key`: an address then leaves the house, when
somebody presses the button. https://lbs.tianditu.gov.cn/server/geocodinginterface.html
"""

from __future__ import annotations

import json
import math
from urllib.parse import urlencode

from django.conf import settings

from yike.rooms.core.actor import Actor
from yike.rooms.guard import calling, limits
from yike.rooms.places.addressing import METRES, Candidate, plain
from yike.rooms.regions import queries as region_queries
from yike.rooms.regions.coordinates import Point

ADDRESS = "https://api.tianditu.gov.cn/geocoder"
_SECONDS = 5
_A_DAY, _PER_DAY = 24 * 3600, 200


class NotAnswered(Exception):
    """It gave no answer; the sentence is for people."""


def is_allowed() -> bool:
    """This will say whether the office gave a key for it."""
    return bool(settings.YIKE.tianditu_server_key)


def ask(address: str, *, county: str, actor: Actor) -> tuple[Candidate, ...]:
    """This will return where 天地图 finds an address, () where it knows none in the county.

    Refuses TooMany the 201st address in a day. Fails with NotAnswered.
    """
    text = plain(address)
    if not is_allowed() or len(text) < 2:
        return ()
    limits.allow(what="geocode", who=actor.ref, per_seconds=_A_DAY, at_most=_PER_DAY)
    asked = {"ds": json.dumps({"keyWord": text}, ensure_ascii=False)}
    url = f"{ADDRESS}?{urlencode(asked | {'tk': settings.YIKE.tianditu_server_key})}"
    try:
        answer = calling.call(
            url=url, body=b"", headers={"User-Agent": "yike"}, seconds=_SECONDS, method="GET",
            hosts=frozenset(),
        )  # fmt: skip
    except (calling.Unreached, calling.Silent):
        raise NotAnswered("天地图没有应答。") from None  # the reason may hold the key
    if answer.status != 200:
        raise NotAnswered(f"天地图没有答复（{answer.status}），请系统管理员看看密钥和限额。")
    found = read(answer.body, text)
    return tuple(one for one in found if _in_county(one.point, county))


def read(body: bytes, text: str) -> tuple[Candidate, ...]:
    """This will read an answer; () for an address it does not know. Fails with NotAnswered."""
    try:
        told = json.loads(body)
        if str(told["status"]) != "0":
            return ()
        place = told.get("location") or {}
        point = float(place["lon"]), float(place["lat"])
        if not all(map(math.isfinite, point)):
            raise ValueError("no number")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as odd:
        raise NotAnswered("天地图的答复看不懂。") from odd
    level = str(place.get("level", ""))[:20]
    exact = _exact(level)
    return (
        Candidate(
            name=str(place.get("keyWord") or text)[:80], source="天地图", exact=exact,
            matched=level or "没有说明到哪一级", point=point, metres=METRES[exact],
        ),
    )  # fmt: skip


def _exact(level: str) -> str:
    """Its word for how exact it is, in ours; an unknown word is not taken for exact."""
    if "门" in level or "兴趣点" in level or "地名" in level:
        return "place"
    if "路" in level or "街巷" in level:
        return "road"
    return "village" if "村" in level else "town"


def _in_county(point: Point, county: str) -> bool:
    west_to_east = -180 <= point[0] <= 180 and -90 <= point[1] <= 90
    return west_to_east and region_queries.is_inside(point, county) is not False
