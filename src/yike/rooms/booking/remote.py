"""Talks by video between an expert and somebody at a town's or village's station.

The database keeps a terminal or room from being given twice (rows_far.sql); here is who may ask.
"""

from __future__ import annotations

from uuid import UUID

from yike.rooms.booking import kinds
from yike.rooms.booking.models import Booking, Slot
from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import BadInput, NotAllowed, NotFound
from yike.rooms.places import remote as places_remote
from yike.rooms.regions import codes


def reserve(row: Booking, slot: Slot, far: tuple[str, UUID], actor: Actor) -> None:
    """This will put a terminal or room onto a booking not saved yet; staff and the house only."""
    if actor.kind not in ("staff", "system"):
        raise NotAllowed("远程点由工作人员预留", way_on="请打 12348 预约。")
    if not kinds.KINDS[slot.kind].remote:
        raise BadInput("只有视频咨询要预留远程点", way_on="请不要选远程点。", field="far")
    spot = places_remote.remote_spot(*far)
    if codes.at_level(spot.region_code, "county") != slot.county_code:
        raise BadInput("远程点应在本县", way_on="请另选一个。", field="far")
    row.far_kind, row.far_spot, row.far_name = spot.kind, spot.id, spot.words[:200]
    row.far_station, row.far_region = spot.station_id, spot.region_code
    must_be_open(row, slot)


def must_be_open(row: Booking, slot: Slot) -> None:
    """This will refuse a time at which the booking's station is shut or its spot out of use."""
    if row.far_spot is None:
        return
    try:
        spot = places_remote.remote_spot(row.far_kind, row.far_spot)
    except NotFound as gone:
        raise BadInput(
            f"{row.far_name}现在不能用", way_on="请另约一个远程点。", field="slot"
        ) from gone
    if not places_remote.open_for(spot, slot.from_at, slot.until_at):
        raise BadInput(
            f"{spot.station_name}这个时间不开门", way_on="请换一个时间，或者换一个远程点。",
            field="far",
        )  # fmt: skip
