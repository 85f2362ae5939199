"""Bookings as iCalendar (RFC 5545): one for its citizen, all for whoever receives them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

import icalendar

from yike.engines.seal import sm3
from yike.rooms.booking.faces import BookingFace

_MAKER = "-//Yike//booking//ZH"


def digest(token: str) -> str:
    """This will return what is kept of the secret of a calendar address."""
    return sm3(token.encode()).hex()


def for_citizen(face: BookingFace, now: datetime) -> bytes:
    """This will return one booking as a calendar file, with the two reminders."""
    event = _event(face, f"{face.kind_name}预约", now)
    told = [f"预约编号 {face.reference}，到场码 {face.code}", face.org_name, face.phone]
    told += [f"会议号或链接：{face.joining}"] if face.joining else []
    if face.papers:
        told.append("请带：" + "、".join(face.papers))
    event.add("description", "\n".join(part for part in told if part))
    for before in (timedelta(days=-1), timedelta(hours=-2)):
        event.add_component(_alarm(before, f"{face.kind_name}预约"))
    return _calendar([event], "我的预约")


def for_mail(face: BookingFace, now: datetime, *, sequence: int) -> bytes:
    """This will return one booking for a letter: published, or cancelled under the same number.

    `sequence` grows with each change, so that a late letter does not undo a newer one (RFC 5546).
    """
    event = _event(face, f"{face.kind_name}预约", now)
    event.add("sequence", sequence)
    told = [f"预约编号 {face.reference}，到场码 {face.code}", face.org_name, face.phone]
    told += [f"会议号或链接：{face.joining}"] if face.joining else []
    event.add("description", "\n".join(part for part in told if part))
    gone = face.state == "cancelled"
    if not gone:
        event.add_component(_alarm(timedelta(hours=-2), f"{face.kind_name}预约"))
    return _calendar([event], "我的预约", method="CANCEL" if gone else "PUBLISH")


def for_practitioner(faces: Sequence[BookingFace], now: datetime) -> bytes:
    """This will return bookings as a feed a phone's calendar subscribes to; persons are masked."""
    events = []
    for face in faces:
        event = _event(face, f"{face.kind_name}：{face.party}", now)
        event.add("description", f"预约编号 {face.reference}，{face.state_name}")
        events.append(event)
    return _calendar(events, "预约")


def _event(face: BookingFace, summary: str, now: datetime) -> Any:
    assert face.from_at is not None
    assert face.until_at is not None
    event = _new(icalendar.Event)
    event.add("uid", f"{face.reference}@yike")
    event.add("dtstamp", now)
    event.add("dtstart", face.from_at)
    event.add("dtend", face.until_at)
    event.add("summary", summary)
    event.add("location", " ".join(part for part in (face.where, face.place_address) if part))
    event.add("status", "CANCELLED" if face.state == "cancelled" else "CONFIRMED")
    return event


def _alarm(before: timedelta, words: str) -> Any:
    alarm = _new(icalendar.Alarm)
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", before)
    return alarm


def _calendar(events: Sequence[Any], name: str, *, method: str = "PUBLISH") -> bytes:
    calendar = _new(icalendar.Calendar)
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return cast(bytes, calendar.to_ical())


def _new(kind: Any) -> Any:
    """The package says nothing of the types of its makers."""
    return kind()
