"""Who plays in the demonstration county: offices, people, stations. All names are made up.

The divisions are real (象山县); the same cast serves demo, tests, stories and pictures.
"""

from __future__ import annotations

from dataclasses import dataclass

from yike.rooms.people import roles

COUNTY = "330225000000"
#: One password for everybody, public on purpose: it opens made-up data only.
PASSWORD = "shike-liangfen-15"  # noqa: S105
#: the other platform that hands demands over
PEER = "12345政务服务热线平台（演示）"


@dataclass(frozen=True, kw_only=True)
class Office:
    """An institution of the play."""

    key: str
    name: str
    kind: str
    region: str
    phone: str = ""
    parent: str = "bureau"
    handles: bool = True
    pool: bool = False
    supplies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Player:
    """Somebody who signs in; `practises` is the resource kind of those who serve the public."""

    username: str
    name: str
    role: str
    office: str = ""
    region: str = ""
    level: int = 1
    practises: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A station of the play; `at` is WGS84 (lon, lat), known centres only."""

    key: str
    name: str
    level: int
    office: str
    region: str
    parent: str = ""
    at: tuple[float, float] | None = None
    address: str = ""


#: code of the town, short name, letters for the user name
TOWNS = (
    ("330225001000", "丹东", "dandong"),
    ("330225002000", "丹西", "danxi"),
    ("330225003000", "爵溪", "juexi"),
    ("330225101000", "石浦", "shipu"),
    ("330225102000", "西周", "xizhou"),
    ("330225103000", "鹤浦", "hepu"),
    ("330225104000", "贤庠", "xianxiang"),
    ("330225105000", "墙头", "qiangtou"),
    ("330225106000", "泗洲头", "sizhoutou"),
    ("330225107000", "定塘", "dingtang"),
    ("330225108000", "涂茨", "tuci"),
    ("330225109000", "大徐", "daxu"),
    ("330225110000", "新桥", "xinqiao"),
    ("330225200000", "东陈", "dongchen"),
    ("330225201000", "晓塘", "xiaotang"),
    ("330225202000", "黄避岙", "huangbiao"),
    ("330225203000", "茅洋", "maoyang"),
    ("330225204000", "高塘岛", "gaotangdao"),
)
SHIPU = "330225101000"
#: towns of the play that lie on an island, and its name
ISLANDS = {"330225103000": "南田岛", "330225204000": "高塘岛"}

_TOWN_SUPPLY = (
    ("S08", "direct"),
    ("S07", "direct"),
    ("S09", "direct"),
    ("S02", "circuit"),
    ("S01", "booking"),
    ("S06", "transfer"),
    ("S03", "guide"),
    ("S04", "guide"),
    ("S05", "guide"),
    ("S10", "transfer"),
)

#: what a village's point gives: somebody comes when asked for, nobody sits there
POINT_SUPPLY = (
    ("S02", "circuit"),
    ("S09", "circuit"),
    ("S07", "booking"),
    ("S01", "booking"),
    ("S08", "transfer"),
    ("S06", "transfer"),
    ("S03", "guide"),
    ("S04", "guide"),
    ("S05", "guide"),
    ("S10", "transfer"),
)

OFFICES: tuple[Office, ...] = (
    Office(
        key="bureau", name="象山县司法局", kind="bureau", region=COUNTY, parent="", handles=False
    ),
    Office(
        key="centre", name="象山县公共法律服务中心", kind="centre", region=COUNTY, pool=True,
        phone="0574-00012348", supplies=tuple((f"S{n:02d}", "direct") for n in (1, 3, 4, 6, 7, 9)),
    ),
    Office(
        key="hotline", name="12348热线象山坐席", kind="hotline", region=COUNTY, handles=False,
        phone="12348",
    ),
    Office(
        key="aid", name="象山县法律援助中心", kind="legal_aid", region=COUNTY,
        supplies=(("S06", "direct"),),
    ),
    Office(
        key="review", name="象山县行政复议受理窗口", kind="reconsideration", region=COUNTY,
        supplies=(("S10", "direct"),),
    ),
    Office(
        key="mediation", name="象山县人民调解中心", kind="mediation", region=COUNTY,
        supplies=(("S07", "direct"),),
    ),
    Office(
        key="fishery", name="石浦渔业纠纷人民调解委员会", kind="mediation", region=SHIPU,
        supplies=(("S07", "direct"),),
    ),
    Office(
        key="notary", name="象山海晏公证处", kind="notary", region=COUNTY,
        supplies=(("S03", "direct"),),
    ),
    Office(
        key="firm", name="象山渔光律师事务所", kind="law_firm", region=COUNTY,
        supplies=(("S01", "direct"), ("S02", "circuit")),
    ),
    Office(
        key="appraisal", name="象山东门司法鉴定所", kind="appraisal", region=COUNTY,
        supplies=(("S04", "direct"),),
    ),
    *(
        Office(key=key, name=f"{short}司法所", kind="office", region=code, supplies=_TOWN_SUPPLY)
        for code, short, key in TOWNS
    ),
)  # fmt: skip

#: One of each role first: their logins are printed at the first start.
LEADS: tuple[Player, ...] = (
    Player(
        username="juzhang", name="郑望海", role=roles.DIRECTOR, office="bureau",
        region=COUNTY, level=3,
    ),
    Player(
        username="jiandu", name="卢明察", role=roles.SUPERVISOR, office="bureau",
        region=COUNTY, level=2,
    ),
    Player(
        username="paidan", name="顾小满", role=roles.DISPATCHER, office="centre",
        region=COUNTY, level=2,
    ),
    Player(username="chuangkou", name="周一苇", role=roles.CLERK, office="centre", region=COUNTY),
    Player(username="rexian", name="钱听澜", role=roles.AGENT, office="hotline", region=COUNTY),
    Player(
        username="shipu", name="林石生", role=roles.OFFICER, office="shipu", region=SHIPU, level=2,
    ),
    Player(
        username="lvshi", name="沈若谷", role=roles.PRACTITIONER, office="firm", practises="01",
        title="值班律师",
    ),
    Player(
        username="tiaojie", name="王阿祥", role=roles.PRACTITIONER, office="fishery",
        practises="05", title="调解员",
    ),
    Player(
        username="gongzheng", name="许清和", role=roles.PRACTITIONER, office="notary",
        practises="02", title="公证员",
    ),
    Player(username="xitong", name="蒋维安", role=roles.ADMIN_SYSTEM),
    Player(username="anquan", name="褚守真", role=roles.ADMIN_SECURITY),
    Player(username="shenji", name="韩鉴明", role=roles.AUDITOR),
)  # fmt: skip

_SURNAMES = "陈林王张李黄吴周徐孙马朱胡郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧"
_GIVEN = (
    "海波",
    "小芬",
    "国平",
    "晓岚",
    "志强",
    "雅琴",
    "东明",
    "丽萍",
    "永康",
    "文静",
    "立军",
    "秀珍",
)

PLAYERS: tuple[Player, ...] = (
    *LEADS,
    Player(username="shipu2", name="郑小舟", role=roles.OFFICER, office="shipu", region=SHIPU),
    *(
        Player(
            username=key, name=f"{_SURNAMES[n]}{_GIVEN[n % len(_GIVEN)]}", role=roles.OFFICER,
            office=key, region=code,
        )
        for n, (code, _, key) in enumerate(TOWNS)
        if key != "shipu"
    ),
    Player(
        username="yuanzhu", name="方致远", role=roles.OFFICER, office="aid", region=COUNTY, level=2
    ),
    Player(username="fuyi", name="姚正己", role=roles.OFFICER, office="review", region=COUNTY),
    Player(
        username="tiaojie2", name="盛和美", role=roles.PRACTITIONER, office="mediation",
        practises="05", title="调解员",
    ),
    Player(
        username="jianding", name="苏明镜", role=roles.PRACTITIONER, office="appraisal",
        practises="03", title="司法鉴定人",
    ),
    Player(
        username="lvshi2", name="叶知秋", role=roles.PRACTITIONER, office="firm", practises="01",
        title="村（居）法律顾问",
    ),
)  # fmt: skip

#: (category, service item kind, office): what goes to a county body instead of the town's office
COUNTY_KINDS = (
    ("J02", "公证", "notary"),
    ("J03", "司法鉴定", "appraisal"),
    ("H01", "", "review"),
    ("H03", "行政复议", "review"),
    ("C02", "", "mediation"),
    ("", "法律援助", "aid"),
)
#: the town's own line that beats the county's
TOWN_KINDS = ((SHIPU, "E04", "fishery"),)

#: the six featured stations named in the county's list of tasks: name, region, its name there
FEATURED = (
    ("石浦镇公共法律服务工作站", SHIPU, "石浦镇"),
    ("大徐镇公共法律服务工作站", "330225109000", "大徐镇"),
    ("东陈乡公共法律服务工作站", "330225200000", "东陈乡"),
    ("石浦渔政站公共法律服务点", SHIPU, "石浦渔政站"),
    ("涂茨镇旭拱岙村公共法律服务点", "330225108220", "涂茨镇旭拱岙村"),
    ("茅洋乡溪东村公共法律服务点", "330225203218", "茅洋乡溪东村"),
)
