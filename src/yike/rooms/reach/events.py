"""What can happen to networks, population data, yardsticks and runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class _OfNetwork(Event):
    ABOUT: ClassVar[str] = "reach_network"
    SUBJECT: ClassVar[str] = "network_id"

    network_id: UUID
    region_code: str
    source: str
    mode_name: str


@dataclass(frozen=True, kw_only=True)
class NetworkTaken(_OfNetwork):
    """A file of roads was uploaded, to be made into a network."""

    SENTENCE: ClassVar[str] = "上传{mode_name}路网 {source}"


@dataclass(frozen=True, kw_only=True)
class NetworkReady(_OfNetwork):
    """A network was made and is the current one of its mode."""

    SENTENCE: ClassVar[str] = "{mode_name}路网 {source} 已启用，共 {nodes} 个节点"

    nodes: int


@dataclass(frozen=True, kw_only=True)
class NetworkRefused(_OfNetwork):
    """A file could not be made into a network; nothing of it stays."""

    SENTENCE: ClassVar[str] = "{mode_name}路网 {source} 没有建成"


@dataclass(frozen=True, kw_only=True)
class _OfTimetable(Event):
    ABOUT: ClassVar[str] = "reach_timetable"
    SUBJECT: ClassVar[str] = "timetable_id"

    timetable_id: UUID
    region_code: str
    source: str


@dataclass(frozen=True, kw_only=True)
class TimetableTaken(_OfTimetable):
    """A feed of ferries or buses was uploaded, to be read."""

    SENTENCE: ClassVar[str] = "上传时刻表 {source}"


@dataclass(frozen=True, kw_only=True)
class TimetableReady(_OfTimetable):
    """A timetable was read whole and laid into the county's networks."""

    SENTENCE: ClassVar[str] = "时刻表 {source} 已启用，{trips} 个班次，有效期 {since} 到 {until}"

    trips: int
    since: str
    until: str


@dataclass(frozen=True, kw_only=True)
class TimetableRefused(_OfTimetable):
    """A feed could not be used; nothing of it stays."""

    SENTENCE: ClassVar[str] = "时刻表 {source} 没有导入"


@dataclass(frozen=True, kw_only=True)
class _OfPeople(Event):
    ABOUT: ClassVar[str] = "reach_people"
    SUBJECT: ClassVar[str] = "people_id"

    people_id: UUID
    region_code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class PeopleTaken(_OfPeople):
    """Population cells were uploaded, to be looked at before they count."""

    SENTENCE: ClassVar[str] = "上传人口数据 {name}"


@dataclass(frozen=True, kw_only=True)
class PeopleConfirmed(_OfPeople):
    """Population cells became the current ones of the county."""

    SENTENCE: ClassVar[str] = "启用人口数据 {name}，{cells} 个单元共 {total} 人"

    cells: int
    total: int


@dataclass(frozen=True, kw_only=True)
class PeopleRefused(_OfPeople):
    """Population cells were not taken over: unreadable, or dropped by whoever looked."""

    SENTENCE: ClassVar[str] = "人口数据 {name} 没有导入"


@dataclass(frozen=True, kw_only=True)
class YardstickSet(Event):
    """A county set how far help may be, by class of zone."""

    ABOUT: ClassVar[str] = "reach_yardstick"
    SUBJECT: ClassVar[str] = "yardstick_id"
    SENTENCE: ClassVar[str] = "设置服务圈标尺第 {version} 版"

    yardstick_id: UUID
    region_code: str
    version: int


@dataclass(frozen=True, kw_only=True)
class _OfRun(Event):
    ABOUT: ClassVar[str] = "reach_run"
    SUBJECT: ClassVar[str] = "run_id"

    run_id: UUID
    region_code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class RunAsked(_OfRun):
    """Somebody asked how many minutes people need."""

    SENTENCE: ClassVar[str] = "开始测算 {name}"


@dataclass(frozen=True, kw_only=True)
class RunDone(_OfRun):
    """The minutes are reckoned."""

    SENTENCE: ClassVar[str] = (
        "测算 {name} 完成：{covered} 人在内，{uncovered} 人在外，共 {total} 人"
    )

    covered: int
    uncovered: int
    total: int


@dataclass(frozen=True, kw_only=True)
class RunFailed(_OfRun):
    """The minutes could not be reckoned."""

    SENTENCE: ClassVar[str] = "测算 {name} 没有算成"


@dataclass(frozen=True, kw_only=True)
class RunRepeated(_OfRun):
    """A run was reckoned again from the same inputs, and held against what was stored."""

    SENTENCE: ClassVar[str] = "重算核对 {name}：{verdict}"

    verdict: str


@dataclass(frozen=True, kw_only=True)
class RunKept(_OfRun):
    """A run is kept as the snapshot of a period."""

    SENTENCE: ClassVar[str] = "测算 {name} 存为快照“{snapshot}”"

    snapshot: str


@dataclass(frozen=True, kw_only=True)
class _OfSiting(Event):
    ABOUT: ClassVar[str] = "reach_siting"
    SUBJECT: ClassVar[str] = "plan_id"

    plan_id: UUID
    region_code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class SitingAsked(_OfSiting):
    """Somebody asked where to build."""

    SENTENCE: ClassVar[str] = "开始求解选址方案 {name}"


@dataclass(frozen=True, kw_only=True)
class SitingDone(_OfSiting):
    """The question where to build is answered."""

    SENTENCE: ClassVar[str] = "选址方案 {name} 算完，新建 {points} 处"

    points: int


@dataclass(frozen=True, kw_only=True)
class SitingFailed(_OfSiting):
    """The question where to build could not be answered."""

    SENTENCE: ClassVar[str] = "选址方案 {name} 没有算成"


@dataclass(frozen=True, kw_only=True)
class SitingRepeated(_OfSiting):
    """A siting plan was reckoned again from the same inputs, and held against what was stored."""

    SENTENCE: ClassVar[str] = "重算核对选址方案 {name}：{verdict}"

    verdict: str


@dataclass(frozen=True, kw_only=True)
class SeasonSet(Event):
    """The office wrote down a season with other people in some places."""

    ABOUT: ClassVar[str] = "reach_season"
    SUBJECT: ClassVar[str] = "season_id"
    SENTENCE: ClassVar[str] = "填写季节 {name}"

    season_id: UUID
    region_code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class SeasonEnded(Event):
    """A season is not used for new plans any more."""

    ABOUT: ClassVar[str] = "reach_season"
    SUBJECT: ClassVar[str] = "season_id"
    SENTENCE: ClassVar[str] = "停用季节 {name}"

    season_id: UUID
    region_code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class TerminalSchemeSet(Event):
    """A county set what counts how much for a terminal."""

    ABOUT: ClassVar[str] = "reach_terminals"
    SUBJECT: ClassVar[str] = "scheme_id"
    SENTENCE: ClassVar[str] = "设置终端评分办法第 {version} 版"

    scheme_id: UUID
    region_code: str
    version: int


@dataclass(frozen=True, kw_only=True)
class TerminalsRated(Event):
    """Places for terminals were scored by the county's scheme."""

    ABOUT: ClassVar[str] = "reach_terminals"
    SUBJECT: ClassVar[str] = "rating_id"
    SENTENCE: ClassVar[str] = "终端选址评分 {name}，{places} 个地点"

    rating_id: UUID
    region_code: str
    name: str
    places: int
