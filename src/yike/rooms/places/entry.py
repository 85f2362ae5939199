"""What typed facts of a place must satisfy before they are written. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, models, transaction

from yike.rooms.core import clock
from yike.rooms.core.refusal import BadInput, Clash, NotAllowed
from yike.rooms.guard import clean
from yike.rooms.places import hours as hours_rules
from yike.rooms.places import kinds
from yike.rooms.places.models import Station, StationService
from yike.rooms.providers import kinds as provider_kinds
from yike.rooms.regions import pinning
from yike.rooms.regions.coordinates import Crs, Point

Services = Sequence[tuple[str, str]]


def filled(typed: str, field: str, label: str) -> str:
    """This will return the text, cleaned; refuses an empty one and state secrets."""
    text = line(typed, field)
    if not text:
        raise BadInput(f"{label}不能为空", field=field)
    return text


def line(typed: str, field: str) -> str:
    """This will return one line, cleaned, perhaps empty. Refuses state secrets."""
    return clean.text(typed, field=field, most=200).replace("\n", " ")


def point_in(region_code: str, point: Point | None, crs: Crs) -> Point | None:
    """This will return the point in WGS84, or refuse one that cannot lie in the county."""
    return None if point is None else pinning.pinned(region_code, point, crs)


def day(typed: date | None, field: str, label: str) -> date | None:
    """This will return a day, or refuse one that no entry can have: a slip of the year."""
    latest = clock.today() + timedelta(days=366)
    if typed is not None and not date(1949, 10, 1) <= typed <= latest:
        raise BadInput(
            f"{label}“{typed:%Y}年”不对", field=field,
            way_on=f"应在 1949 年以后、{latest:%Y-%m-%d} 以前，请检查年份。",
        )  # fmt: skip
    return typed


def cleared(names: Collection[str], known: Mapping[str, str]) -> dict[str, None]:
    """This will return the columns to be emptied; refuses a name that must not be."""
    if unknown := set(names) - set(known):
        raise BadInput(f"不能清空：{'、'.join(sorted(unknown))}")
    return {column: None for name in names for column in known[name].split()}


def hours(typed: hours_rules.Hours) -> hours_rules.Hours:
    """This will return the hours, or refuse what is wrong with them."""
    said = hours_rules.fault(typed)
    if said:
        raise BadInput(said, field="hours")
    return typed


def one_of(typed: str, words: dict[str, str], field: str, label: str) -> str:
    """This will return the word, or refuse one that is not on the list."""
    if typed not in words:
        said = "、".join(f"{key} {name}" for key, name in words.items())
        raise BadInput(f"{label}“{typed}”不在名单里", way_on=f"可选：{said}", field=field)
    return typed


def level(typed: int) -> int:
    """This will return the station level, or refuse one that a county does not have."""
    if typed not in kinds.LEVELS:
        said = "、".join(f"{key} {name}" for key, name in kinds.LEVELS.items())
        raise BadInput(f"站点级别 {typed} 不在名单里", way_on=f"可选：{said}", field="level")
    return typed


def parent_fits(parent: Station | None, own_level: int) -> None:
    """This will refuse a parent of the same or a lower level: the tree runs downward only."""
    if parent is not None and parent.level >= own_level:
        raise BadInput("上级站点的级别应高于本站点", field="parent_id")


def write_services(station_id: UUID, services: Services) -> None:
    """This will replace the services of a station: pairs of service code and mode."""
    rows = [
        StationService(
            station_id=station_id,
            service=one_of(service, provider_kinds.SERVICES, "services", "服务"),
            mode=one_of(mode, provider_kinds.MODES, "services", "方式"),
        )
        for service, mode in dict.fromkeys(services)
    ]
    StationService.objects.filter(station=station_id).delete()
    StationService.objects.bulk_create(rows)


def insert(row: models.Model, clash: str) -> None:
    """This will save a new row; a broken uniqueness becomes a Clash and the deed can go on."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as broken:
        raise Clash(clash, way_on="请核对后修改，或变更已有的一条。") from broken


def refuse_with_children(row: Station) -> None:
    """This will refuse to leave stations without the one they hang on."""
    below = Station.objects.filter(parent=row, closed_on__isnull=True).count()
    if below:
        raise NotAllowed(
            f"{row.name}下面还有 {below} 个站点", way_on="请先为它们变更上级站点或办理停用。"
        )


def end(row: Station, reason: str, on: date) -> None:
    """This will write a station's last day."""
    row.closed_on = max(on, row.opened_on)
    row.close_reason = reason
    row.save(update_fields=["closed_on", "close_reason"])
