"""The layers handed to maps: what each tells, who may read it, and its features for an actor.

Anybody reads what was published onto the map and the register of institutions. Outlines and
coverage, and points not yet published, are for keys with the scope and for staff, in their region.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotFound
from yike.rooms.exchange import sources
from yike.rooms.exchange.features import Feature
from yike.rooms.people.actions.api_keys import LAYERS
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.regions import codes


@dataclass(frozen=True, kw_only=True)
class Field:
    """One property: its name in files and questions, what it says, and its JSON type."""

    name: str
    title: str
    type: str = "string"
    #: may be asked for by its value
    asked: bool = False


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One layer. `geometry`: "Point" or "MultiPolygon" or "Geometry". `open`: for everybody."""

    id: str
    title: str
    words: str
    geometry: str
    open: bool
    read: Callable[[str, bool], tuple[Feature, ...]] = field(repr=False)
    fields: tuple[Field, ...] = ()

    @property
    def asked(self) -> tuple[Field, ...]:
        """The properties that may be asked for."""
        return tuple(one for one in self.fields if one.asked)


def _text(name: str, title: str, *, asked: bool = False) -> Field:
    return Field(name=name, title=title, asked=asked)


_WHERE = (
    _text("region_code", "区划代码（12 位）", asked=True),
    _text("region_name", "区划"),
    _text("town_code", "乡镇（街道）代码", asked=True),
    _text("address", "地址"),
)
_KEPT = (
    _text("point_crs", "坐标来源的坐标系（本文件一律 WGS84 / CGCS2000）", asked=True),
    _text("point_way", "位置怎么得到的", asked=True),
    Field(name="point_accuracy_m", title="位置误差（米）", type="number"),
    _text("published_on", "发布到地图的日期"),
    _text("confirmed_on", "最近核对日期"),
    Field(name="demo", title="是否演示数据", type="boolean", asked=True),
)
_STATION = (
    _text("code", "编码", asked=True),
    _text("name", "名称", asked=True),
    Field(name="level", title="级别 2 至 5", type="integer", asked=True),
    _text("level_name", "级别名称"),
    *_WHERE,
    _text("phone", "电话"),
    _text("hours", "开放时间"),
    _text("services", "服务"),
    _text("grade", "等级", asked=True),
    _text("institution", "管理机构"),
    Field(name="featured", title="是否特色品牌站点", type="boolean", asked=True),
    _text("theme", "特色主题"),
    _text("opened_on", "启用日期"),
    *_KEPT,
)
_FACILITY = (
    _text("code", "编码", asked=True),
    _text("name", "名称", asked=True),
    _text("kind", "类型", asked=True),
    _text("status", "状态代码", asked=True),
    _text("status_name", "状态"),
    *_WHERE,
    _text("installed_on", "设置日期"),
    *_KEPT,
)
_HOUSE = (
    _text("code", "编码", asked=True),
    _text("name", "名称", asked=True),
    _text("kind", "机构类别", asked=True),
    _text("kind_name", "机构类别名称"),
    *_WHERE,
    _text("phone", "公开电话"),
    _text("hours", "开放时间（机构公布的）"),
    _text("uscc", "统一社会信用代码", asked=True),
    _text("placed_by", "坐标怎么来：own 是机构自己的位置，village、town、county 指该级中心点"),
    Field(name="demo", title="是否演示数据", type="boolean", asked=True),
)
_OUTLINE = (
    _text("code", "区划代码（12 位）", asked=True),
    _text("name", "名称", asked=True),
    _text("parent_code", "上级代码", asked=True),
    Field(name="year", title="边界年份", type="integer", asked=True),
    _text("source", "边界来源", asked=True),
    Field(name="area_km2", title="平方公里（椭球面上量得）", type="number"),
)
_COVERAGE = (
    _text("code", "村（社区）代码", asked=True),
    _text("name", "村（社区）", asked=True),
    _text("town_code", "乡镇（街道）代码", asked=True),
    _text("snapshot", "快照名称", asked=True),
    Field(name="minutes", title="标尺分钟数", type="integer"),
    Field(name="median_minutes", title="中位分钟", type="number"),
    Field(name="share", title="分钟数内的人口（%）", type="number"),
    Field(name="people", title="人口", type="integer"),
    Field(name="people_within", title="分钟数内的人数", type="integer"),
    Field(name="people_beyond", title="分钟数外的人数", type="integer"),
    _text("licence", "数据许可"),
)
#: resource kind → the last part of its layer's id
HOUSES = {
    "01": "lawyers", "02": "notaries", "03": "appraisers", "04": "arbitration",
    "05": "mediation", "06": "legal-aid", "07": "grassroots", "08": "publicity",
    "09": "reconsideration",
}  # fmt: skip
_PLACED = "机构没有单独定位的，落在所在村、乡镇或县的中心点上，见 placed_by。"

LAYERS_BY_ID: dict[str, Layer] = {
    one.id: one
    for one in (
        Layer(id="stations", title="公共法律服务站点", geometry="Point", open=True,
              words="中心、工作站、工作室（点）、驿站；不带密钥时只有已发布到地图的。",
              fields=_STATION, read=sources.stations),
        Layer(id="featured", title="特色品牌站点", geometry="Point", open=True,
              words="列为特色品牌的站点；不带密钥时只有已发布到地图的。",
              fields=_STATION, read=sources.featured),
        Layer(id="terminals", title="智能终端设备", geometry="Point", open=True,
              words="自助终端；不带密钥时只有已发布到地图的。",
              fields=_FACILITY, read=sources.terminals),
        Layer(id="signs", title="指引牌和元素", geometry="Point", open=True,
              words="热线指引牌、融合服务指引牌、法治元素；不带密钥时只有已发布到地图的。",
              fields=_FACILITY, read=sources.signs),
        *(Layer(id=f"institutions-{word}", title=f"{provider_kinds.RESOURCE_KINDS[kind]}机构",
                words=f"{provider_kinds.RESOURCE_KINDS[kind]}一类的机构。{_PLACED}",
                geometry="Point", open=True, fields=_HOUSE, read=sources.houses(kind))
          for kind, word in HOUSES.items()),
        Layer(id="towns", title="乡镇（街道）边界", geometry="Geometry", open=False,
              words="各单位导入的边界中现行的一份，带年份和来源；公开使用前请核对审图要求。",
              fields=_OUTLINE, read=sources.towns),
        Layer(id="villages", title="村（社区）边界", geometry="Geometry", open=False,
              words="各单位导入的边界中现行的一份，带年份和来源；公开使用前请核对审图要求。",
              fields=_OUTLINE, read=sources.villages),
        Layer(id="coverage", title="服务圈覆盖（按村）", geometry="Geometry", open=False,
              words="最近一个快照：各村的分钟数、覆盖人口。有边界的用边界，没有的用村中心点。",
              fields=_COVERAGE, read=sources.coverage),
    )
}  # fmt: skip


def sees_all(actor: Actor) -> bool:
    """This will say whether somebody reads more than what is published."""
    return actor.kind in ("staff", "system") or (actor.kind == "peer" and actor.has(LAYERS))


def layers_for(actor: Actor) -> tuple[Layer, ...]:
    """This will return the layers that this actor may read."""
    return tuple(one for one in LAYERS_BY_ID.values() if one.open or sees_all(actor))


def layer_for(actor: Actor, layer_id: str) -> Layer:
    """This will return one layer. Refuses NotFound: hidden and absent alike."""
    found = LAYERS_BY_ID.get(layer_id)
    if found is None or not (found.open or sees_all(actor)):
        raise NotFound("没有这个图层")
    return found


def features_of(actor: Actor, layer_id: str, *, county: str) -> tuple[Feature, ...]:
    """This will return every feature of a layer that this actor may see. Refuses NotFound."""
    layer = layer_for(actor, layer_id)
    return layer.read(region_of(actor, county), not sees_all(actor))


def region_of(actor: Actor, county: str) -> str:
    """This will return the region whose features somebody reads: their own, or all of the county.

    A key or an officer of one town reads that town. Whoever answers for more than the county, or
    for none, reads the county; of another county, nothing is read.
    """
    own = actor.region_from if sees_all(actor) and actor.kind != "system" else ""
    if not own or codes.within(county, (own, actor.region_until)):
        return county
    return own
