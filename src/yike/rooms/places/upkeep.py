"""When a point may be shown, what an entry lacks, when it is stale, how many are equipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

FACILITIES = {"station": "站点", "terminal": "智能终端设备", "sign": "指引牌和元素"}
SIGN_KINDS = {
    "board": "12348热线指引牌",
    "guide": "线上线下融合服务指引牌",
    "element": "公共法律服务和法治宣传元素",
}
DIRECTIONS = {
    "n": "朝北", "ne": "朝东北", "e": "朝东", "se": "朝东南", "s": "朝南", "sw": "朝西南",
    "w": "朝西", "nw": "朝西北", "inside": "室内",
}  # fmt: skip
WAITING, GOOD, REFUSED = "waiting", "good", "refused"
PHOTO_STATUSES = {WAITING: "待审核", GOOD: "审核通过", REFUSED: "已退回"}
CHECKS = {"fine": "完好", "worn": "褪色或破损", "wrong": "内容过时", "gone": "不见了"}
SITE_KINDS = {
    "front": "法治宣传教育阵地",
    "park": "法治文化公园",
    "admin": "行政服务中心",
    "near": "便民服务中心",
}
PLATFORMS = {
    "alipay": "浙里办支付宝小程序码",
    "wechat": "浙里办微信小程序码",
    "own": "自有二维码",
}
UNKNOWN, FINE, BROKEN = "unknown", "fine", "broken"
LINK_STATES = {UNKNOWN: "没有检查过", FINE: "打得开", BROKEN: "打不开"}
#: what an entry should tell, by kind: fact → its name
FACTS: Mapping[str, Mapping[str, str]] = {
    "station": {"point": "坐标", "photo": "照片", "hours": "开放时间", "phone": "电话"},
    "terminal": {
        "point": "坐标", "photo": "照片", "model": "型号", "owner": "权属单位",
        "warranty": "保修期",
    },
    "sign": {"point": "坐标", "photo": "照片", "text": "文字版本", "owner": "权属单位",
             "check": "巡查"},
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """How much of what an entry should tell is there, and what is not."""

    percent: int
    missing: tuple[str, ...]


def completeness(facility: str, known: Mapping[str, bool]) -> Completeness:
    """This will return the share of the facts that are known, in whole percent, rounded down."""
    facts = FACTS[facility]
    missing = tuple(name for code, name in facts.items() if not known.get(code))
    return Completeness(percent=(len(facts) - len(missing)) * 100 // len(facts), missing=missing)


def hindrances(
    *, open_: bool, point: bool, photos: Sequence[tuple[date | None, str, str]]
) -> tuple[str, ...]:
    """This will say in sentences what keeps a point off the map; () when it may be shown.

    `photos`: day taken, direction and status of each. One that was reviewed is needed, with its
    day and its direction.
    """
    found = []
    if not open_:
        found.append("已经停用或拆除")
    if not point:
        found.append("没有坐标")
    if not photos:
        found.append("没有现场照片")
    elif not any(day and direction and status == GOOD for day, direction, status in photos):
        waits = any(status == WAITING for _, _, status in photos)
        found.append("现场照片还没有审核" if waits else "现场照片没有审核通过的")
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class Review:
    """After how many days facts are looked through again, and how early that is said."""

    days: int
    warn_days: int

    def due_on(self, confirmed_on: date | None, since: date) -> date:
        """This will return the last day on which facts are fresh.

        `since`: the day of the entry, which counts until somebody confirms it.
        """
        return (confirmed_on or since) + timedelta(days=self.days)

    def is_stale(self, confirmed_on: date | None, since: date, today: date) -> bool:
        """This will say whether facts were not looked through for too long."""
        return self.due_on(confirmed_on, since) < today

    def is_soon(self, confirmed_on: date | None, since: date, today: date) -> bool:
        """This will say whether that is due within the days of warning."""
        due = self.due_on(confirmed_on, since)
        return today <= due < today + timedelta(days=self.warn_days)


def percent(part: int, whole: int) -> int | None:
    """This will return a share in whole percent, rounded down; None of nothing."""
    return part * 100 // whole if whole else None


def unfit_target(address: str) -> str:
    """This will say why an address may not be the target of a code; "" when it may."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "目标地址写得不对。"
    if parts.scheme != "https" or not host:
        return "目标地址要以 https:// 开头。"
    if parts.username or parts.password:
        return "目标地址里不能写用户名和密码。"
    if not address.isascii() or not address.isprintable() or any(c in address for c in " \\\"'<>"):
        return "目标地址里只能有英文字母、数字和符号；中文请先转成 %E4 这样的写法。"
    return ""
