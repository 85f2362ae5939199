"""The scene's linkage: a file of 石浦 that waits, a list compared, a platform told of stations."""

from __future__ import annotations

from checks.scene import HOUSE, JINPING, Scene
from yike.demo import cast
from yike.rooms.core import clock
from yike.rooms.exchange import actions as exchange_actions
from yike.rooms.guard.acting import acting
from yike.rooms.notices import actions as notices_actions
from yike.rooms.notices import posting
from yike.rooms.notices import queries as notices_queries
from yike.rooms.notices.mail import Outcome
from yike.rooms.people import actions as people_actions

_SHEET = "编码,名称,类型,区划代码,经度,纬度\nLINK-1,检查用终端,自助机,{place},121.9321,29.2121\n"
_LIST = "编码,名称\nNOBODY,对方才有的站\n"


def link(scene: Scene) -> None:
    """石浦 brings a terminal and asks for approval; the director compares a list."""
    officer, director = scene.actors["officer"], scene.actors["director"]
    _told(scene)
    with acting(officer):
        upload = exchange_actions.take_upload(
            county=cast.COUNTY, facility="terminal", crs="wgs84", file_name="终端.csv", sure=True,
            content=_SHEET.format(place=f"{JINPING[:9]}000").encode(), actor=officer,
        )  # fmt: skip
        exchange_actions.submit_upload(upload_id=upload, actor=officer)
    with acting(director):
        compared = exchange_actions.compare_lists(
            county=cast.COUNTY, name="检查用平台", layer="stations", crs="wgs84", metres=100,
            content=_LIST.encode(), file_name="清单.csv", actor=director,
        )  # fmt: skip
    scene.ids |= {"upload": str(upload), "compared": str(compared)}


def _told(scene: Scene) -> None:
    """Another platform reads layers by its key, is told of stations, and has one code of ours."""
    with acting(HOUSE):
        made = people_actions.make_api_key(
            name="检查用地图", region_code=cast.COUNTY, scopes=("layers:read",), actor=HOUSE
        )
        peer = exchange_actions.register_peer(
            county=cast.COUNTY, name="检查用地图平台", key_id=made.id, actor=HOUSE,
            url="https://8.8.8.8/layers",
        ).id  # fmt: skip
        exchange_actions.subscribe(
            peer_id=peer, layer="stations", fields=["level", "town_code"], actor=HOUSE
        )
        exchange_actions.publish_codes(peer_id=peer, text="站点级别,3,C", actor=HOUSE)
        exchange_actions.push_changes(peer_id=peer, actor=HOUSE)
        _taken()
    scene.ids["mapper"] = str(peer)


def _taken() -> None:
    """What waits was taken over, without a call."""
    fate = posting.Fate(outcome=Outcome(state="sent", receipt="200"))
    for one in notices_queries.due_deliveries(clock.now()):
        notices_actions.take_delivery(delivery_id=one, now=clock.now(), actor=HOUSE)
        notices_actions.settle_delivery(delivery_id=one, fate=fate, now=clock.now(), actor=HOUSE)
