"""Keeping a dated report of a comparison; a difference becomes a correction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from yike.rooms.core import clock
from yike.rooms.core.actor import Actor
from yike.rooms.core.refs import new_id
from yike.rooms.core.refusal import BadInput, Clash, NotFound
from yike.rooms.exchange import access, comparing, events, point_files, reading
from yike.rooms.exchange.models import Comparison, Peer
from yike.rooms.guard import clean
from yike.rooms.places import queries as places_queries
from yike.rooms.providers import actions as providers_actions
from yike.rooms.trail import actions as trail_actions


@transaction.atomic
def compare_lists(
    *,
    county: str,
    name: str,
    layer: str,
    crs: str,
    metres: int,
    content: bytes,
    file_name: str,
    peer_id: UUID | None = None,
    actor: Actor,
) -> UUID:
    """This will compare our points with another platform's list and keep the report.

    Of a platform that layers are pushed to, the report names what it refused and the codes that
    lack theirs.

    Keepers of the county. Refuses BadInput a file with a fault, an unknown layer or system.
    """
    access.require_keeper(actor, county)
    if layer not in comparing.COMPARED:
        raise BadInput("请选择图层。", field="layer")
    if crs not in point_files.SYSTEMS:
        raise BadInput("请选择坐标系。", field="crs")
    if not 1 <= metres <= 10_000:
        raise BadInput("允许相差应为 1 到 10000 米。", field="metres")
    peer = access.peer_for(actor, peer_id) if peer_id else None
    told = peer.name if peer else clean.text(name, field="name", most=60, least=2)
    made = comparing.compare(
        content, county=county, layer=layer, crs=crs, metres=metres, actor=actor
    )
    if made.faults or made.compared is None:
        raise BadInput(str(made.faults[0]), way_on="请改正文件后重新上传。", field="file")
    rows, counts = comparing.as_json(made.compared)
    row = Comparison.objects.create(
        id=new_id(), county_code=county, name=told, **_pushed(peer, layer),
        layer=layer, file_name=clean.text(file_name, field="file", most=120), crs=crs,
        metres=metres, here=made.here, there=made.there, both=len(made.compared.pairs),
        rows=rows, counts=counts, verdict=made.verdict[:400], likeness=made.likeness,
        made_at=clock.now(), made_by=actor.label[:80],
    )  # fmt: skip
    trail_actions.record(
        events.ListsCompared(
            comparison_id=row.id, region_code=county, name=row.name, here=row.here,
            there=row.there, both=row.both, differences=len(rows),
        ),
        actor=actor,
    )  # fmt: skip
    return row.id


def _pushed(peer: Peer | None, layer: str) -> dict[str, Any]:
    """What a report says of the pushes to a platform."""
    if peer is None:
        return {}
    subs = [one for one in reading.active_of(peer) if one.layer == layer]
    table = reading.codes_of(reading.newest_table(peer))
    return {
        "peer_id": peer.id, "rejects": reading.rejects_of(peer, layer),
        "unmapped": reading.as_json(reading.unmapped_of(peer, subs, table)),
    }  # fmt: skip


@transaction.atomic
def take_up(*, comparison_id: UUID, at: int, actor: Actor) -> None:
    """This will make a difference at one of our stations a correction, once.

    It then waits with the others to be verified and answered. Refuses what is not ours to correct.
    """
    row = access.comparison_for(actor, comparison_id, lock=True)
    if not 0 <= at < len(row.rows):
        raise NotFound("没有这一条差异")
    told = row.rows[at]
    if row.layer != "stations" or not told["here"]:
        raise BadInput("只有本平台站点的差异可以转为信息纠错。")
    if at in row.taken_up:
        raise Clash("这一条已经转为信息纠错。", way_on="请到信息纠错页面查看。")
    station = places_queries.station(UUID(told["here"]))
    said = f"与{row.name}对账（{row.made_at:%Y-%m-%d}）：{told['words']}"[:300]
    providers_actions.report_wrong(
        about="station", subject=station.id, name=station.name, region_code=station.region_code,
        kind="", wrong="other", words=said,
        actor=actor,
    )  # fmt: skip
    row.taken_up = [*row.taken_up, at]
    row.save(update_fields=["taken_up"])
    trail_actions.record(
        events.DifferenceTakenUp(
            comparison_id=row.id, region_code=row.county_code, name=station.name
        ),
        actor=actor,
    )
