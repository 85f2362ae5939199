"""What can happen in notices. Telling is part of another deed and leaves no sentence of its own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from yike.rooms.core.event import Event


@dataclass(frozen=True, kw_only=True)
class NoticesRead(Event):
    """Somebody read notices addressed to them or to their institution."""

    count: int

    SENTENCE = "阅读通知 {count} 条"


@dataclass(frozen=True, kw_only=True)
class MailSent(Event):
    """A mail server took an e-mail over."""

    notice_id: UUID
    template: str
    tries: int
    region_code: str

    ABOUT = "notice"
    SUBJECT = "notice_id"
    SENTENCE = "邮件通知（{template}）已由邮件服务器接收"


@dataclass(frozen=True, kw_only=True)
class MailFailed(Event):
    """An e-mail will not be tried again. outcome: failed (refused for good) or unsure."""

    notice_id: UUID
    template: str
    tries: int
    outcome: str
    region_code: str

    ABOUT = "notice"
    SUBJECT = "notice_id"
    SENTENCE = "邮件通知（{template}）未能确认送达，试了 {tries} 次"


@dataclass(frozen=True, kw_only=True)
class SmsSent(Event):
    """A gateway took a short message over."""

    notice_id: UUID
    template: str
    tries: int
    region_code: str

    ABOUT = "notice"
    SUBJECT = "notice_id"
    SENTENCE = "短信通知（{template}）已由短信平台接收"


@dataclass(frozen=True, kw_only=True)
class SmsDelivered(Event):
    """A telephone received a short message."""

    notice_id: UUID
    template: str
    tries: int
    region_code: str

    ABOUT = "notice"
    SUBJECT = "notice_id"
    SENTENCE = "短信通知（{template}）已送达手机"


@dataclass(frozen=True, kw_only=True)
class SmsFailed(Event):
    """A short message will not be tried again. outcome: failed (refused for good) or unsure."""

    notice_id: UUID
    template: str
    tries: int
    outcome: str
    region_code: str

    ABOUT = "notice"
    SUBJECT = "notice_id"
    SENTENCE = "短信通知（{template}）未能确认送达，试了 {tries} 次"


@dataclass(frozen=True, kw_only=True)
class NoticesBroadcast(Event):
    """Who leads told many institutions the same at once."""

    count: int
    words: str
    region_code: str

    SENTENCE = "群发通知给 {count} 个单位：{words}"


@dataclass(frozen=True, kw_only=True)
class TemplateEdited(Event):
    """The office gave a notice other words."""

    template: str
    version: int

    ABOUT = "template"
    SUBJECT = "template"
    SENTENCE = "修改通知模板 {template}，第 {version} 版"


@dataclass(frozen=True, kw_only=True)
class LinkChanged(Event):
    """Where another system is called was registered, changed, paused, resumed or ended."""

    link_id: UUID
    name: str
    said: str
    reason: str
    region_code: str

    ABOUT = "link"
    SUBJECT = "link_id"
    SENTENCE = "{said}对接地址“{name}” {reason}"


@dataclass(frozen=True, kw_only=True)
class LinkBroken(Event):
    """After days of failures another system is not called any more."""

    link_id: UUID
    name: str
    reason: str
    region_code: str

    ABOUT = "link"
    SUBJECT = "link_id"
    SENTENCE = "对接地址“{name}”熔断：{reason}"


@dataclass(frozen=True, kw_only=True)
class Delivered(Event):
    """Another system took something over."""

    delivery_id: UUID
    name: str
    what: str
    reference: str
    tries: int
    region_code: str

    ABOUT = "delivery"
    SUBJECT = "delivery_id"
    SENTENCE = "“{name}”已接收推送（{what} {reference}）"


@dataclass(frozen=True, kw_only=True)
class DeliveryFailed(Event):
    """Something will not be handed over any more. outcome: failed or unsure."""

    delivery_id: UUID
    name: str
    what: str
    reference: str
    tries: int
    outcome: str
    region_code: str

    ABOUT = "delivery"
    SUBJECT = "delivery_id"
    SENTENCE = "推送给“{name}”（{what} {reference}）未能确认送达，试了 {tries} 次"


@dataclass(frozen=True, kw_only=True)
class DeliverySentAgain(Event):
    """Somebody had something handed over once more."""

    delivery_id: UUID
    name: str
    reference: str
    region_code: str

    ABOUT = "delivery"
    SUBJECT = "delivery_id"
    SENTENCE = "重发给“{name}”的推送 {reference}"
