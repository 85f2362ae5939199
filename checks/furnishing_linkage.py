"""The scene's linkage: a file of 石浦 that waits for approval, and a list compared with ours."""

from __future__ import annotations

from checks.scene import JINPING, Scene
from yike.demo import cast
from yike.rooms.exchange import actions as exchange_actions
from yike.rooms.guard.acting import acting

_SHEET = "编码,名称,类型,区划代码,经度,纬度\nLINK-1,检查用终端,自助机,{place},121.9321,29.2121\n"
_LIST = "编码,名称\nNOBODY,对方才有的站\n"


def link(scene: Scene) -> None:
    """石浦 brings a terminal and asks for approval; the director compares a list."""
    officer, director = scene.actors["officer"], scene.actors["director"]
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
