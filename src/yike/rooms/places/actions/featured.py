"""Featured stations: a profile is drafted, handed in, published by the county, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.guard import clean
from yike.rooms.places import access_upkeep as access
from yike.rooms.places import entry, featuring
from yike.rooms.places import featured_events as events
from yike.rooms.places.models import FeaturedProfile, Station
from yike.rooms.trail import actions as trail_actions

#: so many partner units and features fit onto a page that is read
_MOST = 12


@transaction.atomic
def write_profile(
    *,
    station_id: UUID,
    theme: str = "",
    partners: Sequence[str] = (),
    features: Sequence[str] = (),
    story: str = "",
    source: str = "",
    demo: bool = False,
    actor: Actor,
) -> UUID:
    """This will draft a station's profile, or write on in the draft there is.

    By whoever looks after the station. Refuses NotAllowed while the county reviews one, and a
    station that is closed; BadInput more than 12 partners or features.
    """
    station = _tended(station_id, actor)
    row = _open(station) or _begun(station, demo)
    featuring.row_of("write", row.state)
    row.theme = clean.text(theme, field="theme", most=60).replace("\n", " ")
    row.partners = _lines(partners, "partners")
    row.features = _lines(features, "features")
    row.story = clean.text(story, field="story", most=2000)
    row.source = entry.line(source, "source")
    row.state, row.label, row.written_at = featuring.DRAFT, _label(actor), clock.now()
    row.save()
    written = events.ProfileWritten(version=row.version, **_about(station))
    trail_actions.record(written, actor=actor)
    return row.id


@transaction.atomic
def submit_profile(*, station_id: UUID, actor: Actor) -> None:
    """This will hand a profile in for the county's review. Refuses BadInput what tells nothing."""
    station = _tended(station_id, actor)
    row = _found(station, "submit")
    missing = featuring.lacks(
        theme=row.theme, features=row.features, story=row.story, source=row.source
    )
    if missing:
        raise BadInput("；".join(missing) + "。", way_on="请先补充草稿。")
    row.submitted_by = actor.account_id
    _move(station, row, "submit", actor, fields=["submitted_by"])


@transaction.atomic
def drop_profile(*, station_id: UUID, actor: Actor) -> None:
    """This will give up a draft; what is published stays."""
    station = _tended(station_id, actor)
    _move(station, _found(station, "drop"), "drop", actor)


@transaction.atomic
def publish_profile(*, station_id: UUID, actor: Actor) -> None:
    """This will publish a profile in place of the one before; the station is featured from now on.

    Registrars only. Refuses NotAllowed whoever handed it in.
    """
    station = _kept(station_id, actor)
    row = _reviewed(station, "publish", actor)
    before = FeaturedProfile.objects.filter(station=station, state=featuring.PUBLISHED).first()
    if before:
        before.state = featuring.REPLACED
        before.save(update_fields=["state"])
    row.featured_on = before.featured_on if before else clock.today()
    _move(station, row, "publish", actor, fields=["featured_on"])
    _mark(station, featured=True, theme=row.theme)


@transaction.atomic
def return_profile(*, station_id: UUID, reason: str, actor: Actor) -> None:
    """This will send a profile back with the reason. Registrars only, not who handed it in."""
    station = _kept(station_id, actor)
    row = _reviewed(station, "return", actor)
    row.reason = clean.text(reason, field="reason", most=200, least=2)
    _move(station, row, "return", actor, fields=["reason"])


@transaction.atomic
def withdraw_profile(*, station_id: UUID, reason: str, actor: Actor) -> None:
    """This will take a station off the featured ones, with the reason; the profile stays kept."""
    station = _kept(station_id, actor)
    row = _found(station, "withdraw")
    row.reason = clean.text(reason, field="reason", most=200, least=2)
    _move(station, row, "withdraw", actor, fields=["reason"])
    _mark(station, featured=False, theme="")


def _reviewed(station: Station, verb: str, actor: Actor) -> FeaturedProfile:
    row = _found(station, verb)
    if actor.account_id is not None and row.submitted_by == actor.account_id:
        raise NotAllowed(
            "提交的人不能自己审核", way_on="请由另一位登记管理人员（派单员或局领导）审核。"
        )
    row.reviewer, row.reviewed_on = _label(actor), clock.today()
    row.save(update_fields=["reviewer", "reviewed_on"])
    return row


def _move(
    station: Station, row: FeaturedProfile, verb: str, actor: Actor, *, fields: Sequence[str] = ()
) -> None:
    row.state = featuring.row_of(verb, row.state).to
    row.save(update_fields=["state", *fields])
    moved = events.ProfileMoved(
        version=row.version, state=row.state, state_name=featuring.STATES[row.state],
        reason=f"：{row.reason}" if "reason" in fields else "", **_about(station),
    )  # fmt: skip
    trail_actions.record(moved, actor=actor)


def _mark(station: Station, *, featured: bool, theme: str) -> None:
    station.featured, station.theme = featured, theme
    station.save(update_fields=["featured", "theme"])


def _tended(station_id: UUID, actor: Actor) -> Station:
    return _running(access.tended_for(actor, "station", station_id))


def _kept(station_id: UUID, actor: Actor) -> Station:
    return _running(access.kept_for(actor, "station", station_id))


def _running(row: access.Kept) -> Station:
    if not isinstance(row, Station):
        raise NotFound("没有这个站点")
    if row.closed_on is not None:
        raise NotAllowed(f"{row.name}已经停用", way_on="请打开承接它的站点。")
    return row


def _open(station: Station) -> FeaturedProfile | None:
    rows = FeaturedProfile.objects.select_for_update()
    found: FeaturedProfile | None = rows.filter(
        station=station, state__in=sorted(featuring.OPEN - {featuring.WAITING})
    ).first()
    if (
        found is None
        and FeaturedProfile.objects.filter(station=station, state=featuring.WAITING).exists()
    ):
        raise NotAllowed("县里正在审核这个特色档案", way_on="请等审核结果，退回后再改。")
    return found


def _begun(station: Station, demo: bool) -> FeaturedProfile:
    last = FeaturedProfile.objects.filter(station=station).aggregate(n=Max("version"))["n"]
    row = FeaturedProfile(
        station=station, version=(last or 0) + 1, demo=demo, written_at=clock.now()
    )
    row.save(force_insert=True)
    return row


def _found(station: Station, verb: str) -> FeaturedProfile:
    """The one version a verb is about, locked; a withdrawal is about the published one."""
    states = next(row.states for row in featuring.ROWS if row.verb == verb)
    rows = FeaturedProfile.objects.filter(station=station)
    wanted = rows.filter(state__in=sorted(states))
    found: FeaturedProfile | None = wanted.select_for_update().first()
    if found is None:
        raise NotAllowed("没有可以这样办理的特色档案", way_on="请刷新页面再看。")
    return found


def _lines(typed: Sequence[str], field: str) -> list[str]:
    found = list(dict.fromkeys(entry.line(one, field)[:80] for one in typed if one.strip()))
    if len(found) > _MOST:
        raise BadInput(f"最多写 {_MOST} 项，您写了 {len(found)} 项。", field=field)
    return found


def _label(actor: Actor) -> str:
    return actor.label[:80] if actor.kind == "staff" else ""


def _about(station: Station) -> dict[str, Any]:
    return {"station_id": station.pk, "name": station.name, "region_code": station.region_id}
