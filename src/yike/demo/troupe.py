"""Those who serve in the play besides its speaking parts: houses, people, teams, stationings."""

from __future__ import annotations

from dataclasses import dataclass

from yike.demo import cast

COUNTY, SHIPU = cast.COUNTY, cast.SHIPU


@dataclass(frozen=True, kw_only=True)
class House:
    """An institution that joined the platforms; `uscc` and numbers are made up."""

    key: str
    name: str
    kind: str
    region: str = COUNTY
    offers: tuple[tuple[str, str], ...]
    licence: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """So many people of one kind in one institution."""

    house: str
    kind: str
    people: int
    title: str
    #: name of the licence that must be held, "" for none; years it lasts, 0 for no end
    licence: str = ""
    years: int = 0
    specialties: tuple[str, ...] = ()
    capacity: int = 0


_LAW = (("S01", "direct"), ("S01", "booking"), ("S02", "circuit"), ("S06", "direct"))
HOUSES = (
    House(key="firm2", name="浙江松兰律师事务所", kind="law_firm", offers=_LAW,
          licence="律师事务所执业许可证"),
    House(key="firm3", name="浙江檀头山律师事务所", kind="law_firm", region=SHIPU, offers=_LAW,
          licence="律师事务所执业许可证"),
    House(key="firm4", name="浙江花岙律师事务所", kind="law_firm", offers=_LAW,
          licence="律师事务所执业许可证"),
    House(key="arbitration", name="象山仲裁服务站", kind="arbitration",
          offers=(("S05", "direct"), ("S05", "booking")), licence="仲裁委员会授权书"),
    House(key="legal1", name="丹城基层法律服务所", kind="township_legal_service",
          offers=(("S01", "direct"), ("S02", "circuit")), licence="基层法律服务所执业证"),
    House(key="legal2", name="石浦基层法律服务所", kind="township_legal_service", region=SHIPU,
          offers=(("S01", "direct"), ("S02", "circuit")), licence="基层法律服务所执业证"),
    House(key="publicity", name="象山县法治宣传教育中心", kind="publicity",
          offers=(("S09", "direct"), ("S09", "circuit")), licence="事业单位法人证书"),
)  # fmt: skip

GROUPS = (
    Group(house="firm", kind="01", people=4, title="律师", licence="律师执业证", years=2,
          specialties=("A01", "B01", "C01"), capacity=8),
    Group(house="firm2", kind="01", people=6, title="律师", licence="律师执业证", years=2,
          specialties=("B03", "D04", "F03"), capacity=8),
    Group(house="firm3", kind="01", people=5, title="律师", licence="律师执业证", years=2,
          specialties=("E04", "B02", "F01"), capacity=6),
    Group(house="firm4", kind="01", people=5, title="律师", licence="律师执业证", years=2,
          specialties=("I01", "I04", "H03"), capacity=6),
    Group(house="notary", kind="02", people=4, title="公证员", licence="公证员执业证",
          specialties=("A02", "J02"), capacity=20),
    Group(house="appraisal", kind="03", people=4, title="司法鉴定人",
          licence="司法鉴定人执业证", years=5, specialties=("J03", "C01"), capacity=10),
    Group(house="arbitration", kind="04", people=4, title="仲裁员", licence="仲裁员聘书",
          years=3, specialties=("F03", "G01"), capacity=6),
    Group(house="mediation", kind="05", people=5, title="专职调解员",
          specialties=("A01", "E03", "C02"), capacity=12),
    Group(house="fishery", kind="05", people=5, title="渔业调解员", specialties=("E04", "B04"),
          capacity=12),
    Group(house="aid", kind="06", people=4, title="法律援助工作人员",
          specialties=("B03", "A03", "H05"), capacity=15),
    Group(house="legal1", kind="07", people=4, title="基层法律服务工作者",
          licence="基层法律服务工作者执业证", years=3, specialties=("E01", "A03"), capacity=6),
    Group(house="legal2", kind="07", people=3, title="基层法律服务工作者",
          licence="基层法律服务工作者执业证", years=3, specialties=("E01", "E04"), capacity=6),
    Group(house="publicity", kind="08", people=3, title="普法讲师", specialties=("G04",),
          capacity=4),
    Group(house="review", kind="09", people=3, title="复议应诉人员",
          specialties=("H01", "H03"), capacity=10),
)  # fmt: skip

LANGUAGES = (
    ("普通话", "象山话"), ("普通话", "象山话", "石浦话"), ("普通话", "宁波话"),
    ("普通话", "闽南话"), ("普通话", "象山话", "手语"), ("普通话", "英语"),
)  # fmt: skip
SURNAMES = "俞郁石史励董蒋沈陆姜范金章贺葛钟蔡潘杜戴夏汪田任范方贝翁柯鲍"
GIVEN = (
    "建国", "春燕", "宏伟", "海燕", "明达", "静怡", "学军", "素珍", "可为", "云帆",
    "玉兰", "思远", "振宇", "美娟", "承业", "若晨", "向阳",
)  # fmt: skip

#: house, platform (or the key of a station), way, whether it came true, else why not
STATIONINGS = (
    ("notary", "st-centre", "window", True, ""),
    ("aid", "st-centre", "window", True, ""),
    ("mediation", "st-centre", "window", True, ""),
    ("review", "st-centre", "window", True, ""),
    ("appraisal", "st-centre", "rota", True, ""),
    ("arbitration", "st-centre", "rota", True, ""),
    ("publicity", "st-centre", "guide", True, ""),
    ("firm", "st-centre", "rota", True, ""),
    ("firm2", "st-centre", "rota", True, ""),
    ("firm3", "st-centre", "rota", False, "people"),
    ("firm4", "st-centre", "rota", True, ""),
    ("legal1", "st-centre", "rota", False, "agreement"),
    ("firm", "hotline", "rota", True, ""),
    ("firm2", "hotline", "rota", True, ""),
    ("firm4", "hotline", "rota", True, ""),
    ("mediation", "hotline", "transfer", True, ""),
    ("notary", "hotline", "transfer", True, ""),
    ("appraisal", "hotline", "transfer", False, ""),
    ("firm", "web", "online", True, ""),
    ("firm2", "web", "online", True, ""),
    ("notary", "web", "online", True, ""),
    ("mediation", "web", "online", True, ""),
    ("arbitration", "web", "online", False, "room"),
    ("aid", "web", "online", True, ""),
    ("firm3", "st-shipu", "rota", True, ""),
    ("fishery", "st-shipu", "window", True, ""),
    ("legal2", "st-shipu", "window", True, ""),
    ("notary", "st-shipu", "guide", True, ""),
    ("notary", "st-hepu", "guide", True, ""),
    ("notary", "st-xizhou", "guide", False, "demand"),
    ("firm2", "st-daxu", "rota", True, ""),
    ("firm4", "st-dongchen", "rota", False, "people"),
    ("legal1", "st-xianxiang", "rota", True, ""),
)

#: the nine kinds' departments, and who of the cast answers
CHARGES = (
    ("01", "公共法律服务管理科", "paidan"), ("02", "公共法律服务管理科", "paidan"),
    ("03", "公共法律服务管理科", "paidan"), ("04", "公共法律服务管理科", "paidan"),
    ("05", "人民参与和促进法治科", "juzhang"), ("06", "法律援助中心", "yuanzhu"),
    ("07", "公共法律服务管理科", "paidan"), ("08", "普法与依法治理科", "juzhang"),
    ("09", "行政复议与应诉科", "fuyi"),
)  # fmt: skip

#: windows and rooms of the county's centre: kind, code, name, services, who, queue
SPACES = (
    ("window", "W1", "1号综合窗口", ("S01", "S06", "S07"), "", "A"),
    ("window", "W2", "2号法律援助窗口", ("S06",), "aid", "B"),
    ("window", "W3", "3号公证窗口", ("S03",), "notary", "C"),
    ("window", "W4", "4号人民调解窗口", ("S07",), "mediation", "D"),
    ("window", "W5", "5号行政复议窗口", ("S10",), "review", "E"),
    ("window", "W6", "6号鉴定仲裁窗口", ("S04", "S05"), "", "F"),
    ("consult", "R1", "律师咨询室", ("S01",), "", ""),
    ("mediation", "R2", "调解室", ("S07",), "", ""),
    ("video", "R3", "远程视频室", ("S01", "S06"), "", ""),
)
