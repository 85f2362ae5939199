"""What a siting plan can ask, of what it may be built, and its words. Pure."""

from __future__ import annotations

MCLP, COVER, SHARE, PMEDIAN, CENTER = "mclp", "cover", "share", "pmedian", "center"
#: question → what it means, in words
QUESTIONS = {
    MCLP: "个数或预算有限，让最多的人在时限内",
    COVER: "让所有人都在时限内，用最少的点",
    SHARE: "让一定比例的人在时限内，用最少的点",
    PMEDIAN: "个数或预算有限，让大家的路程合计最短",
    CENTER: "个数或预算有限，让最远的人尽量近",
}
#: questions that need a number or a budget
LIMITED = (MCLP, PMEDIAN, CENTER)
#: questions with a share of the people
SHARED = (SHARE, CENTER)
NUMBER, PRICE = "number", "price"
COUNTED = {NUMBER: "点数最少", PRICE: "花钱最少"}
STATION, KIOSK, MOBILE = "station", "kiosk", "mobile"
KINDS = {STATION: "站点", KIOSK: "自助终端", MOBILE: "巡回服务"}
WHOM = {"all": "所有人", "elderly": "老年人", "children": "儿童", "disabled": "残疾人"}
#: days of service that make a whole week
WEEK = 5
#: seconds a search may take
SECONDS = {10: "10 秒", 60: "1 分钟", 180: "3 分钟"}
