"""Who brings points, who decides on them, who compares, who links other platforms."""

from __future__ import annotations

from uuid import UUID

from yike.rooms.core.actor import Actor
from yike.rooms.core.refusal import NotAllowed, NotFound
from yike.rooms.exchange import flow
from yike.rooms.exchange.models import Comparison, Peer, Upload
from yike.rooms.people import roles
from yike.rooms.regions import codes

#: Roles whose holders keep the county's registers, and roles that bring points of their town.
KEEPERS = (roles.DISPATCHER, roles.DIRECTOR)
BRINGERS = (*KEEPERS, roles.OFFICER)


def keeps(actor: Actor, county: str) -> bool:
    """This will say whether somebody keeps the registers of a county."""
    span = (actor.region_from, actor.region_until)
    held = actor.kind == "staff" and actor.has(*KEEPERS) and codes.within(county, span)
    return held or actor.kind == "system"


def require_keeper(actor: Actor, county: str) -> None:
    """This will refuse whoever does not keep the registers of a county."""
    if not keeps(actor, county):
        raise NotAllowed("由本县派单员或局领导办理。", way_on="请联系县司法局。")


def region_to_bring(actor: Actor, county: str) -> str:
    """This will return the region whose points somebody may upload. Refuses NotAllowed."""
    if keeps(actor, county):
        return county
    own = actor.region_from
    span = codes.span(county)
    if actor.kind == "staff" and actor.has(*BRINGERS) and own and codes.within(own, span):
        return own
    raise NotAllowed("您的岗位不能上传本县的点位数据。", way_on="请联系县司法局。")


def standing(actor: Actor, row: Upload) -> frozenset[str]:
    """This will return what somebody is to an upload. Nobody approves what they brought."""
    found = set()
    brought = actor.ref == row.taken_ref
    if brought:
        found.add(flow.UPLOADER)
    if keeps(actor, row.county_code):
        found |= {flow.KEEPER} if brought else {flow.KEEPER, flow.APPROVER}
    return frozenset(found)


def upload_for(actor: Actor, ref: UUID, *, lock: bool = False) -> Upload:
    """This will return an upload that this actor sees; to be changed, if locked."""
    found = Upload.objects.filter(pk=ref).first()
    if found is not None and lock:
        if not standing(actor, found):
            raise NotAllowed("您不能办理这份上传。", way_on="由上传人和本县派单员、局领导办理。")
        found = Upload.objects.select_for_update().filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这份上传")
    return found


def comparison_for(actor: Actor, ref: UUID, *, lock: bool = False) -> Comparison:
    """This will return a report that this actor sees; to be changed, if locked."""
    found = Comparison.objects.filter(pk=ref).first()
    if found is not None and lock:
        require_keeper(actor, found.county_code)
        found = Comparison.objects.select_for_update().filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这份对账报告")
    return found


def links(actor: Actor, county: str) -> bool:
    """This will say whether somebody decides what other platforms are told of a county."""
    if actor.kind == "system" or (actor.kind == "staff" and actor.has(roles.ADMIN_SECURITY)):
        return True
    return actor.has(roles.DIRECTOR) and keeps(actor, county)


def peer_for(actor: Actor, ref: UUID, *, lock: bool = False) -> Peer:
    """This will return a platform that this actor sees; to be changed, if locked."""
    found = Peer.objects.filter(pk=ref).first()
    if found is not None and lock:
        if not links(actor, found.county_code):
            raise NotAllowed("由安全管理员或局领导办理。", way_on="请联系县司法局。")
        found = Peer.objects.select_for_update().filter(pk=ref).first()
    if found is None:
        raise NotFound("没有这个对接平台")
    return found
