"""What an office does beside matters: it edits routes and serves its queue."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class RouteSet(Event):
    """A line of the routing table was written."""

    route_id: UUID
    region_code: str
    category: str
    item_code: str
    org: UUID
    org_name: str

    ABOUT = "route"
    SUBJECT = "route_id"
    SENTENCE = "派单规则：{region_code} {category} {item_code} 由{org_name}承办"


@dataclass(frozen=True, kw_only=True)
class AlertsSet(Event):
    """Who is warned, and when nobody is, has a new version."""

    promise_code: str
    version: int
    reason: str

    ABOUT = "alerts"
    SUBJECT = "promise_code"
    SENTENCE = "预警规则 {promise_code} 更新为第 {version} 版：{reason}"


@dataclass(frozen=True, kw_only=True)
class RouteEnded(Event):
    """A line of the routing table ended."""

    route_id: UUID
    region_code: str

    ABOUT = "route"
    SUBJECT = "route_id"
    SENTENCE = "停用派单规则"


@dataclass(frozen=True, kw_only=True)
class MattersExported(Event):
    """A list of matters left the house, masked and watermarked."""

    title: str
    purpose: str
    reason: str
    rows: int
    region_code: str

    SENTENCE = "导出“{title}”{rows} 件，用途：{purpose}，原因：{reason}"


@dataclass(frozen=True, kw_only=True)
class TicketTaken(Event):
    """A visitor took a number."""

    ticket_id: UUID
    org: UUID
    number: int

    ABOUT = "ticket"
    SUBJECT = "ticket_id"
    SENTENCE = "取号{number}"


@dataclass(frozen=True, kw_only=True)
class TicketCalled(Event):
    """A number was called."""

    ticket_id: UUID
    org: UUID
    number: int

    ABOUT = "ticket"
    SUBJECT = "ticket_id"
    SENTENCE = "叫号{number}"


@dataclass(frozen=True, kw_only=True)
class TicketServed(Event):
    """The visitor with this number was served; `reference` is the matter recorded, if any."""

    ticket_id: UUID
    org: UUID
    number: int
    reference: str

    ABOUT = "ticket"
    SUBJECT = "ticket_id"
    SENTENCE = "{number}号接待完毕"


@dataclass(frozen=True, kw_only=True)
class LeftoversSealed(Event):
    """Words that an earlier version kept in clear were sealed; of so many matters."""

    matters: int

    SENTENCE = "密封旧版本明文保存的代何人、联系须知：{matters} 件"


@dataclass(frozen=True, kw_only=True)
class LinesSet(Event):
    """A county's table of lines has a new version."""

    county_code: str
    region_code: str
    version: int
    reason: str

    ABOUT = "lines"
    SUBJECT = "county_code"
    SENTENCE = "热线转接规则更新为第 {version} 版：{reason}"


@dataclass(frozen=True, kw_only=True)
class FlowPolicySet(Event):
    """A county's rules for its flow have a new version; orders under way keep theirs."""

    county_code: str
    region_code: str
    version: int
    changes: str
    reason: str

    ABOUT = "flow"
    SUBJECT = "county_code"
    SENTENCE = "流程设置更新为第 {version} 版：{changes}。原因：{reason}"


@dataclass(frozen=True, kw_only=True)
class SuggestionDecided(Event):
    """A line suggested by a decided dispute was taken into the routing table, or not."""

    suggestion_id: UUID
    region_code: str
    org: UUID
    org_name: str
    accepted: bool
    word: str

    ABOUT = "route"
    SUBJECT = "suggestion_id"
    SENTENCE = "{word}派单规则建议：{region_code} 由{org_name}承办"
